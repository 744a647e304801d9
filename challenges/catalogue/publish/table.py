"""The catalogue as a table: a row for each dataset, with all that our own import reads of it.

The codes of a licence and a theme stand in columns of their own, and all files in one cell, as JSON: so that an import
has the same facts and links again.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice

from challenges.catalogue.models import Dataset, Resource
from challenges.catalogue.publish.addresses import file_address
from challenges.catalogue.rules import licence_of
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.cells import harmless

BATCH = 200
# Spreadsheets know UTF-8 by it.
MARK = "\ufeff"
HEADER = (
    "identifier title_fr title_en description_fr description_en publisher publisher_website licence licence_code "
    "licence_as_stated theme_code keywords coverage_fr coverage_en bounds period frequency issued modified "
    "landing_page contact formats files"
).split()


def table(datasets: Iterable[Dataset], base: str) -> Iterator[str]:
    """The table in pieces; `base` is the address of this installation."""
    yield MARK
    lines = chain([HEADER], (_cells(each, base) for each in datasets))
    while batch := list(islice(lines, BATCH)):
        yield _written(batch)


def _written(batch: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(map(harmless, cells) for cells in batch)
    return text.getvalue()


def _cells(dataset: Dataset, base: str) -> list[str]:
    address = f"{base}/catalogue/{dataset.slug}"
    files = json.dumps([_file(each, address) for each in dataset.resources], ensure_ascii=False)
    return [*row_of(dataset).values(), files]


def row_of(dataset: Dataset) -> dict[str, str]:
    """The cells of a dataset by the names of their columns, without its files."""
    place = dataset.coverage or Bilingual()
    return {
        "identifier": dataset.slug,
        "title_fr": dataset.title.fr,
        "title_en": dataset.title.en,
        "description_fr": dataset.description.fr,
        "description_en": dataset.description.en,
        "publisher": dataset.publisher.name,
        "publisher_website": dataset.publisher.website,
        "licence": licence_of(dataset.licence).name.en,
        "licence_code": dataset.licence,
        "licence_as_stated": dataset.licence_as_stated,
        "theme_code": dataset.theme,
        "keywords": ", ".join(dataset.keywords),
        "coverage_fr": place.fr,
        "coverage_en": place.en,
        "bounds": ",".join(str(each) for each in dataset.bounds or ()),
        "period": dataset.period,
        "frequency": dataset.frequency,
        "issued": _day(dataset.issued_on),
        "modified": _day(dataset.modified_on),
        "landing_page": dataset.landing_page,
        "contact": dataset.contact,
        "formats": ", ".join(dataset.formats),
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _file(resource: Resource, address: str) -> dict[str, str | int]:
    said = {
        "url": file_address(address, resource),
        "title": resource.title.fr,
        "format": resource.format,
        "bytes": resource.bytes,
        "hash": f"sha256:{resource.sha256}" if resource.sha256 else "",
    }
    return {name: value for name, value in said.items() if value not in ("", None)} | {"title_en": resource.title.en}
