"""Where the rows of a table are: its geometry, or its columns of longitude and latitude."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from challenges.catalogue.inspect.columns import as_text
from challenges.catalogue.inspect.places import doubts_about
from challenges.catalogue.inspect.report import Column, Position, Row, Table
from challenges.catalogue.inspect.values import READINGS
from hackaviz.kernel.identifiers import fold

Box = tuple[float, float, float, float]
Shapes = Callable[[], Iterator[list[Position]]]
NUMBERS = frozenset({"integer", "number"})
# Longitude as people name its column, latitude in the same spelling: "lon" and "lat", "Xlongitude" and "Ylatitude".
_LONGITUDE = re.compile(r"(?:^|[^a-z])(x?longitude|lon|lng|long)(?=$|[^a-z])")
_LATITUDE_OF = {"longitude": "latitude", "xlongitude": "ylatitude", "lon": "lat", "lng": "lat", "long": "lat"}


@dataclass(frozen=True)
class Places:
    """Shapes as lists of positions (longitude, latitude), one position each where they are points.

    `columns` names the two columns they come from; `doubt` is the code of a finding on their axes or projection;
    `bounds` is their west, south, east and north, where these are known beforehand.
    """

    shapes: Shapes
    is_filled: bool
    columns: tuple[str, str] | None
    doubt: str | None
    bounds: Box | None = None


def places_of(table: Table, columns: Sequence[Column]) -> Places | None:
    """The places in a table; None where it has none that we read."""
    if table.shapes is not None:
        is_filled = "polygon" in (table.geometry or "").lower()
        return Places(table.shapes, is_filled, None, _doubt(table.shapes))
    pair = coordinate_columns(columns)
    if pair is None:
        return None
    shapes, (east, north) = _shapes_of_rows(table, columns, pair), (columns[place] for place in pair)
    return Places(shapes, False, (east.name, north.name), _doubt(shapes), _bounds(east, north))


def _bounds(east: Column, north: Column) -> Box | None:
    """The extent of two columns by their ranges; None where they leave the globe, so that somebody must look closer."""
    ranges = [float(each) for each in (east.min, north.min, east.max, north.max) if isinstance(each, int | float)]
    if len(ranges) < 4 or max(map(abs, ranges[::2])) > 180 or max(map(abs, ranges[1::2])) > 90:
        return None
    return ranges[0], ranges[1], ranges[2], ranges[3]


def coordinate_columns(columns: Sequence[Column]) -> tuple[int, int] | None:
    """The positions of the first pair of columns that hold longitude and latitude as numbers."""
    named = {fold(column.name): place for place, column in enumerate(columns) if column.type in NUMBERS}
    for name, place in named.items():
        other = _latitude_of(name)
        if other in named:
            return place, named[other]
    return None


def are_coordinates(x: str, y: str) -> bool:
    """Whether two columns are a longitude and its latitude, by their names."""
    return _latitude_of(fold(x)) == fold(y)


def _latitude_of(longitude: str) -> str | None:
    match = _LONGITUDE.search(longitude)
    if match is None:
        return None
    return longitude[: match.start(1)] + _LATITUDE_OF[match[1]] + longitude[match.end(1) :]


def _doubt(shapes: Shapes) -> str | None:
    return next((finding.code for finding in doubts_about(shapes())), None)


def _shapes_of_rows(table: Table, columns: Sequence[Column], pair: tuple[int, int]) -> Shapes:
    east, north = pair

    def shapes() -> Iterator[list[Position]]:
        for row in table.rows():
            x, y = _number(row, east, columns), _number(row, north, columns)
            if x is not None and y is not None:
                yield [[x, y]]

    return shapes


def _number(row: Row, place: int, columns: Sequence[Column]) -> float | None:
    text = as_text(row[place]) if place < len(row) else None
    value = READINGS[str(columns[place].reading)](text) if text else None
    return float(value) if isinstance(value, int | float) else None
