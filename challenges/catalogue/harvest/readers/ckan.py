"""CKAN, old and new: package_search, package_show, lists of packages with their resources, a bare package."""

import json
from collections.abc import Iterator
from typing import Any

from challenges.catalogue.harvest.opening import Opened, Outline, json_items, outline
from challenges.catalogue.harvest.readers.guarding import each
from challenges.catalogue.harvest.record import RejectedRecord, Stated, Unreadable
from challenges.catalogue.harvest.values import first, is_true, listed, plain

# package_search, old current_package_list_with_resources, its new form, package_show, and what was saved without frame.
PLACES = ("result.results.item", "result.item.item", "result.item", "result", "results.item", "item", "")
_TRANSLATED = {"title": "title_translated", "notes": "notes_translated"}
_FREQUENCY = ("frequency", "update_frequency", "accrual_periodicity", "accrualPeriodicity", "maj_freq", "frequence")
_SPATIAL_NAMES = ("spatial_text", "spatial_coverage", "territory", "geographic_coverage", "couverture_geographique")


def read(source: Opened) -> Iterator[Stated | RejectedRecord]:
    """Each package. Raises Unreadable for the portal's own error, and for a list of names alone."""
    found = outline(source.path)
    records = (record for record in json_items(source.path, _place(found)) if isinstance(record, dict))
    yield from each(records, _stated_or_not)


def _stated_or_not(record: dict[str, Any]) -> Stated | RejectedRecord:
    if record.get("type") == "harvest":
        return RejectedRecord(plain(record.get("name")), "not-a-dataset")
    return _stated(record)


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
        description=first(_in_languages(record, "notes"), record.get("description")),
        publisher=_publisher(record, organization, extras),
        publisher_website=first(extras.get("publisher_url"), _website(record.get("publisher"))),
        licence=[
            record.get("license_id"),
            record.get("license_title"),
            record.get("license_url"),
            record.get("license"),
        ],
        themes=[_label(group) for group in listed(record.get("groups"))] + listed(extras.get("theme")),
        keywords=[_label(tag) for tag in listed(record.get("tags"))] + _in_both(record.get("keywords")),
        coverage=[extras.get(name) for name in _SPATIAL_NAMES],
        bounds=[record.get("spatial"), extras.get("spatial"), _box(extras)],
        start=first(
            extras.get("temporal_start"), extras.get("temporal_coverage_from"), extras.get("temporal_coverage-from")
        ),
        end=first(extras.get("temporal_end"), extras.get("temporal_coverage_to"), extras.get("temporal_coverage-to")),
        period=first(extras.get("temporal_coverage"), extras.get("temporal")),
        frequency=next((extras[name] for name in _FREQUENCY if extras.get(name)), None),
        issued=first(*map(extras.get, ("issued", "date_released", "metadata_created", "created"))),
        modified=first(extras.get("modified"), record.get("metadata_modified"), record.get("revision_timestamp")),
        landing_page=first(record.get("url"), extras.get("landing_page"), extras.get("uri")),
        contact=_contact(record, extras),
        language=first(extras.get("language"), record.get("language")),
        is_public=not is_true(record.get("private")) and plain(record.get("state")).lower() in {"active", ""},
        resources=[_resource(file) for file in listed(record.get("resources")) if isinstance(file, dict)],
    )


def _extras(record: dict[str, Any]) -> dict[str, Any]:
    """Extras as a mapping, however they are written, over the fields that schemas put beside the standard ones."""
    extras = record.get("extras")
    pairs = extras if isinstance(extras, dict) else {}
    if isinstance(extras, list):
        pairs = {plain(extra.get("key")): _unquoted(extra.get("value")) for extra in extras if isinstance(extra, dict)}
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


def _label(said: Any) -> str:
    names = [said.get("display_name"), said.get("title"), said.get("name")] if isinstance(said, dict) else said
    return plain(names)


def _in_both(words: Any) -> list[Any]:
    """Keywords by language, as the fluent fields have them; a French one where there are French ones."""
    if isinstance(words, dict):
        return listed(first(words.get("fr"), words.get("en"), *words.values()))
    return listed(words)


def _website(publisher: Any) -> Any:
    return publisher.get("url") if isinstance(publisher, dict) else None


def _publisher(record: dict[str, Any], organization: Any, extras: dict[str, Any]) -> Any:
    house = [organization.get("title"), organization.get("name")] if isinstance(organization, dict) else organization
    return first(extras.get("publisher_name"), plain(house), plain(extras.get("publisher")), record.get("author"))


def _contact(record: dict[str, Any], extras: dict[str, Any]) -> list[Any]:
    name = first(extras.get("contact_name"), record.get("maintainer"), record.get("author"))
    return [name, first(extras.get("contact_email"), record.get("maintainer_email"), record.get("author_email"))]


def _box(extras: dict[str, Any]) -> list[Any] | None:
    names = ("bbox-west-long", "bbox-south-lat", "bbox-east-long", "bbox-north-lat")
    return [extras[name] for name in names] if all(extras.get(name) for name in names) else None


def _resource(file: dict[str, Any]) -> dict[str, Any]:
    return {
        "url": first(file.get("url"), file.get("download_url"), file.get("access_url")),
        "title": first(file.get("name_translated"), file.get("name"), file.get("title"), file.get("description")),
        "format": file.get("format"),
        "media_type": first(file.get("mimetype"), file.get("mimetype_inner"), file.get("media_type")),
        "bytes": first(file.get("size"), file.get("filesize"), file.get("byte_size")),
        "hash": file.get("hash"),
    }
