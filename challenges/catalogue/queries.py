"""Named reads of the catalogue. A page of results costs the same number of queries whatever the size."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, and_, case, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from challenges.catalogue.facets import FACETS, KEPT, PLACES, AnyFacet
from challenges.catalogue.merging.models import FormerAddress
from challenges.catalogue.models import Dataset, FacetCount, Publisher, Resource
from challenges.catalogue.rules import search_words
from challenges.catalogue.snapshots.models import DatasetSnapshot
from challenges.catalogue.words import places_with_words
from hackaviz.web.paging import Page

PAGE_SIZE = 24
# The count of all datasets, among those of facets.
EVERY = "all"
COUNTED = [column for column in PLACES.columns if not column.key.startswith("title")]

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Search:
    """What a reader asks of the catalogue: words, and the values chosen in each facet."""

    text: str = ""
    chosen: Mapping[str, Collection[str]] = ()  # type: ignore[assignment]
    facets: tuple[AnyFacet, ...] = FACETS

    @property
    def is_open(self) -> bool:
        """Whether it asks for everything."""
        return not self.text.strip() and not any(dict(self.chosen).values())

    def narrowed(self, places: FromClause, *, but: str | None = None) -> list[ColumnElement[bool]]:
        """What the chosen values ask of a place; `but` leaves one facet out, to count what else it could be."""
        chosen = dict(self.chosen)
        return [
            facet.holds(places, chosen[facet.name])
            for facet in self.facets
            if facet.name != but and chosen.get(facet.name)
        ]


def search(session: Session, asked: Search, *, page: int, language: str) -> Page[Dataset]:
    """One page of datasets: the usable first, of these the ones whose title has the words, featured ones, by title."""
    dialect = session.get_bind().dialect.name
    places, worded = places_with_words(asked.text, dialect)
    title = places.c.title_fr if language == "fr" else places.c.title_en
    order: list[Any] = [places.c.usable, *_in_title(asked, title, dialect), places.c.recommended, title]
    keys = [key.label(f"key_{place}") for place, key in enumerate(order)]
    hits = select(places.c.dataset_id, *keys).where(*worded, *asked.narrowed(places)).cte("hits")
    found, *sorted_by = hits.c
    # The whole catalogue, whose order is an index, has a kept count.
    total = literal(dataset_count(session)) if asked.is_open else _number(hits)
    narrow = select(found, total.label("total"), *sorted_by).order_by(*sorted_by, found)
    number = max(1, page)
    rows = _rows(session, narrow, number)
    if not rows and number > 1:
        number = _last_page(session, narrow)
        rows = _rows(session, narrow, number)
    return Page([row[0] for row in rows], number, PAGE_SIZE, rows[0].total if rows else 0)


def _rows(session: Session, narrow: Select[Any], number: int) -> Sequence[Row[Any]]:
    """The datasets of a page, each with the total: the narrow rows are put in order, then the wide ones are read."""
    shown = narrow.offset((number - 1) * PAGE_SIZE).limit(PAGE_SIZE).subquery()
    dataset_id, total, *sorted_by = shown.c
    query = _listed().add_columns(total).join(shown, dataset_id == Dataset.id).order_by(*sorted_by, dataset_id)
    return session.execute(query).all()


def _last_page(session: Session, narrow: Select[Any]) -> int:
    total = session.scalar(select(_number(narrow.order_by(None).subquery()))) or 0
    return max(1, -(-total // PAGE_SIZE))


def _number(rows: FromClause) -> ColumnElement[int]:
    return select(func.count()).select_from(rows).scalar_subquery()


def _in_title(asked: Search, title: Any, dialect: str) -> list[ColumnElement[int]]:
    """First those whose title has every word as it is written."""
    place_in = func.instr if dialect == "sqlite" else func.strpos
    spaced = literal(" ") + title + literal(" ")
    words = [place_in(spaced, f" {word} ") > 0 for word in search_words(asked.text)]
    return [case((and_(*words), 0), else_=1)] if words else []


def _listed() -> Select[Dataset]:
    lists = (joinedload(Dataset.publisher), selectinload(Dataset.format_rows))
    return select(Dataset).options(*lists, defer(Dataset.folded, raiseload=True))


def facet_counts(session: Session, asked: Search) -> Counts:
    """For each facet how many datasets each value has, under the words and all other facets. One query.

    Where neither words nor other facets narrow one, its counts are those that are kept.
    """
    places, worded = places_with_words(asked.text, session.get_bind().dialect.name)
    # What has the words, and of these the values, is looked up once for all facets.
    found = _looked_up(places, worded, "found")
    narrowed = _looked_up(found, asked.narrowed(found), "narrowed")
    free = [facet.name for facet in asked.facets if not (worded or asked.narrowed(found, but=facet.name))]
    kept = [name for name in free if name in KEPT]
    parts: list[Any] = [_counted(facet, asked, found, narrowed) for facet in asked.facets if facet.name not in kept]
    parts += [select(FacetCount.facet, FacetCount.value, FacetCount.count).where(FacetCount.facet.in_(kept))]
    counts: Counts = defaultdict(dict)
    for name, values, count in session.execute(union_all(*parts)):
        for value in filter(None, values.split("\n")) if count else ():
            counts[name][value] = counts[name].get(value, 0) + count
    return counts


def _looked_up(places: FromClause, conditions: Sequence[ColumnElement[bool]], name: str) -> FromClause:
    columns = [places.c[column.key] for column in COUNTED]
    return select(*columns).where(*conditions).cte(name) if conditions else places


def _counted(facet: AnyFacet, asked: Search, found: FromClause, narrowed: FromClause) -> Select[Any]:
    """A facet's values under all other facets."""
    if dict(asked.chosen).get(facet.name):
        return facet.counted(found, asked.narrowed(found, but=facet.name))
    return facet.counted(narrowed, [])


