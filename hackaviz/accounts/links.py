"""Single-use links sent to people. A link is a secret: only the digest of its token is kept."""

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from hackaviz.accounts.models import AccountToken, Person, TokenPurpose
from hackaviz.accounts.rules import MOST_LINKS_AN_HOUR, RESET_LASTS, VERIFICATION_LASTS
from hackaviz.kernel.errors import DomainError
from hackaviz.kernel.identifiers import new_token, token_digest

LASTS = {TokenPurpose.VERIFY_EMAIL: VERIFICATION_LASTS, TokenPurpose.RESET_PASSWORD: RESET_LASTS}


class LinkNotUsable(DomainError):
    """A link that was used, has expired, or never was."""

    status = 400
    code = "link-not-usable"


def issue_link(session: Session, *, person: Person, purpose: TokenPurpose, now: datetime) -> str:
    """The secret token of a new link; flushes."""
    token = new_token()
    expires_at = now + LASTS[purpose]
    session.add(AccountToken(digest=token_digest(token), person_id=person.id, purpose=purpose, expires_at=expires_at))
    session.flush()
    return token


def may_issue(session: Session, *, person: Person, purpose: TokenPurpose, now: datetime) -> bool:
    """Whether this person has not been sent too many such links within the hour."""
    recent = select(func.count()).where(
        AccountToken.person_id == person.id,
        AccountToken.purpose == purpose,
        AccountToken.expires_at > now + LASTS[purpose] - timedelta(hours=1),
    )
    return (session.scalar(recent) or 0) < MOST_LINKS_AN_HOUR


def find_link(
    session: Session, token: str, purpose: TokenPurpose, now: datetime, *, lock: bool = False
) -> AccountToken:
    """The link of a token, with its person. Raises LinkNotUsable, which says why."""
    query = select(AccountToken).where(AccountToken.digest == token_digest(token), AccountToken.purpose == purpose)
    query = query.with_for_update() if lock else query.options(joinedload(AccountToken.person))
    link = session.scalar(query)
    if link is None:
        raise LinkNotUsable(_l("This link is not complete. Copy the whole address from the letter."))
    if link.used_at is not None:
        raise LinkNotUsable(_l("This link has been used already, and works only once. Ask for a new one."))
    if now > link.expires_at:
        raise LinkNotUsable(_l("This link has expired. Nothing was changed. Ask for a new one."))
    return link


def use_link(session: Session, token: str, purpose: TokenPurpose, now: datetime) -> Person:
    """Use a link up, and every other one of its kind for that person. Raises LinkNotUsable."""
    link = find_link(session, token, purpose, now, lock=True)
    unused = update(AccountToken).where(
        AccountToken.person_id == link.person_id, AccountToken.purpose == purpose, AccountToken.used_at.is_(None)
    )
    session.execute(unused.values(used_at=now))
    return session.get_one(Person, link.person_id)
