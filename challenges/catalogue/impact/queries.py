"""Named reads of uses: sums in the database, however many datasets a publisher has."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from challenges.catalogue.impact.models import DatasetUse
from challenges.catalogue.models import Dataset, DatasetPlace, Publisher
from hackaviz.web.paging import Page

PAGE_SIZE = 24


def uses_by_day(session: Session, condition: ColumnElement[bool]) -> Mapping[date, tuple[int, int]]:
    """Views and downloads of the datasets under a condition, by day."""
    sums = (func.sum(DatasetUse.views), func.sum(DatasetUse.downloads))
    query = select(DatasetUse.day, *sums).join(Dataset, Dataset.id == DatasetUse.dataset_id).where(condition)
    return {day: (views, downloads) for day, views, downloads in session.execute(query.group_by(DatasetUse.day))}


def uses_of_each(session: Session, ids: Collection[int]) -> Mapping[int, tuple[int, int]]:
    """All views and downloads of some datasets, by dataset."""
    sums = (func.sum(DatasetUse.views), func.sum(DatasetUse.downloads))
    query = select(DatasetUse.dataset_id, *sums).where(DatasetUse.dataset_id.in_(ids))
    rows = session.execute(query.group_by(DatasetUse.dataset_id))
    return {number: (views, downloads) for number, views, downloads in rows}


def datasets_of(session: Session, publisher: Publisher, language: str, number: int) -> Page[Dataset]:
    """A page of a publisher's datasets, in the order of the catalogue."""
    own = Dataset.publisher_id == publisher.id
    total = session.scalar(select(func.count()).select_from(Dataset).where(own)) or 0
    title = DatasetPlace.title_fr if language == "fr" else DatasetPlace.title_en
    query = select(Dataset).join(DatasetPlace, DatasetPlace.dataset_id == Dataset.id).where(own)
    query = query.order_by(DatasetPlace.usable, DatasetPlace.recommended, title, Dataset.id)
    rows: Sequence[Dataset] = session.scalars(query.offset((number - 1) * PAGE_SIZE).limit(PAGE_SIZE)).all()
    return Page(rows, number, PAGE_SIZE, total)
