"""/healthz and /readyz, for whoever watches the installation."""

from flask import Blueprint, Flask, Response, jsonify, make_response
from sqlalchemy import text

from hackaviz.kernel.errors import Unavailable
from hackaviz.kernel.jobs import is_beating
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.storage import current_storage

blueprint = Blueprint("health", __name__)


def register(app: Flask) -> None:
    """Add the two addresses."""
    app.register_blueprint(blueprint)


@blueprint.get("/healthz")
@audience("public")
def alive() -> Response:
    """The process answers."""
    return jsonify(ok=True)


@blueprint.get("/readyz")
@audience("public")
def ready() -> Response:
    """Database, storage and job process, each by name; 503 when one of them does not work."""
    checks = {"database": _database_answers(), "storage": _storage_answers(), "jobs": _jobs_work()}
    return make_response(jsonify(ok=all(checks.values()), checks=checks), 200 if all(checks.values()) else 503)


def _database_answers() -> bool:
    return bool(current_session().scalar(text("SELECT 1")))


def _storage_answers() -> bool:
    try:
        current_storage().check()
    except Unavailable:
        return False
    return True


def _jobs_work() -> bool:
    return is_beating(current_session(), request_now())
