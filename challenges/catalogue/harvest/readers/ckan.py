"""CKAN, old and new: package_search, package_show, lists of packages with their resources, a bare package."""

import json
from collections.abc import Iterator
from typing import Any

from challenges.catalogue.harvest.opening import Opened, Outline, json_items, outline
from challenges.catalogue.harvest.record import RejectedRecord, Stated, Unreadable
from challenges.catalogue.harvest.values import first, listed, plain

# package_search, old current_package_list_with_resources, its new form, package_show, and what was saved without frame.
PLACES = ("result.results.item", "result.item.item", "result.item", "result", "results.item", "item", "")
_TRANSLATED = {"title": "title_translated", "notes": "notes_translated"}
_FREQUENCY = ("frequency", "update_frequency", "accrual_periodicity", "accrualPeriodicity", "maj_freq", "frequence")
_SPATIAL_NAMES = ("spatial_text", "spatial_coverage", "territory", "geographic_coverage", "couverture_geographique")


def read(source: Opened) -> Iterator[Stated | RejectedRecord]:
    """Each package. Raises Unreadable for the portal's own error, and for a list of names alone."""
    found = outline(source.path)
    for record in json_items(source.path, _place(found)):
        if not isinstance(record, dict):
            continue
        if record.get("type") == "harvest":
            yield RejectedRecord(plain(record.get("name")), "not-a-dataset")
        else:
            yield _stated(record)


def _place(found: Outline) -> str:
    if "error" in found.top and "result" not in found.top:
        said = first(found.texts.get("error.message"), found.texts.get("error.__type"), "no reason given")
        raise Unreadable(f"The portal answered with an error instead of datasets: {said}.")
    if "result.item" not in found.keys and "result.item" in found.texts:
        raise Unreadable(
            "This is a list of names without the datasets themselves. "
            "Ask the portal for package_search?rows=1000, or current_package_list_with_resources."
        )
    for prefix in PLACES:
        if found.holds_records(prefix):
            return prefix
    raise Unreadable("There is no package in this answer. Ask the portal for package_search or package_show.")


def _stated(record: dict[str, Any]) -> Stated:
    extras = _extras(record)
    organization = record.get("organization") or {}
    return Stated(
        identifier=first(record.get("id"), extras.get("guid"), record.get("name")),
        title=first(_in_languages(record, "title"), record.get("name")),
        description=_in_languages(record, "notes"),
        publisher=_publisher(record, organization, extras),
        publisher_website=extras.get("publisher_url"),
        licence=[
            record.get("license_id"),
            record.get("license_title"),
            record.get("license_url"),
            record.get("license"),
        ],
        themes=[_label(each) for each in listed(record.get("groups"))] + listed(extras.get("theme")),
        keywords=[_label(each) for each in listed(record.get("tags"))],
        coverage=[extras.get(name) for name in _SPATIAL_NAMES],
        bounds=[record.get("spatial"), extras.get("spatial"), _box(extras)],
        start=first(
            extras.get("temporal_start"), extras.get("temporal_coverage_from"), extras.get("temporal_coverage-from")
        ),
        end=first(extras.get("temporal_end"), extras.get("temporal_coverage_to"), extras.get("temporal_coverage-to")),
        period=first(extras.get("temporal_coverage"), extras.get("temporal")),
        frequency=next((extras[name] for name in _FREQUENCY if extras.get(name)), None),
        issued=first(extras.get("issued"), record.get("metadata_created"), record.get("created")),
        modified=first(extras.get("modified"), record.get("metadata_modified"), record.get("revision_timestamp")),
        landing_page=first(record.get("url"), extras.get("landing_page"), extras.get("uri")),
        contact=_contact(record, extras),
        language=first(extras.get("language"), record.get("language")),
        is_public=not record.get("private") and record.get("state", "active") in {"active", "", None},
        resources=[_resource(each) for each in listed(record.get("resources")) if isinstance(each, dict)],
    )


def _extras(record: dict[str, Any]) -> dict[str, Any]:
    """Extras as a mapping, however they are written, over the fields that schemas put beside the standard ones."""
    extras = record.get("extras")
    pairs = extras if isinstance(extras, dict) else {}
    if isinstance(extras, list):
        pairs = {plain(each.get("key")): _unquoted(each.get("value")) for each in extras if isinstance(each, dict)}
    return {**{name: value for name, value in record.items() if name not in {"extras", "resources"}}, **pairs}


def _unquoted(value: Any) -> Any:
    # CKAN before 2.0 kept the values of extras as JSON texts.
    if isinstance(value, str) and len(value) > 1 and value[0] == value[-1] == '"':
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _in_languages(record: dict[str, Any], name: str) -> Any:
    translated = record.get(_TRANSLATED[name])
    said = {code: text for code, text in translated.items() if text} if isinstance(translated, dict) else None
    return first(said, record.get(name))


def _label(each: Any) -> str:
    return (
        plain([each.get("display_name"), each.get("title"), each.get("name")])
        if isinstance(each, dict)
        else plain(each)
    )


def _publisher(record: dict[str, Any], organization: Any, extras: dict[str, Any]) -> Any:
    house = [organization.get("title"), organization.get("name")] if isinstance(organization, dict) else organization
    return first(extras.get("publisher_name"), plain(house), plain(extras.get("publisher")), record.get("author"))


def _contact(record: dict[str, Any], extras: dict[str, Any]) -> list[Any]:
    name = first(extras.get("contact_name"), record.get("maintainer"), record.get("author"))
    return [name, first(extras.get("contact_email"), record.get("maintainer_email"), record.get("author_email"))]


def _box(extras: dict[str, Any]) -> list[Any] | None:
    names = ("bbox-west-long", "bbox-south-lat", "bbox-east-long", "bbox-north-lat")
    return [extras[name] for name in names] if all(extras.get(name) for name in names) else None


def _resource(each: dict[str, Any]) -> dict[str, Any]:
    return {
        "url": each.get("url"),
        "title": first(each.get("name"), each.get("description")),
        "format": each.get("format"),
        "media_type": first(each.get("mimetype"), each.get("mimetype_inner")),
        "bytes": first(each.get("size"), each.get("filesize")),
        "hash": each.get("hash"),
    }
