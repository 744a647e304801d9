"""What rooms to the right add to the catalogue: each fills its part in `register(app)`."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from challenges.catalogue.facets import Facet
from challenges.catalogue.models import Dataset
from challenges.editions.models import Edition
from hackaviz.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class LinkedFacet:
    """A facet of another room: its name in addresses, its legend, and the words for its values."""

    facet: Facet
    legend: Any
    labels: Callable[[Session, Collection[str]], dict[str, str]]


@dataclass(frozen=True)
class Mention:
    """A page elsewhere that names a dataset, such as a challenge."""

    label: Any
    url: str
    detail: Any = ""
    number: int | None = None


@dataclass(frozen=True)
class Use:
    """A public entry that uses a dataset, and the prizes it got: those are known only once they are published."""

    dataset_id: int
    title: str
    url: str
    edition: Bilingual
    edition_url: str
    public_on: date
    awards: Sequence[Bilingual]


@dataclass(frozen=True)
class DatasetPart:
    """A part of a dataset's page: a template and what it needs; None hides it. Lower `order` comes first."""

    order: int
    template: str
    context: Callable[[Session, Dataset, datetime], dict[str, Any] | None]


@dataclass(frozen=True)
class Holder:
    """Rows of a room that name datasets: how many name one, in words, and how they pass from one to another.

    `move(session, kept, gone, now)` leaves no row that names the second.
    """

    words: Callable[[int], str]
    count: Callable[[Session, Dataset], int]
    move: Callable[[Session, Dataset, Dataset, datetime], None]


Works = Callable[[Session, Dataset, datetime], list[Any]]
Mentions = Callable[[Session, Dataset], list[Mention]]
OfEdition = Callable[[Session, Edition], Sequence[Dataset]]
# Of a person: where a chart may go now.
Drafts = Callable[[Session, Any, datetime], list[Mention]]
# Of the datasets under a condition.
Uses = Callable[[Session, ColumnElement[bool], datetime], Sequence[Use]]


@dataclass
class CatalogueRegistry:
    """`works` answers public entries that use a dataset, as macros/works.html shows them; `challenges` links to it.

    `of_edition` answers the datasets that the public finds in an edition, with publisher, formats and files, in a fixed
    order.
    `uses` answers which entries used some datasets and what they won. `acts` stand below the title of a dataset's page,
    `parts` are sections of it. `drafts` answers the entries that a signed-in person may put a chart into now.
    `holders` are asked when duplicates are merged.
    """

    facets: list[LinkedFacet] = field(default_factory=list)
    works: list[Works] = field(default_factory=list)
    challenges: list[Mentions] = field(default_factory=list)
    of_edition: list[OfEdition] = field(default_factory=list)
    uses: list[Uses] = field(default_factory=list)
    acts: list[DatasetPart] = field(default_factory=list)
    parts: list[DatasetPart] = field(default_factory=list)
    drafts: list[Drafts] = field(default_factory=list)
    holders: list[Holder] = field(default_factory=list)


def catalogue_registry(app: Flask | None = None) -> CatalogueRegistry:
    """The registry of an application."""
    extensions = (app or current_app).extensions
    registry: CatalogueRegistry = extensions.setdefault("hackaviz.catalogue", CatalogueRegistry())
    return registry


def shown_parts(
    parts: Sequence[DatasetPart], session: Session, dataset: Dataset, now: datetime
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Template and context of each part that has something to show."""
    for part in sorted(parts, key=lambda part: part.order):
        context = part.context(session, dataset, now)
        if context is not None:
            yield part.template, context
