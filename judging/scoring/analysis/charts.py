"""The charts of a jury as Plotly JSON. The page's script adds colours, fonts and dark mode.

Plotly reads tags and entities in labels, so that every name is escaped.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from markupsafe import escape

from hackaviz.web.language import current_language
from judging.scoring.analysis.reading import Reading
from judging.scoring.method.rules import Method
from judging.scoring.method.wording import METHOD_NAMES

Spec = dict[str, Any]
ROW, AROUND, LEAST = 26, 110, 240


def height(rows: int) -> int:
    """Pixels for a chart with one row for each of so many things."""
    return max(LEAST, AROUND + ROW * rows)


def label(text: Any) -> str:
    """A name as Plotly shows it, letter by letter."""
    return str(escape(str(text)))


def severity(reading: Reading) -> Spec:
    """A box for each juror: where their scores lie; the harshest on top."""
    jurors = sorted(reading.analysis.jurors, key=lambda each: each.severity or 0) if reading.analysis else []
    names = [label(f"{reading.name(each.juror)} ({signed(each.severity)})") for each in jurors]
    ends = ("lowerfence", "q1", "median", "q3", "upperfence")
    box = {name: [each.quartiles[number] for each in jurors] for number, name in enumerate(ends)}
    trace = {"type": "box", "orientation": "h", "y": names, "hoverinfo": "x+y", "showlegend": False, **box}
    return _rows([trace], _("Score"))


def adjusted(reading: Reading, codes: Sequence[str]) -> Spec:
    """Raw mean and score of each entry, joined by a line; the best on top."""
    figures = [reading.figures[code] for code in reversed(codes) if code in reading.figures]
    names = [label(row.entry) for row in figures]
    joined_x = [value for row in figures for value in (row.raw, row.score, None)]
    joined_y = [name for entry in names for name in (entry, entry, None)]
    line = {"type": "scatter", "mode": "lines", "x": joined_x, "y": joined_y, "hoverinfo": "skip", "showlegend": False}
    dots = {"type": "scatter", "mode": "markers", "y": names}
    raw = dots | {
        "name": _("Raw mean"),
        "x": [row.raw for row in figures],
        "marker": {"symbol": "circle-open", "size": 11},
    }
    score = dots | {
        "name": str(METHOD_NAMES[Method(reading.terms.method)]),
        "x": [row.score for row in figures],
        "marker": {"symbol": "circle", "size": 11},
    }
    return _rows([line | {"line": {"width": 2}}, raw, score], _("Mark"))


def rank_ranges(reading: Reading, codes: Sequence[str]) -> Spec:
    """The place of each entry on the range that holds nine places of ten; the best on top."""
    figures = [reading.figures[code] for code in reversed(codes) if code in reading.figures]
    known = [row for row in figures if row.low is not None and row.high is not None]
    place = [reading.places.get(row.entry) or row.low or 0 for row in known]
    spans = {
        "type": "data",
        "symmetric": False,
        "array": [(row.high or 0) - at for row, at in zip(known, place, strict=True)],
        "arrayminus": [at - (row.low or 0) for row, at in zip(known, place, strict=True)],
        "thickness": 6,
        "width": 0,
    }
    trace = {"type": "scatter", "mode": "markers", "x": place, "y": [label(row.entry) for row in known]}
    looks = {"error_x": spans, "marker": {"size": 13}, "showlegend": False}
    spec = _rows([trace | looks], _("Place"))
    last = max((row.high or 0 for row in known), default=1)
    spec["layout"]["xaxis"] |= {"range": [0.5, last + 0.5], "tick0": 1, "dtick": max(1, len(known) // 10)}
    return spec


def criteria(means: Mapping[str, list[float | None]], names: Sequence[str], codes: Sequence[str], best: int) -> Spec:
    """The mean mark of each entry on each criterion."""
    shown = [code for code in reversed(codes) if code in means]
    trace = _cells([means[code] for code in shown], names, shown, "%{z:.2f}") | {"zmin": 0, "zmax": best}
    return _matrix(trace)


def agreement(reading: Reading) -> Spec:
    """The correlation of each two jurors; empty where they have fewer than three entries in common."""
    names = [reading.name(juror) for juror in reading.reviews.jurors]
    rows = [[None if math.isnan(value) else round(value, 3) for value in row] for row in reading.agreement.tolist()]
    trace = _cells(rows, names, names, "%{z:.2f}") | {"zmin": -1, "zmax": 1, "zmid": 0}
    spec = _matrix(trace)
    spec["layout"]["yaxis"]["autorange"] = "reversed"
    return spec


def coverage(codes: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]], words: Mapping[str, str]) -> Spec:
    """Jurors by entries, a letter in each cell: to do, begun, finished; conflicts and what nobody asked uncoloured."""
    level = {"todo": 1, "begun": 2, "done": 3}
    shown = list(reversed(rows))
    levels = [[level.get(state) for state in states] for _juror, states in shown]
    trace = _cells(levels, codes, [juror for juror, _states in shown], "%{text}")
    letters = {state: word[0].upper() for state, word in words.items()} | {"todo": "–"}
    said = {
        "text": [[letters.get(state, "") for state in states] for _juror, states in shown],
        "customdata": [[words.get(state, "") for state in states] for _juror, states in shown],
        "hovertemplate": "%{y}, %{x}: %{customdata}<extra></extra>",
    }
    return _matrix(trace | said | {"zmin": 0, "zmax": 3})


def signed(value: float | None) -> str:
    """A difference with its sign: “+0.25”, “−0.10”."""
    if value is None:
        return "–"
    shown = f"{value:+.2f}".replace("-", "\u2212")
    return shown.replace(".", ",") if current_language() == "fr" else shown


def _rows(traces: list[Spec], title: str) -> Spec:
    axis = {"type": "category", "gridcolor": "rgba(0,0,0,0)", "zeroline": False}
    return {"data": traces, "layout": {"xaxis": {"title": {"text": title}, "showgrid": True}, "yaxis": axis}}


def _cells(rows: Sequence[Sequence[float | None]], across: Sequence[str], down: Sequence[str], shown: str) -> Spec:
    return {
        "type": "heatmap",
        "z": rows,
        "x": [label(name) for name in across],
        "y": [label(name) for name in down],
        "autocolorscale": True,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "texttemplate": shown,
        "hovertemplate": "%{y}, %{x}: %{z:.2f}<extra></extra>",
    }


def _matrix(trace: Spec) -> Spec:
    across = {"type": "category", "side": "top", "showline": False, "ticks": ""}
    return {
        "data": [trace],
        "layout": {"xaxis": across, "yaxis": {"type": "category", "zeroline": False, "showgrid": False}},
    }
