"""Vega-Lite: income and length of life around the Mediterranean, year by year, with a slider. The data is inside."""

import json
from typing import Any

from hackaviz.demo.prepare import render, tables
from hackaviz.demo.prepare.works.shores_linked import AFRICA_AND_ASIA

FONT = "Encode Sans, Segoe UI, Helvetica Neue, Arial, sans-serif"
INK, QUIET, LINE, NORTH, SOUTH = "#132a35", "#5b6f78", "#d9e2e5", "#1d6f8f", "#b4552d"
# A number in French: 12 500,5.
FRENCH = {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0$"]}
FIRST, SHOWN, LAST = 1952, 1977, 2007
NAMED = ("Maroc", "Égypte", "Turquie", "Syrie", "Libye", "Albanie", "Grèce", "France")
RICH, POOR = "rive nord", "rives sud et est"


def draw() -> None:
    """Write works/cinquante-cinq-ans/cinquante-cinq-ans.vl.json."""
    path = render.target("cinquante-cinq-ans/cinquante-cinq-ans.vl.json")
    path.write_text(json.dumps(specification(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def rows() -> list[dict[str, Any]]:
    """One row a country and year."""
    names = {row["iso2"]: row["name_fr"] for row in tables.read_csv("countries.csv")}
    return [
        {
            "pays": names[row["iso2"]],
            "rive": POOR if row["iso2"] in AFRICA_AND_ASIA else RICH,
            "an": int(row["year"]),
            "vie": float(row["life_expectancy"]),
            "revenu": int(row["income_per_person"]),
            "population": int(row["population"]),
        }
        for row in tables.read_csv("gapminder-mediterranean.csv")
    ]


def specification() -> dict[str, Any]:
    """Trails of all countries, faint; discs of the chosen year; the names of the largest."""
    values = rows()
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": title(values),
        "background": "#ffffff",
        "padding": 20,
        "width": 900,
        "height": 500,
        "data": {"values": values},
        "params": [
            {
                "name": "annee",
                "value": SHOWN,
                "bind": {"input": "range", "min": FIRST, "max": LAST, "step": 5, "name": "Année  "},
            },
            {
                "name": "choisi",
                "select": {"type": "point", "fields": ["pays"], "on": "pointerover"},
                "views": ["discs"],
            },
        ],
        "layer": [year_behind(), trails(), discs(), names()],
        "config": {
            "font": FONT,
            "locale": {"number": FRENCH},
            "view": {"stroke": None},
            "axis": {"labelColor": QUIET, "titleColor": QUIET, "gridColor": LINE, "domain": False, "ticks": False}
            | {"labelFontSize": 12.5, "titleFontSize": 12.5, "titleFontWeight": 500, "labelPadding": 6},
        },
    }


def across() -> dict[str, Any]:
    """Income, so that each doubling is one step, and length of life."""
    steps = [500, 1000, 2000, 5000, 10000, 20000, 30000]
    return {
        "x": {
            "field": "revenu",
            "type": "quantitative",
            "scale": {"type": "log", "domain": [650, 36000], "nice": False},
            "axis": {
                "values": steps,
                "format": ",d",
                "title": "PIB par personne, dollars constants (échelle logarithmique)",
            },
        },
        "y": {
            "field": "vie",
            "type": "quantitative",
            "scale": {"domain": [40, 83], "nice": False},
            "axis": {"title": "espérance de vie à la naissance, années", "tickCount": 8, "titleAnchor": "end"},
        },
    }


def shore() -> dict[str, Any]:
    """Two shores, two colours, named in the key."""
    scale = {"domain": [RICH, POOR], "range": [NORTH, SOUTH]}
    legend = {"title": None, "orient": "top-left", "labelFontSize": 13, "symbolSize": 160, "offset": 4}
    return {"field": "rive", "type": "nominal", "scale": scale, "legend": legend}


def year_behind() -> dict[str, Any]:
    """The chosen year, large and pale, behind everything."""
    return {
        "data": {"values": [{}]},
        "transform": [{"calculate": "annee", "as": "an"}],
        "mark": {
            "type": "text",
            "x": 880,
            "y": 440,
            "align": "right",
            "fontSize": 150,
            "fontWeight": 700,
            "color": "#eef3f5",
        },
        "encoding": {"text": {"field": "an", "type": "quantitative", "format": "d"}},
    }


def trails() -> dict[str, Any]:
    """The way of each country up to the chosen year; the one under the pointer stands out."""
    is_chosen = {"param": "choisi", "empty": False}
    return {
        "transform": [{"filter": "datum.an <= annee"}],
        "mark": {"type": "line", "interpolate": "monotone", "strokeWidth": 1.6},
        "encoding": across()
        | {
            "order": {"field": "an"},
            "detail": {"field": "pays"},
            "color": shore(),
            "opacity": {"condition": is_chosen | {"value": 1}, "value": 0.28},
        },
    }


def discs() -> dict[str, Any]:
    """A disc a country in the chosen year, its area by population."""
    told = [
        {"field": "pays", "title": "Pays"},
        {"field": "an", "title": "Année", "format": "d"},
        {"field": "vie", "title": "Espérance de vie", "format": ".1f"},
        {"field": "revenu", "title": "PIB par personne ($)", "format": ",d"},
        {"field": "population", "title": "Population", "format": ",d"},
    ]
    return {
        "name": "discs",
        "transform": [{"filter": "datum.an === annee"}],
        "mark": {"type": "circle", "stroke": "#ffffff", "strokeWidth": 1.4, "opacity": 0.82},
        "encoding": across()
        | {
            "size": {"field": "population", "type": "quantitative", "scale": {"range": [30, 2600]}, "legend": None},
            "color": shore(),
            "tooltip": told,
        },
    }


def names() -> dict[str, Any]:
    """The names of a few countries, and of the one under the pointer."""
    is_pointed = "length(data('choisi_store')) && vlSelectionTest('choisi_store', datum)"
    is_named = (
        f"datum.an === annee && (indexof({json.dumps(NAMED, ensure_ascii=False)}, datum.pays) >= 0 || ({is_pointed}))"
    )
    return {
        "transform": [{"filter": is_named}],
        "mark": {"type": "text", "align": "left", "dx": 14, "dy": -12, "fontSize": 13, "fontWeight": 600, "color": INK},
        "encoding": across() | {"text": {"field": "pays"}},
    }


def title(values: list[dict[str, Any]]) -> dict[str, Any]:
    """The finding, computed, and the source."""

    def gap(year: int) -> float:
        means = []
        for side in (RICH, POOR):
            lives = [row["vie"] for row in values if row["an"] == year and row["rive"] == side]
            means.append(sum(lives) / len(lives))
        return means[0] - means[1]

    before, after = (f"{gap(year):.1f}".replace(".", ",") for year in (FIRST, LAST))
    return {
        "text": f"D’une rive à l’autre, {before} ans d’écart de vie en {FIRST}, {after} en {LAST}",
        "subtitle": [
            "Moyenne simple des pays de chaque rive. Un disque, un pays, selon sa population ; sa trace vient de 1952. Faites glisser l’année, survolez un pays.",
            "Données : Gapminder (CC BY 4.0), par le paquet plotly 7.1.0.",
        ],
        "anchor": "start",
        "fontSize": 24,
        "fontWeight": 650,
        "color": INK,
        "subtitleColor": QUIET,
        "subtitleFontSize": 13.5,
        "subtitlePadding": 8,
        "offset": 20,
    }
