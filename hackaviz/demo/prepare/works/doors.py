"""Vega-Lite: a hundred ports as a hundred squares, by the gate that leads to them. The data is inside."""

import json
from typing import Any

from hackaviz.demo.prepare import render, tables
from hackaviz.demo.prepare.works.fifty_five_years import FONT, INK, QUIET

ACROSS = 10
DOORS = (  # key, name, colour
    ("", "aucune porte", "#7fa5b1"),
    ("bosporus", "le Bosphore", "#820657"),
    ("gibraltar", "Gibraltar", "#0074aa"),
    ("panama", "Gibraltar, puis Panama", "#d09a17"),
    ("suez", "Suez", "#b4552d"),
)


def draw() -> None:
    """Write works/derriere-une-porte/derriere-une-porte.vl.json."""
    path = render.target("derriere-une-porte/derriere-une-porte.vl.json")
    path.write_text(json.dumps(specification(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def door(passages: str) -> int:
    """Place of the gate in `DOORS`; what comes after Suez changes nothing."""
    keys = [key for key, _name, _colour in DOORS]
    return next(place for place in (4, 3, 2, 1, 0) if keys[place] in passages)


def rows() -> list[dict[str, Any]]:
    """One square a port, row by row, nearest first behind each gate."""
    ports = tables.read_csv("sea-distances-from-marseille.csv")
    ordered = sorted(ports, key=lambda row: (door(row["passages"]), int(row["sea_kilometres"])))
    return [
        {
            "colonne": place % ACROSS,
            "ligne": place // ACROSS,
            "port": row["port"],
            "pays": row["country_fr"],
            "porte": DOORS[door(row["passages"])][1],
            "km": int(row["sea_kilometres"]),
        }
        for place, row in enumerate(ordered)
    ]


def specification() -> dict[str, Any]:
    """Ten rows of ten squares, coloured by gate; the port and its distance under the pointer."""
    values = rows()
    square = {"type": "ordinal", "axis": None, "scale": {"paddingInner": 0.08}}
    told = [
        {"field": "port", "title": "Port"},
        {"field": "pays", "title": "Pays"},
        {"field": "porte", "title": "Porte"},
        {"field": "km", "title": "Par mer (km)", "format": ",d"},
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": title(values),
        "background": "#ffffff",
        "padding": 20,
        "width": 520,
        "height": 520,
        "data": {"values": values},
        "mark": {"type": "rect", "cornerRadius": 4},
        "encoding": {
            "x": {"field": "colonne", **square},
            "y": {"field": "ligne", **square},
            "color": colour(values),
            "tooltip": told,
        },
        "config": {
            "font": FONT,
            "locale": {"number": {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", ""]}},
            "view": {"stroke": None},
        },
    }


def colour(values: list[dict[str, Any]]) -> dict[str, Any]:
    """Each gate with its number of ports, in the order of the squares."""
    names = [name for _key, name, _colour in DOORS]
    counts = {name: sum(row["porte"] == name for row in values) for name in names}
    label = f"{json.dumps(counts, ensure_ascii=False)}[datum.label] + '  ' + datum.label"
    legend = {"title": None, "symbolType": "square", "symbolSize": 260, "labelFontSize": 14, "labelExpr": label}
    scale = {"domain": names, "range": [colour for _key, _name, colour in DOORS]}
    return {"field": "porte", "type": "nominal", "scale": scale, "legend": legend}


def title(values: list[dict[str, Any]]) -> dict[str, Any]:
    """The finding, counted, and the source."""
    behind = sum(row["porte"] not in {"aucune porte", "le Bosphore"} for row in values)
    return {
        "text": ["Gibraltar ou Suez :", f"{behind} grands ports sur {len(values)} sont derrière une porte"],
        "subtitle": [
            "Un carré, un port : ce qu’il faut franchir pour y aller de Marseille par mer.",
            "Données : searoute 1.6.0 (Apache-2.0). Réseau simplifié, pour comparer.",
        ],
        "anchor": "start",
        "fontSize": 22,
        "fontWeight": 650,
        "color": INK,
        "subtitleColor": QUIET,
        "subtitleFontSize": 13.5,
        "subtitlePadding": 8,
        "offset": 20,
    }
