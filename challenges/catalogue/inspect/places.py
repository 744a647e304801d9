"""Whether positions are what GeoJSON promises: degrees, longitude first."""

import math
from collections.abc import Iterable, Iterator
from itertools import islice

from challenges.catalogue.inspect.report import Finding, Position

# Longitudes and latitudes of Metropolitan France and its neighbours; the other way round, points lie off Somalia.
FRANCE_EAST, FRANCE_NORTH = (-6.0, 11.0), (40.0, 52.0)
MOST_POSITIONS = 100_000


def doubts_about(lines: Iterable[Iterable[Position]]) -> Iterator[Finding]:
    """What is odd about positions: metres instead of degrees, latitude first."""
    east, north = _ranges(lines)
    if not east:
        return
    if max(map(abs, [*east, *north])) > 180:
        yield Finding("projected", "The positions are no degrees: the file is in a projection. Convert it to WGS 84.")
    elif max(map(abs, north)) > 90 or (_within(east, FRANCE_NORTH) and _within(north, FRANCE_EAST)):
        yield Finding("swapped-axes", "The positions seem to have latitude first; GeoJSON has longitude first.")


def _ranges(lines: Iterable[Iterable[Position]]) -> tuple[list[float], list[float]]:
    """The least and the greatest of both axes; empty without positions."""
    positions = islice((position for line in lines for position in line), MOST_POSITIONS)
    west = south = math.inf
    east = north = -math.inf
    for x, y, *_height in positions:
        west, east, south, north = min(west, x), max(east, x), min(south, y), max(north, y)
    return ([west, east], [south, north]) if west <= east else ([], [])


def _within(found: list[float], bounds: tuple[float, float]) -> bool:
    return bounds[0] <= found[0] and found[1] <= bounds[1]
