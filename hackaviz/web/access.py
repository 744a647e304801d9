"""Who may open which address. Every view declares its audience; the factory refuses to start when one has none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from hackaviz.kernel.errors import DomainError
from hackaviz.web.database import SAFE_METHODS
from hackaviz.web.errors import wants_json
from hackaviz.web.typed import TypedForm, typed_form

View = TypeVar("View", bound=Callable[..., Any])
Rule = Callable[[Any, dict[str, Any]], bool]


class SessionEnded(DomainError):
    """Somebody who is not signed in, or no longer, sent something."""

    status = 401
    code = "session-ended"


class EmailNotVerified(DomainError):
    """Somebody who has not shown yet that their address is theirs."""

    status = 403
    code = "email-not-verified"


@dataclass(frozen=True)
class Doorkeeper:
    """The pages shown to people who cannot go on yet; the accounts room has them."""

    session_ended: Callable[[TypedForm], Response]
    email_not_verified: Callable[[], Response]


def audience(name: str) -> Callable[[View], View]:
    """Declare who may open a view: the name of a rule registered with `declare_audience`."""

    def mark(view: View) -> View:
        view.audience = name  # type: ignore[attr-defined]
        return view

    return mark


def declare_audience(app: Flask, name: str, rule: Rule | None) -> None:
    """Register a rule: it gets the person (signed in) and the parts of the address, and answers yes or no.

    None lets everybody in, signed in or not.
    """
    app.extensions.setdefault("hackaviz.audiences", {})[name] = rule


def appoint_doorkeeper(app: Flask, doorkeeper: Doorkeeper) -> None:
    """Say what people see who must sign in again, or verify their address."""
    app.extensions["hackaviz.doorkeeper"] = doorkeeper


def init_access(app: Flask) -> None:
    """Check the audience before each view."""
    declare_audience(app, "public", None)
    app.before_request(_check)


def audience_of(app: Flask, endpoint: str) -> str | None:
    """The declared audience of an endpoint."""
    name: str | None = getattr(app.view_functions[endpoint], "audience", None)
    return name


def refuse_undeclared(app: Flask) -> None:
    """Raise RuntimeError when an address has no audience, or one that nobody registered."""
    known = app.extensions["hackaviz.audiences"].keys()
    missing = sorted(e for e in app.view_functions if e != "static" and audience_of(app, e) not in known)
    if missing:
        raise RuntimeError(f"no audience is declared for: {', '.join(missing)}")


def _check() -> Response | None:
    if request.endpoint in {None, "static"}:
        return None
    name = audience_of(current_app, str(request.endpoint))
    rule: Rule | None = current_app.extensions["hackaviz.audiences"][name]
    if rule is None:
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    if name != "signed-in" and current_user.email_verified_at is None:
        return _ask_to_verify()
    if not rule(current_user, dict(request.view_args or {})):
        abort(403)
    return None


def _ask_to_sign_in() -> Response:
    if request.method in SAFE_METHODS and not wants_json():
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    typed = None if wants_json() else typed_form()
    if typed is None:
        raise SessionEnded(_l("Your session has ended. Nothing was changed. Sign in, then send this again."))
    return _doorkeeper().session_ended(typed)


def _ask_to_verify() -> Response:
    if wants_json():
        raise EmailNotVerified(_l("Verify your e-mail address first."))
    return _doorkeeper().email_not_verified()


def _doorkeeper() -> Doorkeeper:
    doorkeeper: Doorkeeper = current_app.extensions["hackaviz.doorkeeper"]
    return doorkeeper
