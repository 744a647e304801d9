"""Named reads of challenges."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from challenges.briefs.models import Challenge, challenge_datasets
from challenges.catalogue.models import Dataset
from challenges.catalogue.snapshots.models import DatasetSnapshot
from challenges.catalogue.snapshots.rules import SnapshotState
from challenges.editions.models import Edition, Visibility
from challenges.sponsors.models import Prize
from hackaviz.kernel.identifiers import fold

MOST_FOUND = 20


def challenges_of(session: Session, edition: Edition) -> Sequence[Challenge]:
    """Every challenge of an edition in order, drafts included."""
    return session.scalars(select(Challenge).where(Challenge.edition_id == edition.id).order_by(Challenge.number)).all()


def published_challenges(session: Session, edition: Edition) -> Sequence[Challenge]:
    """The challenges that the public sees, in order."""
    query = select(Challenge).where(Challenge.edition_id == edition.id, Challenge.visibility == Visibility.PUBLISHED)
    return session.scalars(query.order_by(Challenge.number)).all()


@dataclass(frozen=True)
class ChallengeLine:
    """A challenge in a list: how many datasets it suggests and how much its prizes are worth."""

    challenge: Challenge
    datasets: int
    prize_cents: int


def challenge_lines(session: Session, edition: Edition, *, with_drafts: bool = False) -> list[ChallengeLine]:
    """The challenges of an edition with their sums, in one query."""
    datasets = select(func.count()).where(challenge_datasets.c.challenge_id == Challenge.id).scalar_subquery()
    prizes = select(func.coalesce(func.sum(Prize.cents), 0)).where(Prize.challenge_id == Challenge.id).scalar_subquery()
    query = select(Challenge, datasets, prizes).where(Challenge.edition_id == edition.id).order_by(Challenge.number)
    if not with_drafts:
        query = query.where(Challenge.visibility == Visibility.PUBLISHED)
    return [ChallengeLine(challenge, count, int(cents)) for challenge, count, cents in session.execute(query)]


def announced_cents(session: Session, edition: Edition) -> int:
    """The sum of all prizes of an edition, those without challenge included."""
    return int(session.scalar(select(func.sum(Prize.cents)).where(Prize.edition_id == edition.id)) or 0)


def count_challenges(session: Session, edition: Edition, visibility: Visibility) -> int:
    """How many challenges are drafts, or published."""
    query = select(func.count(Challenge.id)).where(
        Challenge.edition_id == edition.id, Challenge.visibility == visibility
    )
    return session.scalar(query) or 0


def next_number(session: Session, edition: Edition) -> int:
    """The number after the highest."""
    return (session.scalar(select(func.max(Challenge.number)).where(Challenge.edition_id == edition.id)) or 0) + 1


def challenge_by_slug(session: Session, edition: Edition, slug: str) -> Challenge | None:
    """One challenge with all that its page shows, drafts included; of frozen copies those of its edition."""
    query = select(Challenge).where(Challenge.edition_id == edition.id, Challenge.slug == slug)
    pinned = DatasetSnapshot.edition_id == edition.id, DatasetSnapshot.state == SnapshotState.KEPT
    copies = joinedload(Dataset.snapshots.and_(*pinned)).options(defer(DatasetSnapshot.inspection))
    return session.scalar(
        query.options(
            selectinload(Challenge.criteria),
            selectinload(Challenge.prizes),
            selectinload(Challenge.changes),
            selectinload(Challenge.datasets).options(
                joinedload(Dataset.publisher), copies, selectinload(Dataset.resources)
            ),
        )
    )


def slug_is_taken(session: Session, edition: Edition, slug: str) -> bool:
    """Whether a challenge of this edition has this address."""
    query = select(Challenge.id).where(Challenge.edition_id == edition.id, Challenge.slug == slug)
    return session.scalar(query) is not None


def find_datasets(session: Session, text: str) -> Sequence[Dataset]:
    """The first datasets of the catalogue that hold every word."""
    query = select(Dataset).options(joinedload(Dataset.publisher)).order_by(Dataset.slug).limit(MOST_FOUND)
    for word in fold(text).split():
        query = query.where(Dataset.folded.contains(word, autoescape=True))
    return session.scalars(query).all()


def dataset_by_slug(session: Session, slug: str) -> Dataset | None:
    """One dataset of the catalogue."""
    return session.scalar(select(Dataset).where(Dataset.slug == slug))
