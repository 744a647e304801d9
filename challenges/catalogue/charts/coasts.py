"""The land around a map's data, from the coasts that plotly.js comes with: no other host is asked for tiles.

The release of plotly.js is vendored, see `static/vendor/manifest.json`; it draws its coasts after Natural Earth.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

Ring = list[tuple[float, float]]
Box = tuple[float, float, float, float]

COASTS = Path(__file__).resolve().parents[3] / "hackaviz" / "static" / "vendor" / "plotly-topojson.zip"
# Degrees across: a wider map has the coarse coast; on a narrower one even the fine coast would lie beside the truth.
WIDE, NARROW = 60.0, 1.0


def land_in(box: Box) -> list[Ring]:
    """The land inside a box of degrees (west, south, east, north) as rings; none where the box is small."""
    across = box[2] - box[0]
    if across < NARROW:
        return []
    rings = _rings("world_110m.json" if across > WIDE else "world_50m.json", box)
    return [clipped for ring in rings if len(clipped := clip(ring, box)) > 2]


def _rings(name: str, box: Box) -> Iterator[Ring]:
    with zipfile.ZipFile(COASTS) as archive:
        topology = json.loads(archive.read(name))
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for arcs in polygon:
                ring = _unbroken([position for arc in arcs for position in _arc(topology, arc)])
                yield from (turned for turned in _around(ring) if _touches(turned, box))


def _arc(topology: dict[str, Any], number: int) -> Iterable[tuple[float, float]]:
    """An arc of TopoJSON: steps from one position to the next, backwards where its number is negative."""
    arc = topology["arcs"][number if number >= 0 else ~number]
    (x_scale, y_scale), (x_start, y_start) = topology["transform"]["scale"], topology["transform"]["translate"]
    steps = zip(accumulate(step[0] for step in arc), accumulate(step[1] for step in arc), strict=True)
    positions = [(x_start + x * x_scale, y_start + y * y_scale) for x, y in steps]
    return positions if number >= 0 else reversed(positions)


def _unbroken(ring: Ring) -> Ring:
    """A ring that leaves the map at one side goes on beyond it, instead of coming back at the other."""
    whole, turn = ring[:1], 0.0
    for (last, _), (x, y) in pairwise(ring):
        turn += 360 if x - last < -180 else -360 if x - last > 180 else 0
        whole.append((x + turn, y))
    return whole


def _around(ring: Ring) -> Iterator[Ring]:
    """A ring, and itself on the other side of the globe where it goes beyond."""
    yield ring
    for turn, goes_beyond in ((-360, max(x for x, _ in ring) > 180), (360, min(x for x, _ in ring) < -180)):
        if goes_beyond:
            yield [(x + turn, y) for x, y in ring]


def _touches(ring: Ring, box: Box) -> bool:
    west, south, east, north = box
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(xs) >= west and min(xs) <= east and max(ys) >= south and min(ys) <= north


def clip(ring: Ring, box: Box) -> Ring:
    """The part of a ring inside a box, closed along the box's sides (Sutherland and Hodgman, 1974)."""
    for axis, limit, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        ring = list(_beyond(ring, axis, limit, sign))
    return ring


def _beyond(ring: Ring, axis: int, limit: float, sign: int) -> Iterator[tuple[float, float]]:
    """The ring on one side of a line; it begins with the last position, since it is closed."""
    for last, here in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
        was_in, is_in = sign * (last[axis] - limit) >= 0, sign * (here[axis] - limit) >= 0
        if was_in != is_in:
            share = (limit - last[axis]) / (here[axis] - last[axis])
            yield last[0] + share * (here[0] - last[0]), last[1] + share * (here[1] - last[1])
        if is_in:
            yield here