def publisher_names(session: Session, slugs: Collection[str]) -> dict[str, str]:
    """The names behind some publishers' slugs."""
    rows = session.execute(select(Publisher.slug, Publisher.name).where(Publisher.slug.in_(list(slugs))))
    return {row.slug: row.name for row in rows}


def all_publishers(session: Session) -> Sequence[Publisher]:
    """Every publisher, for a form that proposes them."""
    return session.scalars(select(Publisher).order_by(Publisher.slug)).all()


def publisher_by_slug(session: Session, slug: str) -> Publisher | None:
    """One publisher."""
    return session.scalar(select(Publisher).where(Publisher.slug == slug))


def dataset_by_slug(session: Session, slug: str) -> Dataset | None:
    """One dataset with publisher, formats, former addresses, frozen copies and files; all but these in one query."""
    copies = joinedload(Dataset.snapshots).options(
        joinedload(DatasetSnapshot.edition), defer(DatasetSnapshot.inspection)
    )
    small = (joinedload(each) for each in (Dataset.publisher, Dataset.format_rows, Dataset.former_addresses))
    query = select(Dataset).where(Dataset.slug == slug).options(*small, copies, selectinload(Dataset.resources))
    return session.scalars(query).unique().one_or_none()


def resource_of(session: Session, slug: str, resource_id: int) -> Resource | None:
    """A file or link of a dataset, by the dataset's address or one that it had before a merge."""
    formerly = select(FormerAddress.dataset_id).where(FormerAddress.slug == slug)
    at_address = or_(Dataset.slug == slug, Dataset.id.in_(formerly))
    query = select(Resource).join(Dataset).where(Resource.id == resource_id, at_address)
    return session.scalar(query.options(joinedload(Resource.dataset)))


def dataset_count(session: Session) -> int:
    """How many datasets there are, as it is kept."""
    return session.scalar(select(FacetCount.count).where(FacetCount.facet == EVERY)) or 0
