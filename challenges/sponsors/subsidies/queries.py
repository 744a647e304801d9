"""Named reads of subsidies."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.subsidies.models import Subsidy


def subsidies_of(session: Session, edition: Edition) -> Sequence[Subsidy]:
    """The subsidies of an edition, in the order in which they were asked."""
    query = select(Subsidy).where(Subsidy.edition_id == edition.id)
    return session.scalars(query.order_by(Subsidy.requested_on, Subsidy.id)).all()


def subsidy_by_id(session: Session, edition: Edition, subsidy_id: int) -> Subsidy | None:
    """A subsidy of an edition."""
    return session.scalar(select(Subsidy).where(Subsidy.id == subsidy_id, Subsidy.edition_id == edition.id))
