"""Who paid what as bands from sponsors through themes to prizes (a Sankey diagram). Pure: cents in, places out."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

NODE_WIDTH, SCALE_HEIGHT, LEAST, TOP = 14.0, 420.0, 2.0, 40.0


@dataclass(frozen=True)
class Layout:
    """How wide a diagram is and where its three columns stand: labels have the room on the right of each.

    Between two boxes there is room for as many lines as a label has; `letters` is how long one may be.
    """

    width: float
    columns: tuple[float, float, float]
    gap: float
    letters: int
    lines: int


WIDE = Layout(960.0, (0.0, 330.0, 650.0), 54.0, letters=36, lines=2)
# For phones: about as many units as a phone has pixels, so that letters keep their size.
NARROW = Layout(390.0, (0.0, 125.0, 250.0), 90.0, letters=15, lines=4)


@dataclass(frozen=True)
class Share:
    """Cents of a sponsor for a prize of a theme. Names are keys: two prizes of one title need two."""

    sponsor: Hashable
    theme: Hashable
    prize: Hashable
    cents: int


@dataclass(frozen=True)
class Node:
    """A box of a column; `name` is what the shares call it."""

    name: Hashable
    cents: int
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Band:
    """A flow between two boxes: an SVG path along its middle, and how thick it is."""

    source: Hashable
    target: Hashable
    cents: int
    path: str
    thickness: float


@dataclass(frozen=True)
class Diagram:
    """Boxes by column, and the bands between them."""

    columns: Sequence[Sequence[Node]]
    bands: Sequence[Band]
    height: float


def draw(shares: Sequence[Share], layout: Layout = WIDE) -> Diagram:
    """Lay the flows out; every box is as tall as what flows through it. The order of the shares is kept."""
    whole = sum(share.cents for share in shares)
    scale = SCALE_HEIGHT / whole if whole else 0.0
    names = [_sums(shares, part) for part in ("sponsor", "theme", "prize")]
    columns = [_column(sums, x, layout.gap, scale) for sums, x in zip(names, layout.columns, strict=True)]
    height = max((node.y + node.height for column in columns for node in column), default=TOP) + TOP
    bands = [*_bands(shares, ("sponsor", "theme"), columns[:2], scale)]
    bands += _bands(shares, ("theme", "prize"), columns[1:], scale)
    return Diagram(columns, bands, height)


def _sums(shares: Sequence[Share], part: str) -> Mapping[Hashable, int]:
    sums: dict[Hashable, int] = defaultdict(int)
    for share in shares:
        sums[getattr(share, part)] += share.cents
    return sums


def _column(sums: Mapping[Hashable, int], x: float, gap: float, scale: float) -> list[Node]:
    nodes, y = [], TOP
    for name, cents in sums.items():
        height = max(LEAST, cents * scale)
        nodes.append(Node(name, cents, x, round(y, 2), round(height, 2)))
        y += height + gap
    return nodes


def _bands(
    shares: Sequence[Share], parts: tuple[str, str], columns: Sequence[Sequence[Node]], scale: float
) -> list[Band]:
    flows: dict[tuple[Hashable, Hashable], int] = defaultdict(int)
    for share in shares:
        flows[getattr(share, parts[0]), getattr(share, parts[1])] += share.cents
    left, right = ({node.name: node for node in column} for column in columns)
    used_left, used_right = defaultdict[Hashable, float](float), defaultdict[Hashable, float](float)
    bands = []
    for (source, target), cents in flows.items():
        thickness = max(1.0, cents * scale)
        path = _path(left[source], right[target], used_left[source], used_right[target], thickness)
        bands.append(Band(source, target, cents, path, round(thickness, 2)))
        used_left[source] += cents * scale
        used_right[target] += cents * scale
    return bands


def _path(source: Node, target: Node, down_source: float, down_target: float, thickness: float) -> str:
    x1, x2 = source.x + NODE_WIDTH, target.x
    y1, y2 = source.y + down_source + thickness / 2, target.y + down_target + thickness / 2
    middle = (x1 + x2) / 2
    return f"M{x1:.1f},{y1:.1f} C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {x2:.1f},{y2:.1f}"
