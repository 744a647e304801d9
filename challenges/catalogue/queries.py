"""Named reads of the catalogue. A page of results costs the same number of queries whatever the size."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select, union_all
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from challenges.catalogue.facets import FACETS, Facet
from challenges.catalogue.models import Availability, Dataset, Publisher, Resource
from challenges.catalogue.rules import search_words
from hackaviz.web.paging import Page

PAGE_SIZE = 24
# Usable ones first.
_USABLE = case({Availability.HERE: 0, Availability.REACHABLE: 1}, value=Dataset.availability, else_=2)

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Search:
    """What a reader asks of the catalogue: words, and the values chosen in each facet."""

    text: str = ""
    chosen: Mapping[str, Collection[str]] = ()  # type: ignore[assignment]
    facets: tuple[Facet, ...] = FACETS

    def conditions(self, *, but: str | None = None) -> list[ColumnElement[bool]]:
        """What a dataset must satisfy; `but` leaves one facet out, to count what else it could be."""
        words = [Dataset.folded.contains(word, autoescape=True) for word in search_words(self.text)]
        chosen = dict(self.chosen)
        return words + [
            facet.holds(chosen[facet.name]) for facet in self.facets if facet.name != but and chosen.get(facet.name)
        ]


def search(session: Session, asked: Search, *, page: int, language: str) -> Page[Dataset]:
    """One page of datasets: the usable first, featured ones first among equals, then by title."""
    conditions = asked.conditions()
    total = session.scalar(select(func.count()).select_from(Dataset).where(*conditions)) or 0
    title = Dataset.folded_title_fr if language == "fr" else Dataset.folded_title_en
    number = max(1, min(page, -(-total // PAGE_SIZE)))
    query = (
        select(Dataset)
        .where(*conditions)
        .options(joinedload(Dataset.publisher), selectinload(Dataset.format_rows))
        .options(defer(Dataset.folded, raiseload=True))
        .order_by(_USABLE, Dataset.is_featured.desc(), title, Dataset.id)
        .offset((number - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    )
    return Page(session.scalars(query).all(), number, PAGE_SIZE, total)


def facet_counts(session: Session, asked: Search) -> Counts:
    """For each facet how many datasets each value has, under the words and all other facets. One query."""
    parts = [facet.counted(asked.conditions(but=facet.name)) for facet in asked.facets]
    counts: Counts = defaultdict(dict)
    for facet, value, count in session.execute(union_all(*parts)):
        counts[facet][value] = count
    return counts


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
    """One dataset with its publisher, formats and files."""
    query = select(Dataset).where(Dataset.slug == slug)
    files = (joinedload(Dataset.publisher), selectinload(Dataset.format_rows), selectinload(Dataset.resources))
    return session.scalar(query.options(*files))


def resource_of(session: Session, slug: str, resource_id: int) -> Resource | None:
    """A file or link of a dataset."""
    query = select(Resource).join(Dataset).where(Dataset.slug == slug, Resource.id == resource_id)
    return session.scalar(query.options(joinedload(Resource.dataset)))


def dataset_count(session: Session) -> int:
    """How many datasets there are."""
    return session.scalar(select(func.count()).select_from(Dataset)) or 0
