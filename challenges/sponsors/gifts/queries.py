"""Named reads of gifts in kind."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from challenges.editions.models import Edition
from challenges.sponsors.gifts.models import Gift
from challenges.sponsors.models import Sponsor


def gifts_of(session: Session, edition: Edition) -> Sequence[Gift]:
    """The gifts of an edition that still stand, with their givers."""
    query = select(Gift).join(Gift.sponsor).where(Gift.edition_id == edition.id, Gift.withdrawn_at.is_(None))
    return session.scalars(query.options(joinedload(Gift.sponsor)).order_by(Sponsor.name, Gift.id)).all()


def gift_by_id(session: Session, edition: Edition, gift_id: int) -> Gift | None:
    """A gift of an edition that still stands."""
    query = select(Gift).where(Gift.id == gift_id, Gift.edition_id == edition.id, Gift.withdrawn_at.is_(None))
    return session.scalar(query.options(joinedload(Gift.sponsor)))
