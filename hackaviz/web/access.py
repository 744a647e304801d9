"""Who may open which address. Every view declares its audience; the factory refuses to start when one has none."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

View = TypeVar("View", bound=Callable[..., Any])
Rule = Callable[[Any, dict[str, Any]], bool]


def audience(name: str) -> Callable[[View], View]:
    """Declare who may open a view: the name of a rule registered with `declare_audience`."""

    def mark(view: View) -> View:
        view.audience = name  # type: ignore[attr-defined]
        return view

    return mark


def declare_audience(app: Flask, name: str, rule: Rule) -> None:
    """Register a rule: it gets the person (signed in) and the parts of the address, and answers yes or no."""
    app.extensions.setdefault("hackaviz.audiences", {})[name] = rule


def init_access(app: Flask) -> None:
    """Check the audience before each view."""
    app.extensions.setdefault("hackaviz.audiences", {})
    app.before_request(_check)


def audience_of(app: Flask, endpoint: str) -> str | None:
    """The declared audience of an endpoint."""
    name: str | None = getattr(app.view_functions[endpoint], "audience", None)
    return name


def refuse_undeclared(app: Flask) -> None:
    """Raise RuntimeError when an address has no audience, or one that nobody registered."""
    known = {"public", *app.extensions["hackaviz.audiences"]}
    missing = sorted(e for e in app.view_functions if e != "static" and audience_of(app, e) not in known)
    if missing:
        raise RuntimeError(f"no audience is declared for: {', '.join(missing)}")


def _check() -> Response | None:
    if request.endpoint in {None, "static"}:
        return None
    name = audience_of(current_app, str(request.endpoint))
    if name == "public":
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    rule: Rule = current_app.extensions["hackaviz.audiences"][name]
    if not rule(current_user, dict(request.view_args or {})):
        abort(403)
    return None


def _ask_to_sign_in() -> Response:
    if request.method != "GET" or request.accept_mimetypes.best == "application/json":
        abort(401)
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
