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


def newest_public_file(session: Session, edition: Edition) -> str | None:
    """The public form of the newest seal of an edition, as text; None while nothing is sealed."""
    query = select(Seal.public).where(Seal.edition_id == edition.id)
    return session.scalar(query.order_by(Seal.number.desc()).limit(1))


def seal_by_number(session: Session, edition: Edition, number: int) -> Seal | None:
    """One of them."""
    return session.scalar(select(Seal).where(Seal.edition_id == edition.id, Seal.number == number))


def every_review(session: Session, edition: Edition) -> Sequence[Review]:
    """Every review of an edition with its entry, unfinished ones and those that do not count included."""
    query = select(Review).join(Review.entry).where(Entry.edition_id == edition.id)
    return session.scalars(query.options(joinedload(Review.entry)).order_by(Review.id)).all()
