"""Headers that every page of the application carries."""

import secrets

from flask import Flask, Response, abort, current_app, g, request
from flask_login import current_user
from flask_wtf import CSRFProtect

from hackaviz.web.storage import where_browsers_upload

csrf = CSRFProtect()

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data: blob: {content}; media-src {content}; frame-src {content}; "
    "font-src 'self'; connect-src 'self' {uploads}; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors {framed_by}"
)


def csp_nonce() -> str:
    """The nonce of this response, for the few inline elements."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


def let_others_frame() -> None:
    """Let any other site show this page in a frame: only for pages that are the same for everybody."""
    g.framed_by = "*"


def init_security(app: Flask) -> None:
    """CSRF on every unsafe method; the policy and its companions on every response."""
    csrf.init_app(app)
    app.before_request(_refuse_nul)
    app.after_request(_add_headers)


def _refuse_nul() -> None:
    """No address of ours holds a NUL, and PostgreSQL refuses one inside a text."""
    if "\x00" in request.path or any("\x00" in text for pair in request.args.items(multi=True) for text in pair):
        # The error page links to the page it stands for: there is none.
        request.url_rule, request.view_args = None, None
        abort(400)


def _add_headers(response: Response) -> Response:
    content = current_app.config["CONTENT_URL"]
    framed_by = g.get("framed_by", "'none'")
    policy = POLICY.format(nonce=csp_nonce(), content=content, uploads=where_browsers_upload(), framed_by=framed_by)
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()")
    if request.endpoint != "static":
        private = current_user and current_user.is_authenticated
        response.headers.setdefault("Cache-Control", "no-store" if private else "no-cache")
    return response
