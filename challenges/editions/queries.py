"""Named reads of editions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from challenges.editions.log_details import people_in
from challenges.editions.models import Edition, Visibility
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import Action

# Holds works that are in no contest (the training works of juries): an edition by its row alone, which nobody opens.
SHELF = "training-works"


def edition_by_slug(session: Session, slug: str) -> Edition | None:
    """One edition with its rules, drafts included."""
    return session.scalar(select(Edition).where(Edition.slug == slug).options(selectinload(Edition.rules_versions)))


def published_editions(session: Session) -> Sequence[Edition]:
    """Every published edition, the newest first."""
    query = (
        select(Edition).where(Edition.visibility == Visibility.PUBLISHED).order_by(Edition.submission_closes_at.desc())
    )
    return session.scalars(query).all()


def all_editions(session: Session) -> Sequence[Edition]:
    """Every edition, drafts included, the newest first."""
    query = select(Edition).where(Edition.slug != SHELF).order_by(Edition.submission_closes_at.desc())
    return session.scalars(query).all()


def editions_by_number(session: Session, numbers: Collection[int]) -> Sequence[Edition]:
    """The editions with these numbers, in no order."""
    return session.scalars(select(Edition).where(Edition.id.in_(numbers))).all()


def slug_is_taken(session: Session, slug: str) -> bool:
    """Whether an edition has this address, drafts included."""
    return slug == SHELF or session.scalar(select(Edition.id).where(Edition.slug == slug)) is not None


@dataclass(frozen=True)
class LoggedAction:
    """A line of the log; `actor` is None for what the platform did by itself. `people` names those in its details."""

    action: Action
    actor: str | None
    people: Mapping[int, str]


def actions_of(session: Session, edition: Edition, *, page: int = 1, size: int = 50) -> list[LoggedAction]:
    """The acts of an edition, the latest first."""
    query = (
        select(Action, Person.name)
        .outerjoin(Person, Person.id == Action.actor_id)
        .where(Action.edition_id == edition.id)
        .order_by(Action.at.desc(), Action.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    rows = session.execute(query).all()
    numbers = {number for action, _actor in rows for number in people_in(action.details)}
    people = dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(numbers))).all())
    return [LoggedAction(action, actor, people) for action, actor in rows]


def count_actions(session: Session, edition: Edition) -> int:
    """How many acts the log of an edition holds."""
    return session.scalar(select(func.count(Action.id)).where(Action.edition_id == edition.id)) or 0


def changes_after_publication(session: Session, edition: Edition) -> Sequence[Action]:
    """Dates and texts that changed, the latest first: `details` holds the name of a date or text, old and new."""
    verbs = ("edition.change_date", "edition.change_text")
    query = select(Action).where(Action.edition_id == edition.id, Action.verb.in_(verbs))
    return session.scalars(query.order_by(Action.at.desc(), Action.id.desc())).all()
