"""Whether positions are what GeoJSON promises: degrees, longitude first."""

from collections.abc import Iterable, Iterator

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
    east: list[float] = []
    north: list[float] = []
    for number, (x, y, *_height) in enumerate(position for line in lines for position in line):
        if number >= MOST_POSITIONS:
            break
        east = [min([*east, x]), max([*east, x])]
        north = [min([*north, y]), max([*north, y])]
    return east, north


def _within(found: list[float], bounds: tuple[float, float]) -> bool:
    return bounds[0] <= found[0] and found[1] <= bounds[1]
