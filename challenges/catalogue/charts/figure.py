"""From series to a Plotly figure and to its table twin. Colours and type are the page's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import cos, radians
from typing import Any

from challenges.catalogue.charts.places import are_coordinates
from challenges.catalogue.charts.series import OTHER, Series

MOST_TWIN_ROWS = 60
# From the fourth series on, hue alone is not enough.
DASHES = ("solid", "solid", "solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
HATCHES = ("", "", "", "/", "\\", "x", "-", "|")
SYMBOLS = ("circle", "circle", "circle", "square", "diamond", "cross", "triangle-up", "x")
# Parts of a whole; the rest stand beside each other.
STACKED = frozenset({"count", "sum"})


@dataclass(frozen=True)
class Words:
    """The few words of a chart, in the page's language."""

    count: str
    other: str
    no_value: str
    five_numbers: tuple[str, str, str, str, str]
    aggregates: Mapping[str, str] = field(default_factory=dict)

    def measure(self, series: Series) -> str:
        """What the values of a series are: a column, what was made of it, or a count."""
        if not series["y"]:
            return self.count
        aggregate = self.aggregates.get(series.get("aggregate", ""))
        return aggregate % {"column": series["y"]} if aggregate else str(series["y"])


@dataclass(frozen=True)
class Twin:
    """The chart's figures as a table: its columns, its first rows, and how many rows there are in all."""

    columns: list[tuple[str, str]]
    rows: list[list[Any]]
    total: int


def figure_of(series: Series, words: Words) -> dict[str, Any]:
    """`{"data", "layout"}` for Plotly."""
    data = _DRAWERS[series["kind"]](series, words)
    layout: dict[str, Any] = {"showlegend": len(data) > 1 and series["kind"] != "box"}
    layout["xaxis"], layout["yaxis"] = {"title": {"text": series["x"]}}, {"title": {"text": words.measure(series)}}
    for axis in series.get("logarithmic", ()):
        layout[f"{axis}axis"]["type"] = "log"
    if series["kind"] in {"ranked", "bar"} and len(data) > 1:
        layout["barmode"] = "stack" if series.get("aggregate") in STACKED else "group"
    if series["kind"] == "ranked":
        layout["xaxis"], layout["yaxis"] = layout["yaxis"], {"autorange": "reversed", "type": "category"}
    elif series["kind"] == "bar" and OTHER in series["groups"][0]["x"]:
        layout["xaxis"]["type"] = "category"
    elif is_map(series):
        layout["yaxis"] |= {"scaleanchor": "x", "scaleratio": _stretch(series), "constrain": "domain"}
        layout["xaxis"] |= {"constrain": "domain"}
    return {"data": data, "layout": layout}


def twin_of(series: Series, words: Words) -> Twin:
    """The table twin of the chart."""
    if series["kind"] == "box":
        columns = [(series["x"], ""), *((word, "num") for word in words.five_numbers)]
        rows = [[_name(group["name"], words), *group["y"]] for group in series["groups"]]
        return Twin(columns, rows[:MOST_TWIN_ROWS], len(rows))
    columns = [(str(series["x"]), ""), (words.measure(series), "num")]
    rows = [
        [words.other if x == OTHER else x, y, *_group_cell(series, group, words)]
        for group in series["groups"]
        for x, y in zip(group["x"], group["y"], strict=True)
        if x is not None and y is not None
    ]
    if series["colour"]:
        columns.append((series["colour"], ""))
    return Twin(columns, rows[:MOST_TWIN_ROWS], len(rows))


def is_map(series: Series) -> bool:
    """Whether its axes are degrees of longitude and latitude."""
    return series["kind"] in {"scatter", "outline"} and are_coordinates(str(series["x"]), str(series["y"]))


def _stretch(series: Series) -> float:
    """How much longer a degree of latitude is than one of longitude, in the middle of a map."""
    latitudes = [y for group in series["groups"] for y in group["y"] if isinstance(y, int | float)]
    middle = (min(latitudes) + max(latitudes)) / 2 if latitudes else 0
    return round(1 / max(0.1, cos(radians(middle))), 3)


def _group_cell(series: Series, group: Series, words: Words) -> list[str]:
    return [_name(group["name"], words)] if series["colour"] else []


def _name(name: str | None, words: Words) -> str:
    if name is None:
        return words.no_value
    return words.other if name == OTHER else name


def _scatter(series: Series, words: Words) -> list[dict[str, Any]]:
    small = sum(len(group["x"]) for group in series["groups"]) > 500
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": _name(group["name"], words),
            "x": group["x"],
            "y": group["y"],
            "marker": {"size": 4 if small else 8, "symbol": SYMBOLS[index % len(SYMBOLS)], "opacity": 0.75},
        }
        for index, group in enumerate(series["groups"])
    ]


def _line(series: Series, words: Words) -> list[dict[str, Any]]:
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": _name(group["name"], words),
            "x": group["x"],
            "y": group["y"],
            "line": {"width": 2.5, "dash": DASHES[index % len(DASHES)]},
        }
        for index, group in enumerate(series["groups"])
    ]


def _bars(series: Series, words: Words) -> list[dict[str, Any]]:
    return [
        {
            "type": "bar",
            "name": _name(group["name"], words) if series["colour"] else "",
            "x": _names(group["x"], words),
            "y": group["y"],
        }
        | _hatched(index)
        for index, group in enumerate(series["groups"])
    ]


def _ranked(series: Series, words: Words) -> list[dict[str, Any]]:
    return [bar | {"orientation": "h", "x": bar["y"], "y": bar["x"]} for bar in _bars(series, words)]


def _names(values: list[Any], words: Words) -> list[Any]:
    return [words.other if value == OTHER else value for value in values]


def _hatched(index: int) -> dict[str, Any]:
    return {"marker": {"pattern": {"shape": HATCHES[index % len(HATCHES)]}}} if index > 2 else {}


def _histogram(series: Series, _words: Words) -> list[dict[str, Any]]:
    group = series["groups"][0]
    return [{"type": "bar", "x": group["x"], "y": group["y"], "width": series["width"] * 0.94, "offset": 0}]


def _boxes(series: Series, words: Words) -> list[dict[str, Any]]:
    names = ("lowerfence", "q1", "median", "q3", "upperfence")
    return [
        {"type": "box", "name": _name(group["name"], words), "x": _names(group["x"], words)}
        | {name: [value] for name, value in zip(names, group["y"], strict=True)}
        for group in series["groups"]
    ]


def _outline(series: Series, _words: Words) -> list[dict[str, Any]]:
    group = series["groups"][0]
    look = {"mode": "lines", "hoverinfo": "skip", "line": {"width": 1.2}}
    return [{"type": "scatter", "x": group["x"], "y": group["y"], **look}]


_DRAWERS: dict[str, Callable[[Series, Words], list[dict[str, Any]]]] = {
    "scatter": _scatter,
    "line": _line,
    "bar": _bars,
    "ranked": _ranked,
    "histogram": _histogram,
    "box": _boxes,
    "outline": _outline,
}
