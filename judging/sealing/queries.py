"""Named reads of seals."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from challenges.editions.models import Edition
from judging.scoring.models import Review
from judging.sealing.models import Seal
from submissions.entries.models import Entry


def seals_of(session: Session, edition: Edition) -> Sequence[Seal]:
    """Every seal of an edition, the newest first."""
    query = select(Seal).where(Seal.edition_id == edition.id).order_by(Seal.number.desc())
    return session.scalars(query).all()


def seal_by_number(session: Session, edition: Edition, number: int) -> Seal | None:
    """One of them."""
    return session.scalar(select(Seal).where(Seal.edition_id == edition.id, Seal.number == number))


def every_review(session: Session, edition: Edition) -> Sequence[Review]:
    """Every review of an edition with its entry, unfinished ones and those that do not count included."""
    query = select(Review).join(Review.entry).where(Entry.edition_id == edition.id)
    return session.scalars(query.options(joinedload(Review.entry)).order_by(Review.id)).all()
