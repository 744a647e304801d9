"""Writing what is known of a dataset into its row: everything that depends on something else follows here."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from challenges.catalogue.details import DatasetDetails
from challenges.catalogue.models import Availability, Dataset, DatasetFormat, Publisher
from challenges.catalogue.rules import (
    clean_formats,
    format_name,
    licence_of,
    may_be_reachable,
    search_text,
    theme_name,
)
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.identifiers import slugify

# Facts that stand in the row as they stand in the details.
PLAIN = (
    "title",
    "description",
    "theme",
    "licence",
    "licence_as_stated",
    "landing_page",
    "coverage",
    "period",
    "frequency",
    "contact",
    "issued_on",
    "modified_on",
    "link_seen_on",
    "seen_in",
    "is_featured",
)


def describe(dataset: Dataset, details: DatasetDetails, publisher: Publisher, now: datetime) -> None:
    """Bring a row up to date with what is said of the dataset."""
    dataset.publisher = publisher
    _set_formats(dataset, [*details.formats, *(resource.format for resource in dataset.resources)])
    _set(dataset, facts_of(details, publisher.name, dataset.formats))
    dataset.availability = _availability(dataset, details.availability)
    dataset.updated_at = now


def facts_of(details: DatasetDetails, publisher_name: str, formats: Sequence[str]) -> dict[str, Any]:
    """The columns of a row that follow from what is said of a dataset, by name."""
    bounds = list(details.bounds) if details.bounds else None
    plain = {name: getattr(details, name) for name in PLAIN}
    return plain | {"keywords": list(details.keywords), "bounds": bounds} | _folded(details, publisher_name, formats)


def _set(dataset: Dataset, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(dataset, name, value)


def files_changed(dataset: Dataset, now: datetime) -> None:
    """Bring a row up to date with its files and links."""
    said = dataset.availability
    if said is Availability.HERE and may_be_reachable(
        dataset.link_seen_on, dataset.landing_page or first_link(dataset)
    ):
        said = Availability.REACHABLE
    dataset.availability = _availability(dataset, said)
    _set_formats(dataset, [*dataset.formats, *(resource.format for resource in dataset.resources)])
    _set(dataset, _folded(dataset, dataset.publisher.name, dataset.formats))
    dataset.updated_at = now


def first_link(dataset: Dataset) -> str:
    """The address of a file that others keep; "" where there is none."""
    return next((resource.url for resource in dataset.resources if not resource.is_here), "")


def _availability(dataset: Dataset, said: Availability) -> Availability:
    if any(resource.is_here for resource in dataset.resources):
        return Availability.HERE
    return Availability.DESCRIBED if said is Availability.HERE else said


def _set_formats(dataset: Dataset, formats: Iterable[str]) -> None:
    wanted = clean_formats(formats)
    kept = {row.format: row for row in dataset.format_rows}
    dataset.format_rows = [kept.get(code) or DatasetFormat(format=code) for code in wanted]


def _folded(facts: Dataset | DatasetDetails, publisher_name: str, formats: Sequence[str]) -> dict[str, str]:
    french, english = (facts.title.in_language(language) for language in ("fr", "en"))
    pairs = (facts.title, facts.description, facts.coverage or Bilingual())
    named = _words_of_lists(facts.theme, facts.licence, tuple(formats))
    texts = [text for pair in pairs for text in (pair.fr, pair.en)]
    return {
        "folded": search_text([*texts, publisher_name, *facts.keywords, named]),
        "folded_title_fr": (folded_french := search_text([french])[:400]),
        "folded_title_en": folded_french if english == french else search_text([english])[:400],
    }


@lru_cache(maxsize=4_096)
def _words_of_lists(theme: str, licence: str, formats: tuple[str, ...]) -> str:
    """The names of a theme, a licence and formats in both languages: thousands of datasets share them."""
    pairs = (theme_name(theme), licence_of(licence).name)
    names = [name for code in formats for name in (code, format_name(code))]
    return " ".join([*(text for pair in pairs for text in (pair.fr, pair.en)), *names])


def differs(dataset: Dataset, details: DatasetDetails) -> bool:
    """Whether `describe` would change anything."""
    formats = clean_formats([*details.formats, *(resource.format for resource in dataset.resources)])
    return (
        any(getattr(dataset, name) != getattr(details, name) for name in PLAIN)
        or tuple(dataset.keywords) != tuple(details.keywords)
        or tuple(dataset.bounds or ()) != tuple(details.bounds or ())
        or dataset.publisher.slug != slugify(details.publisher_name, longest=120)
        or dataset.availability is not _availability(dataset, details.availability)
        or dataset.formats != formats
    )
