"""Small help to draw maps as SVG text: a projection, elements, numbers as French people write them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import radians

from hackaviz.demo.prepare import tables

Point = tuple[float, float]


@dataclass(frozen=True)
class WorldMap:
    """Natural Earth projection around a middle longitude, scaled to pixels."""

    scale: float
    left: float
    top: float
    middle: float = 10.0

    def place(self, longitude: float, latitude: float) -> Point:
        """Pixels of a point of the globe."""
        turn = radians((longitude - self.middle + 540) % 360 - 180)
        north = radians(latitude)
        square = north * north
        x = turn * (0.8707 - 0.131979 * square - 0.013791 * square**2 + 0.003971 * square**5 - 0.001529 * square**6)
        y = north * (1.007226 + 0.015085 * square - 0.044475 * square**3 + 0.028874 * square**4 - 0.005916 * square**5)
        return round(self.left + self.scale * x, 1), round(self.top - self.scale * y, 1)

    def crosses_seam(self, start: Point, end: Point) -> bool:
        """Whether a short line would run across the whole map."""
        turns = [(point[0] - self.middle + 540) % 360 - 180 for point in (start, end)]
        return abs(turns[0] - turns[1]) > 180


def read_rings() -> list[list[Point]]:
    """Outer and inner rings of the land file, longitude and latitude."""
    collection = json.loads((tables.FILES / "world-land-110m.geojson").read_text(encoding="utf-8"))
    return [
        [(point[0], point[1]) for point in ring]
        for feature in collection["features"]
        for ring in feature["geometry"]["coordinates"]
    ]


def land(world: WorldMap, **attributes: object) -> str:
    """The land without Antarctica, as one path; rings that cross the seam of the map are cut there."""
    parts = []
    for ring in read_rings():
        if max(point[1] for point in ring) < -60:
            continue
        pieces: list[list[Point]] = [[ring[0]]]
        for start, end in pairwise(ring):
            if world.crosses_seam(start, end):
                pieces.append([])
            pieces[-1].append(end)
        parts += [
            "M" + "L".join(f"{x} {y}" for x, y in (world.place(*point) for point in piece)) + "Z"
            for piece in pieces
            if len(piece) > 2
        ]
    return element("path", d="".join(parts), **attributes)


def element(name: str, content: object = "", **attributes: object) -> str:
    """One SVG element; underscores in names become hyphens, a trailing one is dropped."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def line(start: Point, end: Point, **attributes: object) -> str:
    """A straight line."""
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **attributes)


def text(x: float, y: float, words: str, **attributes: object) -> str:
    """A line of text; words may hold tspan elements."""
    return element("text", words, x=round(x, 1), y=round(y, 1), **attributes)


def group(parts: Iterable[str], **attributes: object) -> str:
    """A group of elements with common attributes."""
    return element("g", "".join(parts), **attributes)


def number(value: float) -> str:
    """A whole number with narrow spaces between thousands."""
    return f"{round(value):,}".replace(",", "\u202f")


def decimal(value: float, digits: int = 1) -> str:
    """A number with a decimal comma."""
    return f"{value:.{digits}f}".replace(".", ",")
