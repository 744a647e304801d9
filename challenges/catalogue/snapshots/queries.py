"""Named reads of frozen copies."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, defer

from challenges.catalogue.models import Dataset, Resource
from challenges.catalogue.snapshots.models import DatasetSnapshot
from challenges.catalogue.snapshots.rules import SnapshotState
from challenges.editions.models import Edition, Visibility


def copies_shown(dataset: Dataset) -> list[DatasetSnapshot]:
    """The copies of a dataset's files that are here, for published editions, the newest edition first; no query."""
    kept = [copy for copy in dataset.snapshots if copy.state is SnapshotState.KEPT]
    shown = [copy for copy in kept if copy.edition.visibility is Visibility.PUBLISHED]
    return sorted(shown, key=lambda copy: copy.edition.submission_closes_at, reverse=True)


def copies_of_edition(session: Session, edition: Edition) -> Sequence[DatasetSnapshot]:
    """The copies that are here for an edition, by dataset."""
    query = _whole().where(DatasetSnapshot.edition_id == edition.id, DatasetSnapshot.state == SnapshotState.KEPT)
    return session.scalars(query.order_by(Dataset.slug, DatasetSnapshot.id)).all()


def all_copies_of(session: Session, dataset: Dataset) -> Sequence[DatasetSnapshot]:
    """Every copy of a dataset's files, those that wait and those that failed too."""
    query = _whole().where(DatasetSnapshot.dataset_id == dataset.id)
    return session.scalars(query.order_by(DatasetSnapshot.id.desc())).all()


def copy_by_public_id(session: Session, public_id: str) -> DatasetSnapshot | None:
    """One copy. Its own identifier names it, so that a link holds when its dataset gets another address."""
    return session.scalar(_whole().where(DatasetSnapshot.public_id == public_id))


def copy_of_file(session: Session, edition: Edition, resource: Resource) -> DatasetSnapshot | None:
    """The copy of a file that an edition has pinned."""
    pinned = (DatasetSnapshot.edition_id == edition.id, DatasetSnapshot.resource_id == resource.id)
    return session.scalar(_whole().where(*pinned))


def due_copy(session: Session, now: datetime) -> DatasetSnapshot | None:
    """The copy that has waited longest to be fetched, held by one job process."""
    query = select(DatasetSnapshot).where(DatasetSnapshot.state == SnapshotState.WAITING, DatasetSnapshot.due_at <= now)
    return session.scalar(query.order_by(DatasetSnapshot.due_at).limit(1).with_for_update(skip_locked=True))


def _whole() -> Select[DatasetSnapshot]:
    whole = (contains_eager(DatasetSnapshot.dataset), contains_eager(DatasetSnapshot.edition))
    query = select(DatasetSnapshot).join(DatasetSnapshot.dataset).join(DatasetSnapshot.edition)
    return query.options(*whole, defer(DatasetSnapshot.inspection))
