"""A chart as a Plotly file that stands by itself: its title, its look, and where its data comes from."""

from html import escape
from textwrap import wrap
from typing import Any

from challenges.catalogue.charts.figure import Words, figure_of

LINE_CHARACTERS = 100
# Pixels for the line that names the source, and for each further one.
SOURCE_SPACE, SOURCE_LINE = 96, 16
LOOK = {
    "layout": {
        "font": {"family": "Encode Sans, Segoe UI, Helvetica Neue, Arial, sans-serif", "size": 14, "color": "#0e2733"},
        "title": {"x": 0.02, "xanchor": "left", "font": {"size": 20}},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "colorway": ["#0074aa", "#d75c68", "#00461a", "#ad871c", "#820657", "#019e9a", "#3f0e9a", "#706201"],
        "xaxis": {"automargin": True, "showgrid": False, "zeroline": False, "linecolor": "#0e2733", "ticks": "outside"},
        "yaxis": {"automargin": True, "gridcolor": "#c7d4d9", "zerolinecolor": "#0e2733"},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "bargap": 0.28,
    }
}


def plotly_file(series: dict[str, Any], words: Words, *, title: str, source: str, language: str) -> dict[str, Any]:
    """`{"data", "layout"}` with the citation of the dataset below the chart and in `layout.meta`."""
    figure = figure_of(series, words)
    lines = [escape(line, quote=False) for line in wrap(source, LINE_CHARACTERS)]
    figure["layout"] |= {
        "template": LOOK,
        "title": {"text": escape(title, quote=False)},
        "separators": ",\u202f" if language == "fr" else ".,",
        "margin": {"l": 72, "r": 24, "t": 72, "b": SOURCE_SPACE + SOURCE_LINE * len(lines)},
        "annotations": [_below("<br>".join(lines))],
        "meta": {"citation": source},
    }
    return figure


def _below(text: str) -> dict[str, Any]:
    """Words under the axis, at the bottom of the page."""
    place = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "y": 0, "yanchor": "top", "yshift": -64}
    return {"text": text, "showarrow": False, "align": "left", "font": {"size": 12, "color": "#455d68"}, **place}
