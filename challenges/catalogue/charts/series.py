"""From a table and a suggested chart to the few numbers that draw it.

A suggestion is `{"type", "x", "y", "colour", "title"}`; the types are those of `CHART_TYPES`. Series are plain values:
`{"kind", "x", "y", "colour", "groups": [{"name", "x", "y"}], "shown", "total"}`, where a name of None means "no value".
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from challenges.catalogue.inspect.columns import as_text
from challenges.catalogue.inspect.report import Inspection, Position, Table
from challenges.catalogue.inspect.values import MISSING_MARKERS, with_comma, with_point

MOST_POINTS = 4_000
MOST_BARS = 15
MOST_GROUPS = 7
BINS = 20
OTHER = "…"
# The greatest value is this many times the middle one: then a logarithmic scale shows more.
SKEW = 40

Suggestion = Mapping[str, Any]
Series = dict[str, Any]


@dataclass(frozen=True)
class Point:
    """One row of the file, as far as a chart needs it."""

    x: Any
    y: Any
    group: str | None


class NotDrawable(Exception):
    """The suggestion does not fit the file; the message says why."""


def series_of(table: Table, inspection: Inspection, suggestion: Suggestion) -> Series:
    """The numbers of a suggested chart. Raises NotDrawable where the file has no such columns."""
    kind = suggestion.get("type")
    if kind == "map":
        return _outlines(table)
    draw = CHART_TYPES.get(str(kind))
    if draw is None:
        raise NotDrawable(f"There is no chart of type {kind!r}.")
    points = list(_points(table, inspection, suggestion))
    series = draw(points)
    names = {name: suggestion.get(name) for name in ("x", "y", "colour")}
    return {**names, **series, "total": len(points)}


def _points(table: Table, inspection: Inspection, suggestion: Suggestion) -> Iterator[Point]:
    x, y, group = (_reader(table, inspection, suggestion.get(role)) for role in ("x", "y", "colour"))
    for row in table.rows():
        yield Point(x(row), y(row), None if (name := group(row)) is None else str(name))


def _reader(table: Table, inspection: Inspection, name: str | None) -> Callable[[Sequence[Any]], Any]:
    """How to get a column's value out of a row: a number where the column holds numbers."""
    if name is None:
        return lambda _row: None
    if name not in table.names:
        raise NotDrawable(f"The file has no column {name!r}.")
    position = table.names.index(name)
    column = inspection.columns[position]
    if column.type not in {"integer", "number"}:
        return lambda row: _text(row, position)
    parse = with_comma if column.decimal == "," else with_point
    return lambda row: _number(_text(row, position), parse)


def _text(row: Sequence[Any], position: int) -> str | None:
    text = as_text(row[position]) if position < len(row) else None
    return text or None


def _number(text: str | None, parse: Callable[[str], float | None]) -> int | float | None:
    value = None if text is None or text in MISSING_MARKERS else parse(text)
    return int(value) if value is not None and value.is_integer() else value


