"""Pairs of datasets that look alike, and where merged ones went."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, and_, cast, func, literal, select, union_all
from sqlalchemy.orm import Session, joinedload, selectinload

from challenges.catalogue.harvest.models import HarvestedRecord
from challenges.catalogue.merging.models import DistinctPair, FormerAddress
from challenges.catalogue.merging.rules import MOST_ALIKE, Alike
from challenges.catalogue.models import Dataset, DatasetPlace, Resource
from hackaviz.web.paging import Page

PAIRS_A_PAGE = 25


@dataclass(frozen=True)
class Pair:
    """Two datasets that may be one, and what they share."""

    first: Dataset
    second: Dataset
    alike: Sequence[Alike]


def suggested_pairs(session: Session, page: int) -> Page[Pair]:
    """One page of pairs, but for those that a steward keeps apart. Of several that are alike, neighbours are paired."""
    pairs = _pairs().subquery()
    total = session.scalar(select(func.count()).select_from(pairs)) or 0
    number = max(1, min(page, -(-total // PAIRS_A_PAGE)))
    shown = select(pairs).order_by(pairs.c.first, pairs.c.second)
    rows = session.execute(shown.offset((number - 1) * PAIRS_A_PAGE).limit(PAIRS_A_PAGE)).all()
    datasets = _datasets(session, {number for row in rows for number in (row.first, row.second)})
    found = [
        Pair(datasets[row.first], datasets[row.second], [Alike(each) for each in row.alike.split(" ")]) for row in rows
    ]
    return Page(found, number, PAIRS_A_PAGE, total)


def _pairs() -> Select[Any]:
    titled = (DatasetPlace.publisher, DatasetPlace.title_fr)
    title = _neighbours(Alike.TITLE, DatasetPlace.dataset_id, titled).where(DatasetPlace.title_fr != "")
    page = _neighbours(Alike.PAGE, Dataset.id, (Dataset.landing_page,)).where(Dataset.landing_page != "")
    file = _neighbours(Alike.FILE, Resource.dataset_id, (Resource.url,)).where(Resource.url != "")
    alike = union_all(*(_paired(each) for each in (title, page, file))).subquery()
    # One source that leads from several datasets to one page tells them apart.
    is_told_apart = and_(alike.c.alike == Alike.PAGE, ~_source(alike.c.first).is_distinct_from(_source(alike.c.second)))
    apart = and_(DistinctPair.first_id == alike.c.first, DistinctPair.second_id == alike.c.second)
    once = (
        select(alike.c.first, alike.c.second, alike.c.alike)
        .where(~select(DistinctPair.first_id).where(apart).exists(), ~is_told_apart)
        .distinct()
        .order_by(alike.c.alike)
        .subquery()
    )
    kinds = func.aggregate_strings(once.c.alike, " ").label("alike")
    return select(once.c.first, once.c.second, kinds).group_by(once.c.first, once.c.second)


def _neighbours(alike: Alike, number: Any, shared: Sequence[Any]) -> Select[Any]:
    # Neighbours instead of all pairs: the work grows with the datasets, not with their square.
    before = func.lag(number).over(partition_by=shared, order_by=number)
    group = func.count().over(partition_by=shared)
    kind = cast(literal(alike.value), String)
    return select(before.label("first"), number.label("second"), group.label("size"), kind.label("alike"))


def _paired(neighbours: Select[Any]) -> Select[Any]:
    rows = neighbours.subquery()
    is_pair = (rows.c.first.is_not(None), rows.c.first < rows.c.second, rows.c.size <= MOST_ALIKE)
    return select(rows.c.first, rows.c.second, rows.c.alike).where(*is_pair)


def _source(dataset_id: Any) -> Any:
    """Where a dataset was harvested; NULL for one that stewards described."""
    query = select(func.min(HarvestedRecord.source_id)).where(HarvestedRecord.dataset_id == dataset_id)
    return query.scalar_subquery()


def _datasets(session: Session, ids: Collection[int]) -> Mapping[int, Dataset]:
    query = select(Dataset).where(Dataset.id.in_(ids)).options(joinedload(Dataset.publisher))
    return {each.id: each for each in session.scalars(query)}


def pair_by_slugs(session: Session, slugs: Sequence[str]) -> Mapping[str, Dataset]:
    """Datasets by slug, with all that a comparison shows."""
    lists = (joinedload(Dataset.publisher), selectinload(Dataset.format_rows), selectinload(Dataset.resources))
    query = select(Dataset).where(Dataset.slug.in_(slugs)).options(*lists)
    return {each.slug: each for each in session.scalars(query)}


def present_address(session: Session, slug: str) -> str | None:
    """Where the dataset of a former address is now; None for an address that never was one."""
    query = select(Dataset.slug).join(FormerAddress, FormerAddress.dataset_id == Dataset.id)
    return session.scalar(query.where(FormerAddress.slug == slug))


# "former present" of each, a line each, so that another query can bring them along; merging is rare, so they are few.
FORMER_ADDRESSES = (
    select(func.aggregate_strings(FormerAddress.slug + " " + Dataset.slug, "\n"))
    .join(Dataset, Dataset.id == FormerAddress.dataset_id)
    .scalar_subquery()
)


def read_addresses(lines: str | None) -> dict[str, str]:
    """Every former address with the present one, from what FORMER_ADDRESSES gave."""
    return dict(line.split(" ") for line in (lines or "").splitlines())


def present_addresses(session: Session) -> dict[str, str]:
    """Every former address with the present one."""
    return read_addresses(session.scalar(select(FORMER_ADDRESSES)))
