"""What Plotly figures have in common: the look of the site’s charts, words beside points, the file."""

import json
from collections.abc import Mapping
from typing import Any

from hackaviz.demo.prepare import render

Figure = dict[str, Any]

FONT = {"family": "Encode Sans, Segoe UI, Helvetica Neue, Arial, sans-serif", "size": 14, "color": "#0e2733"}
HOVER = {"bgcolor": "#0e2733", "bordercolor": "#0e2733", "align": "left", "font": {"color": "#ffffff", "size": 14}}
AXIS = {
    "gridcolor": "#c7d4d9",
    "zeroline": False,
    "automargin": True,
    "linecolor": "#0e2733",
    "ticks": "outside",
    "ticklen": 5,
}


def write(slug: str, figure: Mapping[str, Any]) -> None:
    """One figure as JSON."""
    render.target(f"{slug}/{slug}.plotly.json").write_text(
        json.dumps(figure, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def layout(
    *,
    title: str,
    told: str,
    across: Mapping[str, Any],
    upward: Mapping[str, Any],
    notes: list[dict[str, Any]],
    source: str,
) -> dict[str, Any]:
    """Common layout: finding as title, measure below it, source under the chart."""
    return {
        "title": {
            "text": f"<b>{title}</b><br><span style='font-size:13px;color:#455d68'>{told}</span>",
            "x": 0,
            "xanchor": "left",
            "xref": "container",
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 14, "l": 12},
            "font": {"size": 19},
        },
        "font": FONT,
        "hoverlabel": HOVER,
        "hovermode": "closest",
        "separators": ", ",
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "margin": {"l": 8, "r": 24, "t": 176, "b": 128, "pad": 4},
        "legend": {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.01, "yanchor": "bottom"},
        "xaxis": {**AXIS, **across},
        "yaxis": {**AXIS, **upward},
        "annotations": [*notes, footer(source)],
        "dragmode": False,
    }


def footer(source: str) -> Figure:
    """The source, a fixed distance under the axis whatever the height."""
    return {
        "text": source,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 0,
        "yshift": -62,
        "xanchor": "left",
        "yanchor": "top",
        "showarrow": False,
        "font": {"size": 12, "color": "#455d68"},
        "align": "left",
    }


def note(x: float, y: float, words: str, right: int, up: int) -> dict[str, Any]:
    """A word beside a point."""
    return {
        "x": x,
        "y": y,
        "text": words,
        "ax": right,
        "ay": -up,
        "showarrow": True,
        "arrowwidth": 1,
        "arrowhead": 0,
        "arrowcolor": "#455d68",
        "font": {"size": 13},
    }


def cluster(x: float, y: float, words: str, colour: str) -> dict[str, Any]:
    """A word in the colour of its marks, in place of a legend."""
    return {
        "x": x,
        "y": y,
        "text": f"<b>{words}</b>",
        "showarrow": False,
        "xanchor": "left",
        "font": {"size": 14, "color": colour},
    }
