"""A chart of somebody's own choices, computed from the whole file in the confined process."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from challenges.catalogue.charts.aggregate import aggregated, greatest
from challenges.catalogue.charts.choices import MEASURED, Choices, Fault, Kind, Order, choices_from
from challenges.catalogue.charts.series import BINS, MOST_POINTS, OTHER, Point, Series, five_numbers, plain, scatter
from challenges.catalogue.inspect.columns import as_text, survey
from challenges.catalogue.inspect.read import open_table
from challenges.catalogue.inspect.report import Row, Table
from challenges.catalogue.inspect.values import MISSING_MARKERS, READINGS, year_first

Columns = Sequence[Mapping[str, Any]]
Reader = Callable[[Row], Any]


def build(path: str, name: str, columns: Columns, asked: Mapping[str, Any]) -> Series:
    """The series of a chart, with `left_out`, the rows that lack what it draws; or `{"fault"}`, why there is none.

    `columns` are those of the file's inspection.
    """
    table = open_table(Path(path), name)
    if table is None:
        return {"fault": Fault.NO_VALUES}
    choices = choices_from({key: str(value) for key, value in asked.items()})
    rows = list(_points(table, _with_readings(table, columns), choices))
    points = [point for point in rows if _is_whole(point, choices)]
    if not points:
        return {"fault": Fault.NO_VALUES}
    names = {"x": choices.x, "y": choices.y if choices.measures else None, "colour": choices.colour or None}
    counts = {"total": len(points), "left_out": len(rows) - len(points)}
    return {**names, **DRAWERS[choices.kind](points, choices), **counts}


def _with_readings(table: Table, columns: Columns) -> Columns:
    """Inspections of old do not say how their numbers and dates are read."""
    if all("reading" in column for column in columns):
        return columns
    return [{"name": each.name, "type": each.type, "reading": each.reading} for each in survey(table).columns]


def _points(table: Table, columns: Columns, choices: Choices) -> Iterator[Point]:
    """The rows that the filter keeps."""
    y = choices.y if choices.measures else ""
    read_x, read_y, read_group = (_reader(table, columns, name) for name in (choices.x, y, choices.colour))
    read_where = _text_reader(table.names.index(choices.where)) if choices.where else None
    for row in table.rows():
        if read_where is None or (read_where(row) or "") == choices.equals:
            group = read_group(row)
            yield Point(read_x(row), read_y(row), None if group is None else str(group))


def _reader(table: Table, columns: Columns, name: str) -> Reader:
    """How to get a value out of a row: a number, a moment as ISO text, or the text; None where it is missing."""
    if not name:
        return lambda _row: None
    place = table.names.index(name)
    column, text_of = columns[place], _text_reader(place)
    if column["type"] not in MEASURED:
        return text_of
    read = READINGS[str(column["reading"])]

    def value_of(row: Row) -> Any:
        text = text_of(row)
        value = read(text) if text else None
        return _moment(value, column["type"]) if isinstance(value, datetime) else _number(value)

    return value_of


def _text_reader(place: int) -> Callable[[Row], str | None]:
    def text_of(row: Row) -> str | None:
        text = as_text(row[place]) if place < len(row) else None
        return None if not text or text in MISSING_MARKERS else text

    return text_of


def _moment(value: datetime, kind: str) -> str:
    return value.date().isoformat() if kind == "date" else value.replace(tzinfo=None).isoformat(timespec="seconds")


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _is_whole(point: Point, choices: Choices) -> bool:
    return point.x is not None and (point.y is not None or not choices.measures)


def _bars(points: Sequence[Point], choices: Choices) -> Series:
    """Bars along an axis for numbers and dates, in their order; one below the other for names."""
    is_ranked = not all(isinstance(point.x, int | float) or year_first(point.x) for point in points)
    order = choices.order if is_ranked else Order.NAME
    series = aggregated(points, choices.aggregate, top=choices.top, order=order)
    return {"kind": "ranked" if is_ranked else "bar", "aggregate": choices.aggregate, **series}


def _line(points: Sequence[Point], choices: Choices) -> Series:
    series = aggregated(points, choices.aggregate, top=None, order=choices.order)
    if series["shown"] > MOST_POINTS:
        return {"fault": Fault.TOO_MANY_PLACES}
    return {"kind": "line", "aggregate": choices.aggregate, **series, "groups_total": len(series["groups"])}


def _scattered(points: Sequence[Point], _choices: Choices) -> Series:
    return scatter(points)


def _histogram(points: Sequence[Point], _choices: Choices) -> Series:
    """Counts between equal steps; the steps of moments begin at a moment, and are as wide as so many milliseconds."""
    are_numbers = isinstance(points[0].x, int | float)
    values = [float(point.x) if are_numbers else _seconds(point.x) for point in points]
    low, high = min(values), max(values)
    width = (high - low) / BINS or 1
    counts = [0] * BINS
    for value in values:
        counts[min(int((value - low) / width), BINS - 1)] += 1
    edges = [low + width * place for place in range(BINS)]
    group = {"name": None, "x": [plain(edge) if are_numbers else _from_seconds(edge) for edge in edges], "y": counts}
    shown = {"kind": "histogram", "colour": None, "groups": [group], "shown": len(values)}
    return {**shown, "width": width if are_numbers else width * 1_000}


def _seconds(moment: str) -> float:
    read = year_first(moment)
    return read.timestamp() if read else 0.0


def _from_seconds(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat(timespec="seconds")


def _box(points: Sequence[Point], choices: Choices) -> Series:
    """Five numbers for each of the largest groups, and for all others together."""
    spread: dict[Any, list[float]] = defaultdict(list)
    for point in points:
        spread[point.x].append(point.y)
    kept = greatest({name: len(values) for name, values in spread.items()}, choices.top)
    others = [value for name, values in spread.items() if name not in kept for value in values]
    shown = [(str(name), spread[name]) for name in kept] + ([(OTHER, others)] if others else [])
    groups = [{"name": name, "x": [name], "y": _five(values)} for name, values in shown]
    return {"kind": "box", "colour": None, "groups": groups, "shown": len(kept), "groups_total": len(spread)}


def _five(values: Sequence[float]) -> list[float]:
    return five_numbers(values) if len(values) > 1 else [plain(values[0])] * 5


DRAWERS: Mapping[Kind, Callable[[Sequence[Point], Choices], Series]] = {
    Kind.BARS: _bars,
    Kind.LINE: _line,
    Kind.POINTS: _scattered,
    Kind.HISTOGRAM: _histogram,
    Kind.BOX: _box,
}
