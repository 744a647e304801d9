"""The facets of the catalogue: what each reads, how it filters, how its values are counted."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, literal, or_, select, union_all

from challenges.catalogue.models import DatasetFormat, DatasetPlace

Links = Select[int, str]
Conditions = Collection[ColumnElement[bool]]


class AnyFacet(Protocol):
    """A way to narrow the catalogue. Values chosen in one facet add up; facets narrow each other."""

    @property
    def name(self) -> str:
        """What it is called in addresses."""

    def holds(self, places: FromClause, values: Collection[str]) -> ColumnElement[bool]:
        """Whether a dataset has one of the values."""

    def counted(self, places: FromClause, conditions: Conditions) -> Select[Any]:
        """(facet, value, count) of the places under the conditions."""


@dataclass(frozen=True)
class Facet:
    """A facet of links: `links` answers (dataset, value) pairs, so that a dataset may have several values or none.

    `are_pairs_unique` says that no pair comes twice, so that pairs can be counted as they are.
    """

    name: str
    links: Callable[[], Links]
    are_pairs_unique: bool = False

    def holds(self, places: FromClause, values: Collection[str]) -> ColumnElement[bool]:
        """Whether a link leads to one of the values."""
        dataset_id, value = self.links().subquery().c
        return places.c.dataset_id.in_(select(dataset_id).where(value.in_(list(values))))

    def counted(self, places: FromClause, conditions: Conditions) -> Select[Any]:
        """Each value once for a dataset, however many links lead to it."""
        dataset_id, value = self.links().subquery().c
        number = func.count() if self.are_pairs_unique else func.count(dataset_id.distinct())
        # Asked this way round, a database looks up the links of few places instead of reading all links.
        among = dataset_id.in_(select(places.c.dataset_id).where(*conditions))
        return select(literal(self.name), value, number).where(among).group_by(value)


@dataclass(frozen=True)
class ColumnFacet:
    """A facet of which each dataset has one value, in a column of its place."""

    name: str

    def holds(self, places: FromClause, values: Collection[str]) -> ColumnElement[bool]:
        """Whether the column has one of the values."""
        return places.c[self.name].in_(list(values))

    def counted(self, places: FromClause, conditions: Conditions) -> Select[Any]:
        """The column, counted."""
        value = places.c[self.name]
        return select(literal(self.name), value, func.count()).where(*conditions).group_by(value)


@dataclass(frozen=True)
class FlagFacet:
    """A facet of things that a dataset has or has not; `flags` answers what each value asks of a place.

    `is_one_of` says that a place has one of them at most, so that all are counted in one go.
    """

    name: str
    flags: Callable[[FromClause], Mapping[str, ColumnElement[bool]]]
    is_one_of: bool = False

    def holds(self, places: FromClause, values: Collection[str]) -> ColumnElement[bool]:
        """Whether it has one of them; of values that nobody knows none."""
        flags = self.flags(places)
        return or_(literal(False), *(flags[value] for value in values if value in flags))

    def counted(self, places: FromClause, conditions: Conditions) -> Select[Any]:
        """How many have each."""
        if self.is_one_of:
            value = case(*((flag, word) for word, flag in self.flags(places).items()))
            each = select(literal(self.name), value, func.count()).select_from(places)
            return each.where(*conditions).group_by(value)
        parts = [
            select(literal(self.name).label("facet"), literal(value).label("value"), func.count().label("number"))
            .select_from(places)
            .where(flag, *conditions)
            for value, flag in self.flags(places).items()
        ]
        counts = union_all(*parts).subquery()
        return select(*counts.c).where(counts.c.number > 0)


def _featured(places: FromClause) -> dict[str, ColumnElement[bool]]:
    return {"yes": places.c.recommended == 0}


def _offers(places: FromClause) -> dict[str, ColumnElement[bool]]:
    return {"map": places.c.has_map.is_(True), "preview": places.c.has_preview.is_(True)}


def fresh_facet(today: date) -> FlagFacet:
    """How long ago datasets changed, as their sources say."""
    month, year = today - timedelta(days=31), today - timedelta(days=366)

    def flags(places: FromClause) -> dict[str, ColumnElement[bool]]:
        day = places.c.modified_on
        return {
            "month": day >= month,
            "year": and_(day < month, day >= year),
            "older": day < year,
            "unstated": day.is_(None),
        }

    return FlagFacet("fresh", flags, is_one_of=True)


FACETS: tuple[AnyFacet, ...] = (
    ColumnFacet("availability"),
    FlagFacet("featured", _featured),
    ColumnFacet("theme"),
    FlagFacet("offers", _offers),
    Facet("format", lambda: select(DatasetFormat.dataset_id, DatasetFormat.format), are_pairs_unique=True),
    ColumnFacet("licence"),
    ColumnFacet("publisher"),
)
# The facets whose counts among all datasets are kept in a table.
KEPT = frozenset(facet.name for facet in FACETS)
PLACES = DatasetPlace.__table__
