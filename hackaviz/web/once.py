"""A form sent twice, by a double click or a page reloaded, makes what it makes once and leads to the same page."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import Response, flash, make_response, redirect, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import String, Text, delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import FileStorage

from hackaviz.kernel.database import Base
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, is_refused, refuse

FORM_KEY = "form_key"
KEPT_FOR = timedelta(days=7)
BLOCK_BYTES = 1024 * 1024
# Written anew when a form is sent again after signing in.
NOT_PART_OF_IT = frozenset({"csrf_token"})


class AnsweredForm(Base):
    """A form that was accepted, known by all it carried, and the page that it led to."""

    __tablename__ = "answered_forms"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    led_to: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime] = mapped_column(index=True)


def makes_once(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a view that makes something answer the same form sent again with the page that the first one led to.

    Every form carries a key of the page it was shown on. Another page, or another answer on the same one, is another
    form; one that was refused is none yet.
    """

    @wraps(view)
    def once(**parts: Any) -> Any:
        if request.method != "POST" or not request.form.get(FORM_KEY):
            return view(**parts)
        digest = _digest()
        return _answer_again(digest) or _remembered(digest, make_response(view(**parts)))

    return once


def _digest() -> str:
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in NOT_PART_OF_IT and "password" not in name
    ]
    files = [(name, file.filename, _sha256(file)) for name, file in request.files.items(multi=True)]
    carried = [current_user.get_id(), request.full_path, fields, files]
    return hashlib.sha256(json.dumps(carried).encode()).hexdigest()


def _sha256(file: FileStorage) -> str:
    # A page gone back to keeps its key, and a file that was mended its name.
    found = hashlib.sha256()
    while block := file.stream.read(BLOCK_BYTES):
        found.update(block)
    file.stream.seek(0)
    return found.hexdigest()


def _answer_again(digest: str) -> Response | None:
    answered = current_session().get(AnsweredForm, digest)
    if answered is None:
        return None
    flash(_("This form arrived twice. It counts once."), "info")
    return make_response(redirect(answered.led_to))


def _remembered(digest: str, response: Response) -> Response:
    """The response, kept where the form was accepted; that of the other one where two came at the same moment."""
    if is_refused() or not 300 <= response.status_code < 400:
        return response
    session, now = current_session(), request_now()
    session.execute(delete(AnsweredForm).where(AnsweredForm.answered_at < now - KEPT_FOR))
    session.add(AnsweredForm(digest=digest, led_to=response.location, answered_at=now))
    try:
        session.flush()
    except IntegrityError:
        refuse()
        return _answer_again(digest) or response
    return response
