"""udata, the portal of data.gouv.fr: a page of datasets, a list, or one dataset."""

from collections.abc import Iterator
from typing import Any

from challenges.catalogue.harvest.opening import Opened, json_items, outline
from challenges.catalogue.harvest.readers.guarding import each
from challenges.catalogue.harvest.record import RejectedRecord, Stated
from challenges.catalogue.harvest.values import first, is_true, listed, plain

PLACES = ("data.item", "item", "")


def read(source: Opened) -> Iterator[Stated | RejectedRecord]:
    """Each dataset."""
    found = outline(source.path)
    prefix = next((prefix for prefix in PLACES if found.holds_records(prefix)), "")
    yield from each((record for record in json_items(source.path, prefix) if isinstance(record, dict)), _stated)


def _stated(record: dict[str, Any]) -> Stated:
    organization = record.get("organization") or {}
    spatial, covered = record.get("spatial") or {}, record.get("temporal_coverage") or {}
    resources = record.get("resources") or []
    return Stated(
        identifier=first(record.get("id"), record.get("slug")),
        title=record.get("title"),
        description=first(record.get("description"), record.get("description_short")),
        publisher=first(organization, _owner(record.get("owner"))),
        publisher_website=organization.get("page") if isinstance(organization, dict) else None,
        licence=_licence(record),
        keywords=record.get("tags"),
        coverage=_zones(spatial),
        bounds=spatial.get("geom") if isinstance(spatial, dict) else None,
        start=covered.get("start") if isinstance(covered, dict) else None,
        end=covered.get("end") if isinstance(covered, dict) else None,
        period=covered if isinstance(covered, str) else None,
        frequency=record.get("frequency"),
        issued=first(record.get("created_at"), record.get("created_at_internal")),
        modified=first(record.get("last_modified"), record.get("last_update"), record.get("last_modified_internal")),
        landing_page=first(record.get("page"), _page(record)),
        contact=_contact(record),
        is_public=not (is_true(record.get("private")) or _is_deleted(record)),
        # A page of a newer portal links to the resources instead of holding them.
        resources=[_resource(file) for file in resources if isinstance(file, dict)]
        if isinstance(resources, list)
        else [],
    )


def _is_deleted(record: dict[str, Any]) -> bool:
    """A portal states the moment, or that it is so."""
    return plain(first(record.get("deleted"), record.get("deleted_at"))) not in {"", "false"} or is_true(
        record.get("deleted")
    )


def _contact(record: dict[str, Any]) -> list[Any]:
    """Newer portals have a list of contacts, those before them had one."""
    stated = [*listed(record.get("contact_points")), *listed(record.get("contact_point"))]
    contact = next((each for each in stated if isinstance(each, dict)), {})
    return [contact.get("name"), contact.get("email")]


def _licence(record: dict[str, Any]) -> list[Any]:
    stated = record.get("license")
    if isinstance(stated, dict):
        return [stated.get("id"), stated.get("title"), stated.get("url")]
    return [stated]


def _owner(owner: Any) -> str:
    if not isinstance(owner, dict):
        return ""
    return " ".join(filter(None, (plain(owner.get(name)) for name in ("first_name", "last_name")))) or plain(owner)


def _zones(spatial: Any) -> list[Any]:
    zones = listed(spatial.get("zones")) if isinstance(spatial, dict) else []
    return [zone.get("name") for zone in zones if isinstance(zone, dict)]


def _page(record: dict[str, Any]) -> Any:
    """The page of a dataset on data.gouv.fr cannot be told from an export; that of its own source can."""
    harvested = record.get("harvest")
    return harvested.get("remote_url") if isinstance(harvested, dict) else None


def _resource(file: dict[str, Any]) -> dict[str, Any]:
    checksum = file.get("checksum") or {}
    is_sha256 = isinstance(checksum, dict) and checksum.get("type") == "sha256"
    return {
        "url": first(file.get("url"), file.get("latest")),
        "title": file.get("title"),
        "format": file.get("format"),
        "media_type": file.get("mime"),
        "bytes": file.get("filesize"),
        "hash": checksum.get("value") if is_sha256 else None,
    }
