"""Typed errors of the domain, mapped once to pages and to JSON."""

import secrets
from urllib.parse import urlsplit, urlunsplit

import structlog
from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from hackaviz.kernel.errors import DomainError
from hackaviz.web.addresses import own_path
from hackaviz.web.database import refuse
from hackaviz.web.typed import typed_form

log = structlog.get_logger()


def init_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(DomainError, answer_refusal)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_error)
    app.register_error_handler(Exception, _unexpected)


def wants_json() -> bool:
    """Whether the reader is a program: an API address, or a script that sends or asks for JSON."""
    asks = request.accept_mimetypes.best == "application/json"
    return request.path.startswith("/api/") or request.is_json or asks


def _answer(status: int, code: str, message: str) -> Response:
    refuse()
    reference = secrets.token_hex(4)
    log.info("refused", status=status, code=code, reference=reference, endpoint=request.endpoint)
    if wants_json():
        return make_response(jsonify(error={"code": code, "message": message, "reference": reference}), status)
    facts = {"status": status, "message": message, "reference": reference, "page_before": _page_before()}
    return make_response(render_template("errors/error.html", **facts), status)


def _page_before() -> str | None:
    """The page of this site whose button was pressed, to go back to; none for a page that was only opened."""
    if request.method != "POST" or not request.referrer:
        return None
    before = urlsplit(request.referrer)
    return own_path(urlunsplit(("", "", before.path, before.query, ""))) if before.netloc == request.host else None


def answer_refusal(error: DomainError) -> Response:
    """What a reader gets whom the domain refused: nothing was changed, and why."""
    return _answer(error.status, error.code, str(error))


def _expired_form(_error: CSRFError) -> Response:
    typed = typed_form() if current_user.is_authenticated else None
    if typed is not None:
        refuse()
        return make_response(render_template("errors/send_again.html", typed=typed, signed_in=False), 400)
    return _answer(
        400,
        "form-expired",
        _("This form has expired. Nothing was changed. Go back, reload the page and send it again."),
    )


def _http_error(error: HTTPException) -> Response:
    if error.response is not None and isinstance(error.response, Response):
        return error.response
    if error.code is not None and error.code < 400:
        return make_response(error.get_response())
    return _answer(error.code or 500, "http", _http_message(error.code or 500))


def _http_message(status: int) -> str:
    messages = {
        400: _("The request could not be read. Nothing was changed. Go back and try again."),
        403: _("You may not see this page with this account."),
        404: _("There is no page at this address, or it is not public yet."),
        405: _("This address does not accept this act. Nothing was changed."),
        413: _("What you sent is larger than this page accepts. Nothing was changed."),
        429: _("Too many tries in a short time. Wait a few minutes, then try again."),
    }
    return messages.get(
        status, _("Something went wrong on our side. What was saved before is kept. Try again in a moment.")
    )


def _database_error(error: OperationalError) -> Response:
    log.error("database", error=str(error.orig))
    return _answer(503, "busy", _("The service is busy. Nothing was changed by this try. Try again in a moment."))


def _unexpected(error: Exception) -> Response:
    log.error("unexpected", exc_info=error)
    return _answer(500, "unexpected", _http_message(500))
