"""The CSRF token of a session that has just begun."""

from flask import current_app, g


def renew_csrf_token() -> None:
    """Forget the token made for this request's old session, so that the page that follows carries one of the new."""
    g.pop(current_app.config["WTF_CSRF_FIELD_NAME"], None)
