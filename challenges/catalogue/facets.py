"""The facets of the catalogue: what each reads, how it filters, how its values are counted."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import add
from typing import Any, Protocol

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, literal, or_, select

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
        """(facet, values, count) of the places under the conditions: several values stand on a line each."""


@dataclass(frozen=True)
class Facet:
    """A facet of links: `links` answers (dataset, value) pairs, so that a dataset may have several values or none."""

    name: str
    links: Callable[[], Links]

    def holds(self, places: FromClause, values: Collection[str]) -> ColumnElement[bool]:
        """Whether a link leads to one of the values."""
        dataset_id, value = self.links().subquery().c
        return places.c.dataset_id.in_(select(dataset_id).where(value.in_(list(values))))

    def counted(self, places: FromClause, conditions: Conditions) -> Select[Any]:
        """Each value once for a dataset, however many links lead to it."""
        dataset_id, value = self.links().subquery().c
        # Asked this way round, a database looks up the links of few places instead of reading all links.
        among = dataset_id.in_(select(places.c.dataset_id).where(*conditions))
        return select(literal(self.name), value, func.count(dataset_id.distinct())).where(among).group_by(value)


@dataclass(frozen=True)
class ListedFacet(Facet):
    """A facet of links whose values a place lists too, in a column of its name: one on each line, none twice.

    Few datasets are found by their links, many are counted by their lists, of which there are not many different ones.
    """

    def counted(self, places: FromClause, conditions: Conditions) -> Select[Any]:
        """Each list, counted."""
        return _column_counted(self.name, places, conditions)


@dataclass(frozen=True)
class ColumnFacet:
    """A facet of which each dataset has one value, in a column of its place."""

    name: str

    def holds(self, places: FromClause, values: Collection[str]) -> ColumnElement[bool]:
        """Whether the column has one of the values."""
        return places.c[self.name].in_(list(values))

    def counted(self, places: FromClause, conditions: Conditions) -> Select[Any]:
        """The column, counted."""
        return _column_counted(self.name, places, conditions)


def _column_counted(name: str, places: FromClause, conditions: Conditions) -> Select[Any]:
    value = places.c[name]
    return select(literal(name), value, func.count()).where(*conditions).group_by(value)


@dataclass(frozen=True)
class FlagFacet:
    """A facet of things that a dataset has or has not; `flags` answers what each value asks of a place."""

    name: str
    flags: Callable[[FromClause], Mapping[str, ColumnElement[bool]]]

    def holds(self, places: FromClause, values: Collection[str]) -> ColumnElement[bool]:
        """Whether it has one of them; of values that nobody knows none."""
        flags = self.flags(places)
        return or_(literal(False), *(flags[value] for value in values if value in flags))

    def counted(self, places: FromClause, conditions: Conditions) -> Select[Any]:
        """Each set of things that datasets have, counted in one go."""
        lines = [case((flag, f"{value}\n"), else_="") for value, flag in self.flags(places).items()]
        values = reduce(add, lines)
        counts = select(literal(self.name), values, func.count()).select_from(places)
        return counts.where(*conditions).group_by(values)


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

    return FlagFacet("fresh", flags)


FACETS: tuple[AnyFacet, ...] = (
    ColumnFacet("availability"),
    FlagFacet("featured", _featured),
    ColumnFacet("theme"),
    FlagFacet("offers", _offers),
    ListedFacet("format", lambda: select(DatasetFormat.dataset_id, DatasetFormat.format)),
    ColumnFacet("licence"),
    ColumnFacet("publisher"),
)
# The facets whose counts among all datasets are kept in a table.
KEPT = frozenset(facet.name for facet in FACETS)
PLACES = DatasetPlace.__table__
