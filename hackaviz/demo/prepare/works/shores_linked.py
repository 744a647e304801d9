"""Vega: which countries the ports of the Mediterranean are linked to, as arcs. The data is inside."""

import json
from collections import Counter
from typing import Any

from hackaviz.demo.prepare import render, tables

WIDTH, HEIGHT, TOP = 1080, 600, 440
FONT = "Encode Sans, Segoe UI, Helvetica Neue, Arial, sans-serif"
INK, QUIET, NORTH, SOUTH = "#132a35", "#5b6f78", "#1d6f8f", "#b4552d"
# South and east of the sea, as the table of Gapminder divides it.
AFRICA_AND_ASIA = frozenset("DZ EG IL LB LY MA PS SY TN TR".split())


def draw() -> None:
    """Write works/d-une-rive-a-l-autre/d-une-rive-a-l-autre.vg.json."""
    path = render.target("d-une-rive-a-l-autre/d-une-rive-a-l-autre.vg.json")
    path.write_text(json.dumps(specification(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def pairs() -> Counter[tuple[str, str]]:
    """For each pair of Mediterranean countries, how many ports of the one are linked to the other."""
    rows = [row for row in tables.read_csv("port-links.csv") if row["sea"] == "mediterranean"]
    around = {row["port_country"] for row in rows}
    linked = [(row["port_country"], row["linked_country_code"]) for row in rows if row["linked_country_code"] in around]
    return Counter((min(pair), max(pair)) for pair in linked if pair[0] != pair[1])


def specification() -> dict[str, Any]:
    """Countries on a line, the north to the left; arcs as wide as ports are many. Hovering a country keeps its arcs."""
    counted = pairs()
    names = {row["iso2"]: row["name_fr"] for row in tables.read_csv("countries.csv")}
    weight: Counter[str] = Counter()
    for (one, other), ports in counted.items():
        weight[one] += ports
        weight[other] += ports
    order = sorted(weight, key=lambda code: (code in AFRICA_AND_ASIA, -weight[code]))
    nodes = [
        {"code": code, "name": names[code], "place": place, "south": code in AFRICA_AND_ASIA, "links": weight[code]}
        for place, code in enumerate(order)
    ]
    arcs = [
        {"from": order.index(one), "to": order.index(other), "ports": ports, "crosses": crosses(one, other)}
        for (one, other), ports in counted.items()
    ]
    across = sum(arc["ports"] for arc in arcs if arc["crosses"])
    share = round(100 * across / sum(arc["ports"] for arc in arcs))
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "width": WIDTH,
        "height": HEIGHT,
        "padding": 22,
        "background": "#ffffff",
        "config": {"text": {"font": FONT}, "title": {"font": FONT, "subtitleFont": FONT}},
        "title": title(share),
        "signals": [
            {
                "name": "chosen",
                "value": -1,
                "on": [
                    {"events": "@country:mouseover", "update": "datum.place"},
                    {"events": "@country:mouseout", "update": "-1"},
                ],
            }
        ],
        "data": [{"name": "nodes", "values": nodes}, {"name": "arcs", "values": arcs}],
        "scales": [
            {"name": "x", "type": "point", "domain": list(range(len(order))), "range": [10, WIDTH - 10]},
            {"name": "wide", "type": "sqrt", "domain": [1, max(counted.values())], "range": [0.6, 9]},
            {"name": "disc", "type": "sqrt", "domain": [0, max(weight.values())], "range": [0, 900]},
        ],
        "marks": [arc_marks(), country_marks(), name_marks()],
    }


def crosses(one: str, other: str) -> bool:
    """Whether a link runs between north and south-east."""
    return (one in AFRICA_AND_ASIA) != (other in AFRICA_AND_ASIA)


def title(share: int) -> dict[str, Any]:
    """The finding and the source."""
    return {
        "text": f"{share} % des liens entre pays riverains passent d’une rive à l’autre",
        "subtitle": [
            "Un arc relie deux pays ; il est d’autant plus épais que plus de ports les relient. En cuivre, d’une rive à l’autre. Survolez un pays.",
            "Données : searoute 1.6.0 (Apache-2.0) ; la source ne dit pas ce qui fait un lien.",
        ],
        "anchor": "start",
        "fontSize": 24,
        "fontWeight": 650,
        "color": INK,
        "subtitleColor": QUIET,
        "subtitleFontSize": 13.5,
        "subtitlePadding": 8,
        "offset": 6,
    }


def arc_marks() -> dict[str, Any]:
    """Half ellipses above the line, flat enough for the page."""
    path = (
        "'M' + scale('x', datum.from) + ',{top} A' + span + ',' + span * {flat} + ' 0 0 1 ' + scale('x', datum.to)"
        " + ',{top}'"
    )
    span = "abs(scale('x', datum.to) - scale('x', datum.from)) / 2"
    drawn = path.replace("span", f"({span})").replace("{top}", str(TOP)).replace("{flat}", "0.78")
    ordered = drawn.replace("scale('x', datum.from) + ',", "scale('x', min(datum.from, datum.to)) + ',", 1)
    ordered = ordered.replace("scale('x', datum.to) + ',", "scale('x', max(datum.from, datum.to)) + ',")
    near = "chosen < 0 || datum.from === chosen || datum.to === chosen"
    return {
        "type": "path",
        "from": {"data": "arcs"},
        "encode": {
            "update": {
                "path": {"signal": ordered},
                "stroke": {"signal": f"datum.crosses ? '{SOUTH}' : '{NORTH}'"},
                "strokeWidth": {"scale": "wide", "field": "ports"},
                "strokeOpacity": {"signal": f"{near} ? 0.42 : 0.04"},
            }
        },
    }


def country_marks() -> dict[str, Any]:
    """A disc a country, its area by links."""
    return {
        "type": "symbol",
        "name": "country",
        "from": {"data": "nodes"},
        "encode": {
            "update": {
                "x": {"scale": "x", "field": "place"},
                "y": {"value": TOP},
                "size": {"scale": "disc", "field": "links"},
                "fill": {"signal": f"datum.south ? '{SOUTH}' : '{NORTH}'"},
                "stroke": {"value": "#ffffff"},
                "strokeWidth": {"value": 1.5},
                "tooltip": {"signal": "datum.name + ' : ' + datum.links + ' liens'"},
            }
        },
    }


def name_marks() -> dict[str, Any]:
    """Names under the line, slanted."""
    return {
        "type": "text",
        "from": {"data": "nodes"},
        "interactive": False,
        "encode": {
            "update": {
                "x": {"scale": "x", "field": "place"},
                "y": {"value": TOP + 24},
                "text": {"field": "name"},
                "angle": {"value": 42},
                "align": {"value": "left"},
                "fontSize": {"value": 13.5},
                "fontWeight": {"signal": "chosen === datum.place ? 700 : 450"},
                "fill": {"value": INK},
            }
        },
    }
