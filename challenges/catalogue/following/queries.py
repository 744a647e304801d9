"""Named reads of followers and followed datasets."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from challenges.catalogue.following.models import DatasetFollower, FollowedDataset
from challenges.catalogue.harvest.models import HarvestedRecord
from challenges.catalogue.models import Dataset, Resource
from hackaviz.accounts.models import Person
from hackaviz.web.paging import Page

PAGE_SIZE = 50


def is_following(session: Session, dataset: Dataset, person: Person) -> bool:
    """Whether somebody follows a dataset."""
    return session.get(DatasetFollower, (dataset.id, person.id)) is not None


def followed_by(session: Session, person: Person, number: int) -> Page[DatasetFollower]:
    """A page of what somebody follows, the last chosen first."""
    own = DatasetFollower.person_id == person.id
    total = session.scalar(select(func.count()).select_from(DatasetFollower).where(own)) or 0
    shown = joinedload(DatasetFollower.dataset).joinedload(Dataset.publisher)
    query = select(DatasetFollower).where(own).options(shown)
    query = query.order_by(DatasetFollower.since.desc(), DatasetFollower.dataset_id)
    return Page(
        session.scalars(query.offset((number - 1) * PAGE_SIZE).limit(PAGE_SIZE)).all(), number, PAGE_SIZE, total
    )


def all_followed_by(session: Session, person: Person) -> Sequence[DatasetFollower]:
    """All that somebody follows."""
    query = select(DatasetFollower).where(DatasetFollower.person_id == person.id)
    return session.scalars(
        query.options(joinedload(DatasetFollower.dataset)).order_by(DatasetFollower.dataset_id)
    ).all()


def followers_of(session: Session, dataset_id: int) -> Sequence[DatasetFollower]:
    """Who is told of a dataset: accounts that are open and whose address is theirs."""
    query = select(DatasetFollower).join(DatasetFollower.person).options(joinedload(DatasetFollower.person))
    reached = (Person.closed_at.is_(None), Person.email_verified_at.is_not(None))
    query = query.where(DatasetFollower.dataset_id == dataset_id, *reached)
    return session.scalars(query.order_by(DatasetFollower.person_id)).all()


def due_to_look_at(session: Session, now: datetime, most: int) -> Sequence[FollowedDataset]:
    """The datasets that somebody follows and that were not looked at of late, each held by one job process."""
    files = selectinload(Dataset.resources).options(defer(Resource.inspection), defer(Resource.chart))
    query = select(FollowedDataset).where(FollowedDataset.look_at <= now).order_by(FollowedDataset.look_at).limit(most)
    query = query.options(joinedload(FollowedDataset.dataset, innerjoin=True).options(files))
    return session.scalars(query.with_for_update(skip_locked=True, of=FollowedDataset)).all()


def dropped_by_sources(session: Session, ids: Collection[int]) -> set[int]:
    """Of some datasets those that were harvested and that no source lists any more."""
    listed = func.count(HarvestedRecord.id) - func.count(HarvestedRecord.vanished_at)
    query = select(HarvestedRecord.dataset_id).where(HarvestedRecord.dataset_id.in_(ids))
    return set(session.scalars(query.group_by(HarvestedRecord.dataset_id).having(listed == 0)))
