"""Where data is about: names of places, and the box around them in degrees."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from challenges.catalogue.harvest.values import language_code, line, listed, plain

LONGEST_NAME = 200
Box = tuple[float, ...]
_NUMBER = r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_FOUR = re.compile(rf"^\s*({_NUMBER})\s*[, ]\s*({_NUMBER})\s*[, ]\s*({_NUMBER})\s*[, ]\s*({_NUMBER})\s*$")
_WELL_KNOWN_TEXT = re.compile(r"^(?:<[^>]*>\s*)?(?:MULTI)?(?:POLYGON|POINT|LINESTRING)", re.IGNORECASE)
_PAIR = re.compile(rf"({_NUMBER})\s+({_NUMBER})")
_ENVELOPE = re.compile(
    rf"ENVELOPE\(\s*({_NUMBER})\s*,\s*({_NUMBER})\s*,\s*({_NUMBER})\s*,\s*({_NUMBER})\s*\)", re.IGNORECASE
)


def place_names(value: Any) -> dict[str, str]:
    """Language → the names of places; the language is "" where the source does not say it."""
    is_spoken = isinstance(value, Mapping) and all(language_code(key) for key in value)
    found = {code: place_name(text) for code, text in (value.items() if is_spoken else [("", value)])}
    return {code: names for code, names in found.items() if names}


def place_name(value: Any) -> str:
    """The names of places in one line; coordinates and addresses of vocabularies are no names."""
    names = []
    for each in listed(value):
        text = line(each, LONGEST_NAME)
        if text and not _is_geometry(text) and not re.match(r"\w+://|urn:", text):
            names.append(text)
    return line(", ".join(dict.fromkeys(names)), LONGEST_NAME)


def _is_geometry(text: str) -> bool:
    return bool(
        text.startswith(("{", "[")) or _FOUR.match(text) or _WELL_KNOWN_TEXT.match(text) or _ENVELOPE.match(text)
    )


def bounds(value: Any) -> Box | None:
    """West, south, east, north of a box: "w,s,e,n", GeoJSON, well-known text, or four numbers; else None."""
    for each in listed(value) if not _is_four(value) else [value]:
        try:
            found = _box(each)
        except (ValueError, TypeError, RecursionError):
            continue
        if found:
            return found
    return None


def _is_four(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) == 4
        and all(isinstance(each, int | float | str) for each in value)
    )


def _box(value: Any) -> Box | None:
    if isinstance(value, Mapping) and "@value" in value:
        value = value["@value"]
    if _is_four(value):
        return _checked([float(str(each).replace(",", ".")) for each in value])
    if isinstance(value, Mapping):
        feature = value.get("geometry")
        shape = feature if isinstance(feature, Mapping) else value
        return _around(list(_points(shape.get("coordinates") or shape.get("geom") or [])))
    text = plain(value)
    if match := _FOUR.match(text):
        return _checked([float(each) for each in match.groups()])
    if match := _ENVELOPE.match(text):
        west, east, north, south = (float(each) for each in match.groups())
        return _checked([west, south, east, north])
    if _WELL_KNOWN_TEXT.match(text):
        return _around([(float(x), float(y)) for x, y in _PAIR.findall(text)])
    return _box(json.loads(text)) if text.startswith(("{", "[")) else None


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates, list) and len(coordinates) >= 2 and isinstance(coordinates[0], int | float):
        yield float(coordinates[0]), float(coordinates[1])
    elif isinstance(coordinates, list):
        for each in coordinates:
            yield from _points(each)


def _around(points: list[tuple[float, float]]) -> Box | None:
    if not points:
        return None
    across, up = zip(*points, strict=True)
    return _checked([min(across), min(up), max(across), max(up)])


def _checked(box: list[float]) -> Box | None:
    west, south, east, north = (round(each, 6) for each in box)
    is_on_earth = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return (west, south, east, north) if is_on_earth else None
