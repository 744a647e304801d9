"""The application of the content host. No session, no accounts, no pages of the contest: only frozen files."""

from typing import Any

from flask import Flask, Response, g, make_response, render_template, request
from flask.sessions import SessionInterface
from flask_babel import Babel
from werkzeug.exceptions import HTTPException

from hackaviz.kernel.bilingual import LANGUAGES
from hackaviz.kernel.errors import DomainError
from hackaviz.web import health
from hackaviz.web.clock import ReceivedAt
from hackaviz.web.database import share_database
from submissions.viewer.content import vendor, views
from submissions.viewer.content.headers import add_headers, closed_policy

SHARED = ("SECRET_KEY", "BASE_URL", "CONTENT_URL", "BABEL_TRANSLATION_DIRECTORIES")


class NoSession(SessionInterface):
    """No cookie is read, and none is ever set."""

    def open_session(self, app: Flask, request: Any) -> None:
        """Nobody is known here."""
        return


def create_content_app(app: Flask, **config: str) -> Flask:
    """The content host beside an application: the same database and storage. `config` replaces its settings."""
    content = Flask("hackaviz", template_folder=app.template_folder, static_folder=None)
    content.config.update({name: app.config[name] for name in SHARED} | config)
    content.session_interface = NoSession()
    content.extensions["hackaviz.storage"] = app.extensions["hackaviz.storage"]
    content.wsgi_app = ReceivedAt(content.wsgi_app)  # type: ignore[method-assign]
    share_database(app, content)
    Babel(content, locale_selector=_language)
    for blueprint in (health.blueprint, views.blueprint, vendor.blueprint):
        content.register_blueprint(blueprint)
    content.after_request(add_headers)
    content.register_error_handler(DomainError, _refused)
    content.register_error_handler(HTTPException, _http_error)
    content.context_processor(lambda: {"language": _language()})
    return content


def _language() -> str:
    """That of the page which leads here; without one, what the browser asks for.

    A work is the same for everybody, only our words around it differ.
    """
    return g.get("language") or request.accept_languages.best_match(LANGUAGES, default="en") or "en"


def _refused(error: DomainError) -> Response:
    return _plain_page(error.status, str(error))


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    response = _plain_page(status, None)
    if status in {405, 416}:
        kept = (header for header in error.get_headers() if header[0] in {"Allow", "Content-Range"})
        response.headers.extend(kept)
    return response


def _plain_page(status: int, message: str | None) -> Response:
    g.policy = closed_policy()
    page = render_template("submissions/viewer/content/refusal.html", status=status, message=message)
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
