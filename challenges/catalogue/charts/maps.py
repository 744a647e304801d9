"""A map of a file's places, as plain numbers in the units of a drawing: it is computed once, and drawn at once.

The projection is equirectangular: degrees of longitude are as long as they are in the middle of the map. A map is
`{"width", "height", "view", "land", "points" | "lines", "is_filled", "doubt", "columns"}`: `view` is west, south, east,
north in degrees; lines are flat lists of x and y from the top left. `total` counts points, those at one place too.
`doubt` alone says why there is no map.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from challenges.catalogue.charts.coasts import Box, land_in
from challenges.catalogue.charts.places import Places, places_of
from challenges.catalogue.charts.series import within_globe
from challenges.catalogue.inspect.report import Column, Position, Table

WIDTH = 1_000
# What a page can carry; beyond it, positions are merged on a coarser grid, from WIDTH on.
MOST_POSITIONS = 8_000
COARSER = (2, 4, 8, 16)
# The land is beside the point: it may be coarser, without islands of a dot.
LAND_STEP, LEAST_ISLAND = 4, 6
# Room around the data, as a share of it, and at least so many degrees; how wide or tall a map may be.
MARGIN, LEAST_DEGREES = 0.06, 0.01
WIDEST, TALLEST = 2.2, 1.25

Map = dict[str, Any]


@dataclass(frozen=True)
class View:
    """What a map shows, in degrees, and how long a degree is."""

    west: float
    south: float
    east: float
    north: float

    @cached_property
    def shrink(self) -> float:
        """How much shorter a degree of longitude is than one of latitude, in the middle."""
        return max(0.1, math.cos(math.radians((self.south + self.north) / 2)))

    @cached_property
    def scale(self) -> float:
        """Units of the drawing for a degree of latitude."""
        return WIDTH / ((self.east - self.west) * self.shrink)

    @property
    def height(self) -> int:
        """Of the drawing whose width is WIDTH."""
        return round((self.north - self.south) * self.scale)

    def place(self, position: Sequence[float]) -> tuple[int, int]:
        """A position in the drawing."""
        x, y = (position[0] - self.west) * self.scale * self.shrink, (self.north - position[1]) * self.scale
        return round(x), round(y)


def map_of(table: Table, columns: Sequence[Column]) -> Map | None:
    """The map of a table; None where it holds no places, only a doubt where these are no degrees."""
    places = places_of(table, columns)
    if any(finding.code == "projected" for finding in table.findings):
        return {"doubt": "projected", "columns": None}
    if places is None:
        return None
    if places.doubt == "projected":
        return {"doubt": places.doubt, "columns": places.columns}
    bounds, is_points = (places.bounds, True) if places.bounds else _extent(places)
    if bounds is None:
        return {"doubt": places.doubt, "columns": places.columns} if places.doubt else None
    view = view_of(bounds)
    return {
        "width": WIDTH,
        "height": view.height,
        "view": [view.west, view.south, view.east, view.north],
        "land": _land(view),
        **(_points(places, view) if is_points else _lines(places, view)),
        "is_filled": places.is_filled,
        "doubt": places.doubt,
        "columns": places.columns,
    }


def coast_in_degrees(drawn: Map) -> dict[str, list[float | None]]:
    """The coasts of a map as x and y of one line with gaps, for a chart whose axes are degrees."""
    view = View(*drawn["view"])
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in drawn["land"]:
        places = list(zip(ring[::2], ring[1::2], strict=True))
        for last, (x, y) in pairwise([places[-1], *places]):
            # The land ends there, not its coast.
            if _is_at_side(last, view) and _is_at_side((x, y), view):
                xs.append(None)
                ys.append(None)
            xs.append(round(view.west + x / view.scale / view.shrink, 3))
            ys.append(round(view.north - y / view.scale, 3))
        xs.append(None)
        ys.append(None)
    return {"x": xs, "y": ys}


def _is_at_side(place: tuple[int, int], view: View) -> bool:
    return place[0] in {0, WIDTH} or place[1] in {0, view.height}


def view_of(bounds: Box) -> View:
    """The data with some room around it, neither a thin strip nor a tower."""
    west, south, east, north = bounds
    room = max(MARGIN * max(east - west, north - south), LEAST_DEGREES)
    view = View(max(west - room, -180), max(south - room, -90), min(east + room, 180), min(north + room, 90))
    across, tall = (view.east - view.west) * view.shrink, view.north - view.south
    wider, taller = max(0, tall * TALLEST - across) / view.shrink / 2, max(0, across / WIDEST - tall) / 2
    return View(view.west - wider, view.south - taller, view.east + wider, view.north + taller)


def _extent(places: Places) -> tuple[Box | None, bool]:
    """West, south, east, north of the positions on the globe, and whether all shapes are points."""
    west = south = math.inf
    east = north = -math.inf
    is_points = True
    for shape in places.shapes():
        is_points = is_points and len(shape) == 1
        for x, y, *_height in filter(_is_on_globe, shape):
            west, south, east, north = min(west, x), min(south, y), max(east, x), max(north, y)
    return (None if west > east else (west, south, east, north)), is_points


def _is_on_globe(position: Position) -> bool:
    return abs(position[0]) <= 180 and abs(position[1]) <= 90


def _land(view: View) -> list[list[int]]:
    rings = land_in((view.west, view.south, view.east, view.north))
    drawn = (_flat(_spaced(view.place(position) for position in ring)) for ring in rings)
    return [ring for ring in drawn if _reach(ring[::2]) + _reach(ring[1::2]) > LEAST_ISLAND]


def _spaced(positions: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Positions without those that lie beside the one before."""
    last = None
    for x, y in positions:
        if last is None or abs(x - last[0]) + abs(y - last[1]) >= LAND_STEP:
            yield x, y
            last = (x, y)


def _reach(numbers: Sequence[int]) -> int:
    return max(numbers) - min(numbers)


def _on_grid(place: tuple[int, int], grid: int) -> tuple[int, int]:
    return place[0] // grid * grid, place[1] // grid * grid


def _points(places: Places, view: View) -> Map:
    shown: set[tuple[int, int]] = set()
    total = 0
    for shape in places.shapes():
        if _is_on_globe(shape[0]):
            shown.add(view.place(shape[0]))
            total += 1
    for grid in COARSER:
        if len(shown) > MOST_POSITIONS:
            shown = {_on_grid(place, grid) for place in shown}
    return {"points": _flat(sorted(shown)), "total": total}


def _lines(places: Places, view: View) -> Map:
    lines = list(_placed(places, view))
    for grid in COARSER:
        if sum(map(len, lines)) > MOST_POSITIONS:
            lines = [list(_thinned(_on_grid(place, grid) for place in line)) for line in lines]
    return {"lines": [_flat(line) for line in lines]}


def _placed(places: Places, view: View) -> Iterator[list[tuple[int, int]]]:
    for shape in places.shapes():
        on_globe = [position for position in shape if _is_on_globe(position)]
        for part in within_globe(on_globe):
            if part:
                yield list(_thinned(view.place(position) for position in part))


def _thinned(positions: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Positions without those that fall on the one before."""
    last = None
    for position in positions:
        if position != last:
            yield position
        last = position


def _flat(positions: Iterable[tuple[int, int]]) -> list[int]:
    return [number for position in positions for number in position]
