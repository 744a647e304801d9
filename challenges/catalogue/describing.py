"""Writing what is known of a dataset into its row: everything that depends on something else follows here."""

from collections.abc import Iterable
from datetime import datetime

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
    for name in PLAIN:
        setattr(dataset, name, getattr(details, name))
    dataset.keywords, dataset.bounds = list(details.keywords), list(details.bounds) if details.bounds else None
    dataset.availability = _availability(dataset, details.availability)
    _set_formats(dataset, [*details.formats, *(resource.format for resource in dataset.resources)])
    _fold(dataset)
    dataset.updated_at = now


def files_changed(dataset: Dataset, now: datetime) -> None:
    """Bring a row up to date with its files and links."""
    said = dataset.availability
    if said is Availability.HERE and may_be_reachable(dataset.link_seen_on, dataset.landing_page):
        said = Availability.REACHABLE
    dataset.availability = _availability(dataset, said)
    _set_formats(dataset, [*dataset.formats, *(resource.format for resource in dataset.resources)])
    _fold(dataset)
    dataset.updated_at = now


def _availability(dataset: Dataset, said: Availability) -> Availability:
    if any(resource.is_here for resource in dataset.resources):
        return Availability.HERE
    return Availability.DESCRIBED if said is Availability.HERE else said


def _set_formats(dataset: Dataset, formats: Iterable[str]) -> None:
    wanted = clean_formats(formats)
    kept = {row.format: row for row in dataset.format_rows}
    dataset.format_rows = [kept.get(code) or DatasetFormat(format=code) for code in wanted]


def _fold(dataset: Dataset) -> None:
    theme, licence, coverage = theme_name(dataset.theme), licence_of(dataset.licence), dataset.coverage or Bilingual()
    texts = (dataset.title, dataset.description, coverage, theme, licence.name)
    words = [text for pair in texts for text in (pair.fr, pair.en)]
    formats = [name for code in dataset.formats for name in (code, format_name(code))]
    dataset.folded = search_text([*words, dataset.publisher.name, *dataset.keywords, *formats])
    dataset.folded_title_fr = search_text([dataset.title.in_language("fr")])[:400]
    dataset.folded_title_en = search_text([dataset.title.in_language("en")])[:400]


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
