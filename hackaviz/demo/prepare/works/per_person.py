"""Plotly JSON: ports against people, country by country."""

from math import log10  # Plotly wants logarithms for words on such axes

from hackaviz.demo.prepare import tables
from hackaviz.demo.prepare.works import plots

CONTINENTS = (
    ("Europe", "EU", "#0074aa", "circle"),
    ("Afrique", "AF", "#ad871c", "diamond"),
    ("Asie", "AS", "#d75c68", "square"),
    ("Amériques", "NA SA", "#00461a", "triangle-up"),
    ("Océanie", "OC", "#820657", "star"),
)
NAMED = {  # ISO code: name, shift right, shift up
    "NO": ("Norvège", -22, 26),
    "IS": ("Islande", 0, 24),
    "FR": ("France", 34, -22),
    "IN": ("Inde", 0, -24),
    "CN": ("Chine", 0, 24),
    "US": ("États-Unis", -40, 14),
    "JP": ("Japon", 26, 18),
    "BD": ("Bangladesh", 0, -24),
    "GB": ("Royaume-Uni", -34, 22),
    "CD": ("R. D. du Congo", 0, -24),
    "GR": ("Grèce", 0, 24),
}


def draw() -> None:
    """Write works/ports-par-habitant/ports-par-habitant.plotly.json."""
    plots.write("ports-par-habitant", per_person())


PEOPLE_AXIS = {
    "title": {"text": "habitants (M : million, Md : milliard)"},
    "tickangle": 0,
    "type": "log",
    "range": [5.25, 9.35],
    "tickvals": [1e6, 1e7, 1e8, 1e9],
    "ticktext": ["1 M", "10 M", "100 M", "1 Md"],
}
PORTS_AXIS = {
    "title": {"text": "ports"},
    "type": "log",
    "range": [-0.15, 3],
    "tickvals": [1, 10, 100, 1000],
    "ticktext": ["1", "10", "100", "1\u202f000"],
}


def per_person() -> plots.Figure:
    """Ports against people, one mark a country, both axes by powers of ten."""
    rows = [row for row in tables.read_csv("countries.csv") if int(row["ports"]) and int(row["population"]) > 200000]
    by_code = {row["iso2"]: (int(row["population"]), int(row["ports"])) for row in rows}
    notes = [
        plots.note(log10(by_code[code][0]), log10(by_code[code][1]), words, right, up)
        for code, (words, right, up) in NAMED.items()
    ]
    norway, india = (people / ports for people, ports in (by_code["NO"], by_code["IN"]))
    found = f"{round(norway / 1000)}\u202f000 personnes<br>en Norvège, pour {round(india / 1e6)} millions en Inde"
    return {
        "data": [*(level(people) for people in (1e5, 1e6, 1e7)), *(trace(rows, *each) for each in CONTINENTS)],
        "layout": plots.layout(
            title=f"Un port pour {found}",
            told="Pointillés : un port pour 100\u202f000, 1 million,<br>10 millions d’habitants. Axes de dix en dix",
            across=PEOPLE_AXIS,
            upward=PORTS_AXIS,
            notes=notes,
            source="Données : searoute 1.6.0 (Apache-2.0),<br>GeoNames (CC BY 4.0). Pays de plus "
            "de<br>200\u202f000 habitants qui ont un port.",
        ),
    }


def level(people: float) -> plots.Figure:
    """The dotted line of one port for so many people."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [2e5, 2e9],
        "y": [2e5 / people, 2e9 / people],
        "line": {"color": "#93a7af", "width": 1, "dash": "dot"},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def trace(rows: list[dict[str, str]], name: str, keys: str, colour: str, symbol: str) -> plots.Figure:
    """The countries of a continent."""
    kept = [row for row in rows if row["continent"] in keys.split()]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [int(row["population"]) for row in kept],
        "y": [int(row["ports"]) for row in kept],
        "text": [row["name_fr"] for row in kept],
        "hovertemplate": "<b>%{text}</b><br>%{y} ports<br>%{x:,} habitants<extra></extra>",
        "marker": {
            "color": colour,
            "symbol": symbol,
            "size": 10,
            "opacity": 0.8,
            "line": {"color": "#ffffff", "width": 1},
        },
    }
