"""Checking a password: slowed per account, counted in transactions of its own, so that a rollback forgets nothing."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from hackaviz.accounts.models import Person, SignInFailure
from hackaviz.accounts.passwords import verify_password
from hackaviz.accounts.queries import person_by_email
from hackaviz.accounts.rules import FAILURES_COUNT_FOR, MOST_FAILURES, normalise_email
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.jobs import transactions
from hackaviz.web.database import current_session, sessions


class WrongPassword(Invalid):
    """The address and the password do not belong together; which of them is wrong is not said."""

    code = "wrong-password"


class TooManyTries(Invalid):
    """This account has had too many wrong passwords of late."""

    status = 429
    code = "too-many"


def check_password(email: str, password: str, now: datetime, *, field: str | None = None) -> Person:
    """The person of an address, when the password is theirs. Raises WrongPassword, for `field`, or TooManyTries.

    Takes a tenth of a second and writes in transactions of its own: only for views that open their write late.
    """
    account = normalise_email(email)[:320]
    try_id = _count_try(account, now)
    person = person_by_email(current_session(), account)
    if not verify_password(person.password_hash if person else None, password) or person is None:
        raise WrongPassword(_wrong(field), field=field)
    _forget_try(try_id)
    return person


def forget_failures(session: Session, email: str) -> None:
    """Let the owner of an address in again: they have just shown that they read its letters."""
    session.execute(delete(SignInFailure).where(SignInFailure.account == email))


def _wrong(field: str | None) -> object:
    if field:
        return _l("This is not your current password.")
    return _l("This address and this password do not go together. Check both, or choose a new password by e-mail.")


def _count_try(account: str, now: datetime) -> int:
    # Counted before the password is looked at: guesses sent side by side cannot slip past the limit together.
    with transactions(sessions().writing)() as session:
        _wait_for_turn(session, account)
        session.execute(delete(SignInFailure).where(SignInFailure.at <= now - FAILURES_COUNT_FOR))
        failures = select(func.count()).where(SignInFailure.account == account)
        if (session.scalar(failures) or 0) >= MOST_FAILURES:
            raise TooManyTries(
                _l("Too many wrong passwords for this account. Wait 15 minutes, or choose a new one by e-mail.")
            )
        counted = SignInFailure(account=account, at=now)
        session.add(counted)
        session.flush()
        return counted.id


def _wait_for_turn(session: Session, account: str) -> None:
    # SQLite has one writer at a time; on PostgreSQL no row need exist yet that could be locked.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(account))))


def _forget_try(try_id: int) -> None:
    with transactions(sessions().writing)() as session:
        session.execute(delete(SignInFailure).where(SignInFailure.id == try_id))
