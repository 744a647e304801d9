"""The one blueprint of this room."""

from flask import Blueprint, Response
from werkzeug.wrappers import Response as Redirection

blueprint = Blueprint("entries", __name__)
Answer = Response | Redirection | tuple[str, int] | tuple[Response, int] | str
