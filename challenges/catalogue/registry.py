"""What rooms to the right add to the catalogue: each fills its part in `register(app)`."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy.orm import Session

from challenges.catalogue.facets import Facet
from challenges.catalogue.models import Dataset
from challenges.editions.models import Edition


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


Works = Callable[[Session, Dataset, datetime], list[Any]]
Mentions = Callable[[Session, Dataset], list[Mention]]
OfEdition = Callable[[Session, Edition], Sequence[Dataset]]


@dataclass
class CatalogueRegistry:
    """`works` answers public entries that use a dataset, as macros/works.html shows them; `challenges` links to it.

    `of_edition` answers the datasets that the public finds in an edition, with publisher and files, in a fixed order.
    """

    facets: list[LinkedFacet] = field(default_factory=list)
    works: list[Works] = field(default_factory=list)
    challenges: list[Mentions] = field(default_factory=list)
    of_edition: list[OfEdition] = field(default_factory=list)


def catalogue_registry(app: Flask | None = None) -> CatalogueRegistry:
    """The registry of an application."""
    extensions = (app or current_app).extensions
    registry: CatalogueRegistry = extensions.setdefault("hackaviz.catalogue", CatalogueRegistry())
    return registry
