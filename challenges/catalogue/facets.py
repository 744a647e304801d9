"""The facets of the catalogue: what each reads, how it filters, how its values are counted."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, select

from challenges.catalogue.models import Dataset, DatasetFormat, Publisher

Links = Select[int, str]


@dataclass(frozen=True)
class Facet:
    """A way to narrow the catalogue. Values chosen in one facet add up; facets narrow each other.

    `links` answers (dataset, value) pairs: a dataset may have several values or none.
    """

    name: str
    links: Callable[[], Links]

    def holds(self, values: Collection[str]) -> ColumnElement[bool]:
        """Whether a dataset has one of the values."""
        links = self.links().subquery()
        dataset_id, value = links.c
        return Dataset.id.in_(select(dataset_id).where(value.in_(list(values))))

    def counted(self, conditions: Collection[ColumnElement[bool]]) -> Select[Any]:
        """(facet, value, count) of the datasets under the conditions."""
        links = self.links().subquery()
        dataset_id, value = links.c
        found = select(literal(self.name), value, func.count(dataset_id.distinct())).join_from(
            links, Dataset, Dataset.id == dataset_id
        )
        return found.where(*conditions).group_by(value)


def _of_column(column: Any) -> Callable[[], Links]:
    return lambda: select(Dataset.id, cast(column, String))


def _publishers() -> Links:
    return select(Dataset.id, Publisher.slug).join(Publisher)


def _formats() -> Links:
    return select(DatasetFormat.dataset_id, DatasetFormat.format)


def _featured() -> Links:
    return select(Dataset.id, literal("yes")).where(Dataset.is_featured)


FACETS = (
    Facet("availability", _of_column(Dataset.availability)),
    Facet("featured", _featured),
    Facet("theme", _of_column(Dataset.theme)),
    Facet("format", _formats),
    Facet("licence", _of_column(Dataset.licence)),
    Facet("publisher", _publishers),
)
