"""What is written into a dataset: from the one shape to the facts that stewards see, and back from the row."""

import hashlib
import json
from dataclasses import fields, replace
from datetime import date
from typing import Any

from challenges.catalogue.details import DatasetDetails
from challenges.catalogue.harvest.record import HarvestedDataset, Texts
from challenges.catalogue.harvest.texts import bilingual, language_of
from challenges.catalogue.harvest.vocabularies import own_theme, theme_code
from challenges.catalogue.models import Dataset
from challenges.catalogue.rules import clean_formats
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.identifiers import slugify

NO_PUBLISHER = "Not stated"
# What the harvest never writes: it belongs to the stewards.
STEWARDS_OWN = {"slug", "publisher_website", "availability", "link_seen_on", "is_featured", "formats"}
FACTS = tuple(fact.name for fact in fields(DatasetDetails) if fact.name not in STEWARDS_OWN)
DAYS = {"issued_on", "modified_on"}
# Made once: `json.dumps` would make one for each record.
_IN_ORDER, _READABLE_IN_ORDER = json.JSONEncoder(sort_keys=True), json.JSONEncoder(ensure_ascii=False, sort_keys=True)
PAIRS = {"title", "description", "coverage"}


def details_of(record: HarvestedDataset, *, seen_in: str) -> DatasetDetails:
    """The facts of a harvested dataset; `seen_in` names its source."""
    spoken = language_of(next(iter(record.descriptions.values()), "") or next(iter(record.titles.values())))
    publisher = record.publisher if slugify(record.publisher) else NO_PUBLISHER
    return DatasetDetails(
        title=bilingual(record.titles, spoken),
        description=bilingual(record.descriptions, spoken),
        publisher_name=publisher,
        publisher_website=record.publisher_website,
        theme=theme_code(record.themes, record.keywords),
        licence=record.licence,
        licence_as_stated=record.licence_as_stated,
        landing_page=record.landing_page,
        coverage=_place(record.coverage),
        period=record.period,
        keywords=tuple(dict.fromkeys((*record.keywords, *(each for each in record.themes if not own_theme(each))))),
        frequency=record.frequency,
        contact=record.contact,
        bounds=record.bounds,
        issued_on=_day(record.issued_on),
        modified_on=_day(record.modified_on),
        formats=tuple(clean_formats(resource.format for resource in record.resources)),
        seen_in=seen_in,
    )


def _place(names: Texts) -> Bilingual | None:
    unstated = names.get("", "")
    return Bilingual(fr=names.get("fr", unstated), en=names.get("en", unstated)) or None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def said_of(details: DatasetDetails, record: HarvestedDataset) -> dict[str, Any]:
    """What the harvest says, as JSON: kept with the record to tell later what a steward has changed."""
    plain = {name: _plain(getattr(details, name)) for name in FACTS}
    links = {link.url: [link.title, link.format] for link in record.resources if link.url}
    return plain | {"links": links, "formats": list(details.formats)}


def digest_of(record: HarvestedDataset, seen_in: str) -> str:
    """A fingerprint of all that a source says of a dataset; portals shuffle lists from one answer to the next."""
    said = record.as_dict()
    for name in ("keywords", "themes"):
        said[name] = sorted(said[name])
    said["resources"] = sorted(map(_IN_ORDER.encode, said["resources"]))
    text = _READABLE_IN_ORDER.encode([said, seen_in])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def kept_edits(dataset: Dataset, details: DatasetDetails, said: dict[str, Any]) -> DatasetDetails:
    """The new facts, but for those that differ from what the last harvest wrote: a steward changed them."""
    own: dict[str, Any] = {
        "publisher_website": "",
        "availability": dataset.availability,
        "link_seen_on": dataset.link_seen_on,
        "is_featured": dataset.is_featured,
        "formats": _formats(dataset, details, said),
    }
    for name in FACTS:
        current = dataset.publisher.name if name == "publisher_name" else getattr(dataset, name)
        if name in said and _compared(name, current) != _compared(name, said[name]):
            own[name] = tuple(current) if isinstance(current, list) else current
    return replace(details, **own)


def _formats(dataset: Dataset, details: DatasetDetails, said: dict[str, Any]) -> tuple[str, ...]:
    of_others = set(dataset.formats) - set(said.get("formats", ()))
    return tuple(sorted({*details.formats, *of_others}))


def _compared(name: str, value: Any) -> Any:
    plain = _plain(value)
    # Publishers are one by their slug, however they are spelt.
    return slugify(plain, longest=120) if name == "publisher_name" else plain


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, Bilingual):
        return value.as_dict()
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
