"""What can be done with a gift in kind: promise, describe, receive, withdraw."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.sponsors.gifts.models import Gift
from challenges.sponsors.models import Sponsor
from hackaviz.kernel.audit import record
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Conflict


@dataclass(frozen=True)
class GiftDetails:
    """What a thing is, under which terms, and what its giver says it is worth (None: not said)."""

    title: Bilingual
    terms: Bilingual
    stated_cents: int | None
    received_on: date | None


def promise_gift(session: Session, *, sponsor: Sponsor, details: GiftDetails, actor: Any, now: datetime) -> Gift:
    """Enter a gift in the register."""
    gift = Gift(edition_id=sponsor.edition_id, sponsor=sponsor, promised_at=now)
    _describe(gift, details)
    session.add(gift)
    _record(session, "gift.promise", gift, actor, now)
    return gift


def describe_gift(session: Session, *, gift: Gift, details: GiftDetails, actor: Any, now: datetime) -> None:
    """Change what is said of a gift, or note when it arrived."""
    lock_row(session, gift)
    _describe(gift, details)
    _record(session, "gift.describe", gift, actor, now)


def withdraw_gift(session: Session, *, gift: Gift, actor: Any, now: datetime) -> None:
    """Take a gift off the register; the log keeps it. Raises Conflict when it is withdrawn already."""
    lock_row(session, gift)
    if gift.withdrawn_at is not None:
        raise Conflict(_l("This gift is withdrawn already."))
    gift.withdrawn_at = now
    _record(session, "gift.withdraw", gift, actor, now)


def _describe(gift: Gift, details: GiftDetails) -> None:
    gift.title, gift.terms = details.title, details.terms
    gift.stated_cents, gift.received_on = details.stated_cents, details.received_on


def _record(session: Session, verb: str, gift: Gift, actor: Any, now: datetime) -> None:
    facts = {"sponsor": gift.sponsor.name, "title": gift.title.as_dict(), "stated_cents": gift.stated_cents}
    record(session, verb, subject=gift, actor=actor, now=now, edition_id=gift.edition_id, **facts)