def scatter(points: Sequence[Point]) -> Series:
    """Points by group, thinned where they are very many; a logarithmic scale where a plain one would show nothing."""
    known = [point for point in points if point.x is not None and point.y is not None]
    logarithmic = [axis for axis in ("x", "y") if _is_skewed([getattr(point, axis) for point in known])]
    known = [point for point in known if all(getattr(point, axis) > 0 for axis in logarithmic)]
    step = -(-len(known) // MOST_POINTS) or 1
    shown = known[::step]
    groups = grouped(shown, largest_groups(known))
    return {"kind": "scatter", "groups": groups, "shown": len(shown), "logarithmic": logarithmic}


def _is_skewed(values: Sequence[Any]) -> bool:
    """Whether a plain axis would press nearly all points into a corner."""
    if not values or not all(isinstance(value, int | float) and value >= 0 for value in values):
        return False
    positive = [value for value in values if value > 0]
    return bool(positive) and max(positive) > SKEW * median(positive)


def _line(points: Sequence[Point]) -> Series:
    known = [point for point in points if point.x is not None and point.y is not None]
    peaks: dict[str | None, Any] = {}
    for point in known:
        peaks[point.group] = max(point.y, peaks.get(point.group, point.y))
    highest = sorted(peaks, key=lambda name: (-peaks[name], str(name)))[:MOST_GROUPS]
    kept = sorted((point for point in known if point.group in highest), key=lambda point: point.x)
    groups = grouped(kept, highest)
    return {"kind": "line", "groups": groups, "shown": len(kept), "groups_total": len(peaks)}


def _bar(points: Sequence[Point]) -> Series:
    sums: dict[Any, float] = defaultdict(float)
    for point in points:
        if point.x is not None and isinstance(point.y, int | float):
            sums[point.x] += point.y
    if all(isinstance(x, int | float) for x in sums):
        xs = sorted(sums)
        return {"kind": "bar", "groups": [{"name": None, "x": xs, "y": [sums[x] for x in xs]}], "shown": len(xs)}
    return _ranked(sums)


def _bar_count(points: Sequence[Point]) -> Series:
    counts: dict[Any, float] = defaultdict(float)
    for point in points:
        if point.x is not None:
            counts[point.x] += 1
    return {**_ranked(counts), "y": None}


def _ranked(amounts: Mapping[Any, float]) -> Series:
    highest = sorted(amounts, key=lambda x: (-amounts[x], str(x)))[:MOST_BARS]
    group = {"name": None, "x": highest, "y": [plain(amounts[x]) for x in highest]}
    return {"kind": "ranked", "colour": None, "groups": [group], "shown": len(highest), "groups_total": len(amounts)}


def _histogram(points: Sequence[Point]) -> Series:
    values = [point.x for point in points if isinstance(point.x, int | float)]
    if not values:
        raise NotDrawable("The column holds no numbers.")
    low, high = min(values), max(values)
    width = (high - low) / BINS or 1
    counts = [0] * BINS
    for value in values:
        counts[min(int((value - low) / width), BINS - 1)] += 1
    edges = [round(low + width * index, 6) for index in range(BINS)]
    group = {"name": None, "x": edges, "y": counts}
    return {"kind": "histogram", "width": width, "groups": [group], "shown": len(values)}


def _box(points: Sequence[Point]) -> Series:
    spread: dict[str, list[float]] = defaultdict(list)
    for point in points:
        if point.x is not None and isinstance(point.y, int | float):
            spread[str(point.x)].append(point.y)
    names = sorted(name for name, values in spread.items() if len(values) > 1)[:MOST_BARS]
    groups = [{"name": name, "x": [name], "y": five_numbers(spread[name])} for name in names]
    return {"kind": "box", "colour": None, "groups": groups, "shown": sum(len(spread[name]) for name in names)}


def five_numbers(values: Sequence[float]) -> list[float]:
    """Least, lower quartile, median, upper quartile, greatest."""
    return [plain(value) for value in (min(values), *quantiles(values, n=4, method="inclusive"), max(values))]


def plain(value: float) -> float:
    """A number without digits that no chart shows."""
    return int(value) if float(value).is_integer() else round(value, 6)


def largest_groups(points: Iterable[Point]) -> list[str | None]:
    """The names of the groups with most points; None, for no name, always among them."""
    sizes: dict[str | None, int] = defaultdict(int)
    for point in points:
        sizes[point.group] += 1
    named = sorted((name for name in sizes if name is not None), key=lambda name: (-sizes[name], name))
    return ([None] if None in sizes else []) + list(named[:MOST_GROUPS])


def grouped(points: Iterable[Point], names: Sequence[str | None]) -> list[Series]:
    """Points by group; those of any other name under OTHER."""
    groups: dict[str | None, Series] = {name: {"name": name, "x": [], "y": []} for name in names}
    for point in points:
        name = point.group if point.group in groups else OTHER
        group = groups.setdefault(name, {"name": name, "x": [], "y": []})
        group["x"].append(point.x)
        group["y"].append(point.y)
    return [group for group in groups.values() if group["x"]]


def _outlines(table: Table) -> Series:
    if table.shapes is None:
        raise NotDrawable("Only GeoJSON can be drawn as a map.")
    xs: list[float | None] = []
    ys: list[float | None] = []
    total = 0
    for line in table.shapes():
        total += 1
        for part in within_globe(line):
            xs += [*(round(position[0], 3) for position in part), None]
            ys += [*(round(position[1], 3) for position in part), None]
    kind = "scatter" if table.geometry in {"Point", "MultiPoint"} else "outline"
    group = {"name": None, "x": xs, "y": ys}
    axes = {"x": "longitude", "y": "latitude", "colour": None}
    return {"kind": kind, **axes, "groups": [group], "shown": total, "total": total}


def within_globe(line: Sequence[Position]) -> Iterator[list[Position]]:
    """A line cut where it leaves the map at one side to come back at the other."""
    part: list[Position] = []
    for position in line:
        if part and abs(position[0] - part[-1][0]) > 180:
            yield part
            part = []
        part.append(position)
    yield part


CHART_TYPES: dict[str, Callable[[Sequence[Point]], Series]] = {
    "scatter": scatter,
    "line": _line,
    "bar": _bar,
    "bar-count": _bar_count,
    "histogram": _histogram,
    "box": _box,
}
