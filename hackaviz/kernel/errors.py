"""Errors of the domain: each says what happened, what is kept and what to do, in the reader's language."""

from typing import Any


class DomainError(Exception):
    """A refusal that a person can read. `message` may be a lazy translation; `status` is its HTTP form."""

    status = 409
    code = "refused"

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class NotFound(DomainError):
    """There is no such thing, or the reader may not know of it."""

    status = 404
    code = "not-found"


class NotAllowed(DomainError):
    """The actor has no right to do this."""

    status = 403
    code = "not-allowed"


class Invalid(DomainError):
    """A value that a rule refuses; `field` names the form field it belongs to, when there is one."""

    status = 422
    code = "invalid"

    def __init__(self, message: Any, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Conflict(DomainError):
    """Somebody else changed the same thing first, or the state does not permit the act."""

    code = "conflict"


class TooLarge(DomainError):
    """More bytes than a limit permits."""

    status = 413
    code = "too-large"


class TooMany(DomainError):
    """Too many tries in a span of time."""

    status = 429
    code = "too-many"


class Unavailable(DomainError):
    """A service that we depend on does not answer."""

    status = 503
    code = "unavailable"
