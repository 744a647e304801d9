"""Socrata: the answer of a portal's catalogue, `/api/catalog/v1?domains=…`."""

from collections.abc import Iterator
from typing import Any

from challenges.catalogue.harvest.opening import Opened, json_items
from challenges.catalogue.harvest.readers.guarding import each
from challenges.catalogue.harvest.record import RejectedRecord, Stated
from challenges.catalogue.harvest.values import first, line, listed, plain

# Charts, stories and filtered views show the data of others.
DATA = frozenset({"dataset", "map", "geo_map", "file", "href", "federated_href"})
MAPS = frozenset({"map", "geo_map"})


def read(source: Opened) -> Iterator[Stated | RejectedRecord]:
    """Each dataset; what only shows another is left out."""
    yield from each(json_items(source.path, "results.item"), _stated)


def _stated(record: dict[str, Any]) -> Stated | RejectedRecord:
    facts, classed, said = record["resource"], record.get("classification") or {}, record.get("metadata") or {}
    number, page = plain(facts.get("id")), first(record.get("permalink"), record.get("link"))
    if plain(facts.get("type")) not in DATA | {""}:
        return RejectedRecord(line(first(number, facts.get("name")), 300), "not-a-dataset")
    return Stated(
        identifier=first(number, page),
        title=facts.get("name"),
        description=facts.get("description"),
        publisher=first(facts.get("attribution"), said.get("domain")),
        publisher_website=facts.get("attribution_link"),
        licence=said.get("license"),
        themes=[classed.get("domain_category"), *listed(classed.get("categories"))],
        keywords=[*listed(classed.get("domain_tags")), *listed(classed.get("tags"))],
        issued=first(facts.get("publication_date"), facts.get("createdAt")),
        modified=first(facts.get("data_updated_at"), facts.get("updatedAt")),
        landing_page=page,
        contact=facts.get("contact_email"),
        resources=_resources(plain(facts.get("type")), plain(said.get("domain")), number),
    )


def _resources(kind: str, domain: str, number: str) -> list[dict[str, Any]]:
    """The portal states no files: it answers each table in formats of the reader's choice, at addresses of one form."""
    if not domain or not number:
        return []
    portal = f"https://{domain}"
    if kind in MAPS:
        return [{"url": f"{portal}/api/geospatial/{number}?method=export&format=GeoJSON", "format": "geojson"}]
    if kind == "dataset":
        return [{"url": f"{portal}/api/views/{number}/rows.csv?accessType=DOWNLOAD", "format": "csv"}]
    return [{"url": f"{portal}/download/{number}"}] if kind == "file" else []
