"""JSON records and GeoJSON features as tables."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from challenges.catalogue.inspect.encoding import encoding_of
from challenges.catalogue.inspect.places import doubts_about
from challenges.catalogue.inspect.report import Cell, Finding, Position, Row, Table
from challenges.catalogue.inspect.streams import Again, Record, streamed

# {"result": {"data": {"items": […]}}}: a list may lie so many objects deep.
WRAPPERS = 3
GEOMETRIES = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}
)


def open_json(path: Path) -> Table:
    """Records, or GeoJSON features. Raises ValueError or RecursionError on what is no JSON."""
    encoding = encoding_of(path)
    if large := streamed(path, encoding):
        each, are_features = large
        return _feature_table(each, encoding) if are_features else _table("json", each, encoding)
    document = _load(path.read_text(encoding=encoding))
    features = _features(document)
    if _is_topology(document):
        layers = ", ".join(map(str, document["objects"]))[:200]
        said = f"This is TopoJSON, with the layers {layers}. Convert it to GeoJSON to see its rows and its map."
        return _without_rows(Finding("topojson", said), encoding)
    if features is not None:
        return _feature_table(features, encoding)
    records = records_of(document)
    if records is None:
        return _without_rows(Finding("no-records", "The document is no list of records."), encoding)
    return _table("json", records, encoding)


def _is_topology(document: Any) -> bool:
    return (
        isinstance(document, dict) and document.get("type") == "Topology" and isinstance(document.get("objects"), dict)
    )


def _without_rows(finding: Finding, encoding: str) -> Table:
    return Table("json", [], lambda: iter(()), is_typed=True, encoding=encoding, findings=[finding])


def _load(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def records_of(document: Any) -> list[Record] | None:
    """The records of a document: a list of objects, an object of objects that are alike, or one that wraps a list."""
    if isinstance(document, list):
        return document if document and all(isinstance(item, dict) for item in document) else None
    if not isinstance(document, dict) or not document:
        return None
    members = list(document.values())
    are_objects = all(isinstance(member, dict) for member in members)
    if are_objects and len(members) > 1 and set.intersection(*map(set, members)):
        return members
    lists = list(_lists_of_records(members, WRAPPERS))
    if len(lists) == 1:
        return lists[0]
    return members if are_objects else None


def _lists_of_records(members: Iterable[Any], depth: int) -> Iterator[list[Record]]:
    """The lists of objects among some values, and inside those that wrap others."""
    for member in members:
        if isinstance(member, list) and (found := records_of(member)):
            yield found
        elif isinstance(member, dict) and depth:
            yield from _lists_of_records(member.values(), depth - 1)


def _table(kind: str, records: Iterable[Record], encoding: str, geometry: str | None = None) -> Table:
    names = list(dict.fromkeys(name for record in records for name in record))

    def rows() -> Iterator[Row]:
        for record in records:
            yield [_cell(record.get(name)) for name in names]

    return Table(kind, names, rows, is_typed=True, encoding=encoding, geometry=geometry)


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _features(document: Any) -> list[Record] | None:
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        return [feature for feature in document["features"] if isinstance(feature, dict)]
    if kind == "Feature":
        return [document]
    return [{"geometry": document}] if kind in GEOMETRIES else None


def _feature_table(features: Iterable[Record], encoding: str) -> Table:
    records = Again(lambda: ({**_properties(each), "geometry": each.get("geometry")} for each in features))
    kinds = {shape.get("type") for record in records if isinstance(shape := record["geometry"], dict)}
    geometry = str(kinds.pop()) if len(kinds) == 1 else "mixed" if kinds else "none"
    table = _table("geojson", records, encoding, geometry)
    table.shapes = lambda: (line for record in records for line in lines_of(record["geometry"]))
    table.findings = list(doubts_about(table.shapes()))
    return table


def lines_of(shape: Any) -> Iterator[list[Position]]:
    """Each ring, line or point of a shape, whatever its kind."""
    if not isinstance(shape, dict):
        return
    for part in shape.get("geometries") or []:
        yield from lines_of(part)
    yield from _lines_in(shape.get("coordinates"))


def _lines_in(coordinates: Any) -> Iterator[list[Position]]:
    if not isinstance(coordinates, list) or not coordinates:
        return
    if _is_position(coordinates):
        yield [coordinates]
    elif all(map(_is_position, coordinates)):
        yield coordinates
    else:
        for part in coordinates:
            yield from _lines_in(part)


def _is_position(value: Any) -> bool:
    return isinstance(value, list) and len(value) >= 2 and all(isinstance(number, int | float) for number in value)


def _properties(feature: Record) -> Record:
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        return {}
    # A property may bear the name under which the shape itself is listed.
    return {("geometry_property" if name == "geometry" else name): value for name, value in properties.items()}
