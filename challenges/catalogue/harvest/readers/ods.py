"""OpenDataSoft: its explore API of version 1 and 2, whole exports in JSON, and the CSV export of a catalogue."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from challenges.catalogue.harvest.opening import Opened, json_items, outline, start_of
from challenges.catalogue.harvest.readers.guarding import each
from challenges.catalogue.harvest.readers.table import rows
from challenges.catalogue.harvest.record import RejectedRecord, Stated
from challenges.catalogue.harvest.values import address, first, listed, plain

PLACES = ("datasets.item", "results.item", "item", "")
EXPORTS = (("csv", "text/csv"), ("json", "application/json"))


def read(source: Opened) -> Iterator[Stated | RejectedRecord]:
    """Each dataset."""
    if start_of(source.path, 1)[:1] not in {"{", "["}:
        yield from each(rows(source.path), lambda row: _stated(row, _grouped(row), source.address))
        return
    found = outline(source.path)
    prefix = next((prefix for prefix in PLACES if found.holds_records(prefix)), "")
    records = (record for record in json_items(source.path, prefix) if isinstance(record, dict))
    unframed = (inner if isinstance(inner := record.get("dataset"), dict) else record for record in records)
    yield from each(unframed, lambda record: _stated(record, _metas(record), source.address))


def _metas(record: dict[str, Any]) -> dict[str, Any]:
    """The metadata of a record: version 1 has one flat group, version 2 a group per template."""
    metas = record.get("metas") or {}
    if not isinstance(metas, dict):
        return {}
    groups = {name: group for name, group in metas.items() if isinstance(group, dict)}
    if "default" in groups:
        return {
            **groups["default"],
            **{f"{name}.{key}": value for name in groups for key, value in groups[name].items()},
        }
    return metas or _grouped(record)


def _grouped(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the CSV export; newer ones name the columns "default.title"."""
    return {
        **row,
        **{name.removeprefix("default."): value for name, value in row.items() if name.startswith("default.")},
    }


def _stated(record: dict[str, Any], metas: dict[str, Any], source: str) -> Stated:
    identifier = plain(first(record.get("datasetid"), record.get("dataset_id"), metas.get("datasetid")))
    domain = _domain(record, metas, source)
    return Stated(
        identifier=identifier,
        title=metas.get("title"),
        description=metas.get("description"),
        publisher=first(metas.get("publisher"), metas.get("dcat.creator"), metas.get("source_domain_title")),
        licence=[metas.get("license"), metas.get("license_url")],
        themes=metas.get("theme"),
        keywords=metas.get("keyword"),
        coverage=listed(first(metas.get("dcat.spatial"), metas.get("territory"), metas.get("geographic_reference"))),
        bounds=first(_box(metas), metas.get("bbox"), metas.get("geometry")),
        start=metas.get("dcat.temporal_coverage_start"),
        end=metas.get("dcat.temporal_coverage_end"),
        period=first(metas.get("dcat.temporal"), metas.get("temporal_coverage")),
        frequency=first(metas.get("dcat.accrualperiodicity"), metas.get("update_frequency")),
        issued=first(metas.get("dcat.issued"), metas.get("dcat.created")),
        modified=first(metas.get("modified"), metas.get("data_processed")),
        landing_page=_page(domain, identifier) or address(metas.get("references")),
        contact=[
            metas.get("dcat.contact_name"),
            first(metas.get("dcat.contact_email"), metas.get("inspire.contact_email")),
        ],
        language=first(metas.get("metadata_languages"), metas.get("language")),
        resources=(_exports(domain, identifier) if _has_records(record) else [])
        + _attachments(record, domain, identifier),
    )


def _has_records(record: dict[str, Any]) -> bool:
    """Some datasets are documents alone: of these no table can be exported."""
    return record.get("has_records") is not False


def _domain(record: dict[str, Any], metas: dict[str, Any], source: str) -> str:
    """The host that serves a dataset: that of the portal we ask, or the one a file names; "" where none is said."""
    if source:
        return urlsplit(source).netloc
    said = plain(first(metas.get("source_domain_address"), record.get("domain"), metas.get("source_domain")))
    return said if "." in said and "/" not in said else ""


def _page(domain: str, identifier: str) -> str:
    return f"https://{domain}/explore/dataset/{quote(identifier)}/" if domain and identifier else ""


def _exports(domain: str, identifier: str) -> list[dict[str, Any]]:
    if not domain or not identifier:
        return []
    place = f"https://{domain}/api/explore/v2.1/catalog/datasets/{quote(identifier)}/exports"
    return [
        {"url": f"{place}/{name}", "title": f"{identifier}.{name}", "format": name, "media_type": media}
        for name, media in EXPORTS
    ]


def _attachments(record: dict[str, Any], domain: str, identifier: str) -> list[dict[str, Any]]:
    place = f"https://{domain}/api/explore/v2.1/catalog/datasets/{quote(identifier)}/attachments"
    return [
        {
            # Attachments that the portal keeps have an address of its own making.
            "url": address(file.get("url")) or f"{place}/{quote(plain(file.get('id')))}",
            "title": file.get("title"),
            "media_type": file.get("mimetype"),
        }
        for file in listed(record.get("attachments"))
        if isinstance(file, dict) and domain
    ]


def _box(metas: dict[str, Any]) -> list[Any] | None:
    sides = ("westbound_longitude", "southbound_latitude", "eastbound_longitude", "northbound_latitude")
    found = [metas.get(f"inspire.extend_bounding_box_{side}") for side in sides]
    return found if all(side not in (None, "") for side in found) else None
