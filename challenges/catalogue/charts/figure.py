"""From series to a Plotly figure and to its table twin. Colours and type are the page's own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from challenges.catalogue.charts.series import OTHER, Series

MOST_TWIN_ROWS = 60
# From the fourth series on, hue alone is not enough.
DASHES = ("solid", "solid", "solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS = ("circle", "circle", "circle", "square", "diamond", "cross", "triangle-up", "x")
LONGITUDES = ("longitude", "lon", "lng", "from_longitude")


@dataclass(frozen=True)
class Words:
    """The few words of a chart, in the page's language."""

    count: str
    other: str
    no_value: str
    five_numbers: tuple[str, str, str, str, str]


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
    layout["xaxis"], layout["yaxis"] = {"title": {"text": series["x"]}}, {"title": {"text": series["y"] or words.count}}
    for axis in series.get("logarithmic", ()):
        layout[f"{axis}axis"]["type"] = "log"
    if series["kind"] == "ranked":
        layout["xaxis"], layout["yaxis"] = layout["yaxis"], {"autorange": "reversed", "type": "category"}
    elif _is_map(series):
        layout["yaxis"] |= {"scaleanchor": "x", "scaleratio": 1, "constrain": "domain"}
        layout["xaxis"] |= {"constrain": "domain"}
    return {"data": data, "layout": layout}


def twin_of(series: Series, words: Words) -> Twin:
    """The table twin of the chart."""
    if series["kind"] == "box":
        columns = [(series["x"], ""), *((word, "num") for word in words.five_numbers)]
        rows = [[group["name"], *group["y"]] for group in series["groups"]]
        return Twin(columns, rows[:MOST_TWIN_ROWS], len(rows))
    columns = [(str(series["x"]), ""), (str(series["y"] or words.count), "num")]
    rows = [
        [x, y, *_group_cell(series, group, words)]
        for group in series["groups"]
        for x, y in zip(group["x"], group["y"], strict=True)
        if x is not None
    ]
    if series["colour"]:
        columns.append((series["colour"], ""))
    return Twin(columns, rows[:MOST_TWIN_ROWS], len(rows))


def _is_map(series: Series) -> bool:
    return series["x"] in LONGITUDES and series["kind"] in {"scatter", "outline"}


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


def _bars(series: Series, _words: Words) -> list[dict[str, Any]]:
    group = series["groups"][0]
    return [{"type": "bar", "x": group["x"], "y": group["y"]}]


def _ranked(series: Series, _words: Words) -> list[dict[str, Any]]:
    group = series["groups"][0]
    return [{"type": "bar", "orientation": "h", "x": group["y"], "y": group["x"]}]


def _histogram(series: Series, _words: Words) -> list[dict[str, Any]]:
    group = series["groups"][0]
    return [{"type": "bar", "x": group["x"], "y": group["y"], "width": series["width"] * 0.94, "offset": 0}]


def _boxes(series: Series, _words: Words) -> list[dict[str, Any]]:
    names = ("lowerfence", "q1", "median", "q3", "upperfence")
    return [
        {"type": "box", "name": group["name"], "x": group["x"]}
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
