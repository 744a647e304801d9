"""Project Open Data: data.json of the United States, of ArcGIS and of many portals since. Read without its context."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from challenges.catalogue.harvest.opening import Opened, json_items, outline
from challenges.catalogue.harvest.readers.guarding import each
from challenges.catalogue.harvest.record import RejectedRecord, Stated
from challenges.catalogue.harvest.values import first, listed, plain


def read(source: Opened) -> Iterator[Stated | RejectedRecord]:
    """Each dataset; version 1.0 was a bare list of them."""
    place = "dataset.item" if "dataset" in outline(source.path).keys.get("", ()) else "item"
    yield from each(json_items(source.path, place), partial(_stated_or_not, base=source.address))


def _stated_or_not(record: Any, base: str) -> Stated | RejectedRecord:
    return _stated(record, base) if isinstance(record, dict) else RejectedRecord(plain(record), "not-a-dataset")


def _stated(record: dict[str, Any], base: str) -> Stated:
    contact = record.get("contactPoint") or {}
    period = plain(record.get("temporal"))
    return Stated(
        identifier=first(record.get("identifier"), record.get("@id")),
        title=record.get("title"),
        description=record.get("description"),
        publisher=record.get("publisher"),
        publisher_website=_website(record.get("publisher")),
        licence=[record.get("license"), record.get("rights")],
        themes=record.get("theme"),
        keywords=record.get("keyword"),
        coverage=record.get("spatial"),
        bounds=record.get("spatial"),
        period=period,
        frequency=record.get("accrualPeriodicity"),
        issued=record.get("issued"),
        modified=record.get("modified"),
        landing_page=record.get("landingPage"),
        contact=[contact.get("fn"), contact.get("hasEmail")]
        if isinstance(contact, dict)
        else [contact, record.get("mbox")],
        language=record.get("language"),
        base=base,
        is_public=plain(record.get("accessLevel")) in {"", "public"},
        resources=[_resource(file) for file in listed(record.get("distribution")) if isinstance(file, dict)]
        or _old_resource(record),
    )


def _website(publisher: Any) -> Any:
    return first(publisher.get("homepage"), publisher.get("url")) if isinstance(publisher, dict) else None


def _resource(file: dict[str, Any]) -> dict[str, Any]:
    return {
        "url": first(file.get("downloadURL"), file.get("accessURL")),
        "title": first(file.get("title"), file.get("description")),
        "format": file.get("format"),
        "media_type": file.get("mediaType"),
        "bytes": file.get("byteSize"),
    }


def _old_resource(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Version 1.0 kept one file in the dataset itself."""
    url = first(record.get("accessURL"), record.get("webService"))
    return [{"url": url, "format": record.get("format")}] if url else []
