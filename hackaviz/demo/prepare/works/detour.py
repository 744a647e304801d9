"""Plotly JSON: distance by sea against the straight line, for a hundred ports."""

from hackaviz.demo.prepare import svg, tables
from hackaviz.demo.prepare.works import plots

GATES = (
    ("sans passage", "", "#00461a", "circle"),
    ("Gibraltar", "gibraltar", "#0074aa", "square"),
    ("Gibraltar et Panama", "gibraltar+panama", "#ad871c", "diamond"),
    ("Suez", "suez", "#d75c68", "triangle-up"),
    ("Bosphore", "bosporus", "#820657", "star"),
)


def draw() -> None:
    """Write works/le-prix-du-detour/le-prix-du-detour.plotly.json."""
    plots.write("le-prix-du-detour", detour())


MARKED = (  # port, words, shift right, shift up
    ("Le Havre", "Le Havre, 4,4 fois", 8, 62),
    ("Yokohama", "Yokohama", 34, 26),
    ("Singapore", "Singapour", 46, -22),
    ("Sydney", "Sydney", -30, 30),
    ("New York", "New York", 52, -20),
    ("Jeddah", "Djeddah", 46, -16),
)
CLUSTERS = (
    (11200, 16300, "Suez", "#b8414d"),
    (9300, 7300, "Gibraltar", "#0074aa"),
    (11900, 14400, "Panama", "#7d6010"),
    (2700, 1900, "sans passage", "#00461a"),
)
STRAIGHT = {
    "type": "scatter",
    "mode": "lines",
    "showlegend": False,
    "name": "ligne droite",
    "x": [0, 20000],
    "y": [0, 20000],
    "line": {"color": "#0e2733", "width": 1.5, "dash": "dot"},
    "hoverinfo": "skip",
}


def detour() -> plots.Figure:
    """Distance by sea against the straight line, one mark a port, by passages taken."""
    rows = tables.read_csv("sea-distances-from-marseille.csv")
    figure = plots.layout(
        title="Le Havre est à 800 km de Marseille,<br>et à 3\u202f500 par la mer",
        told="Distance par mer et à vol d’oiseau<br>de Marseille vers 100 ports",
        across={"title": {"text": "à vol d’oiseau (km)"}, "range": [0, 20000], "tickformat": ","},
        upward={"title": {"text": "par mer (km)"}, "range": [0, 22000], "tickformat": ","},
        notes=notes(rows),
        source="Données : searoute 1.6.0 (Apache-2.0).<br>Réseau simplifié, pour comparer.",
    )
    figure["margin"]["t"] = 124  # no legend
    return {"data": [STRAIGHT, *(trace(rows, *gate) for gate in GATES)], "layout": figure}


def notes(rows: list[dict[str, str]]) -> list[plots.Figure]:
    """Words beside a few ports, and the name of each cluster in place of a legend."""
    by_name = {row["port"]: row for row in rows}
    ports = [
        plots.note(int(by_name[port]["straight_kilometres"]), int(by_name[port]["sea_kilometres"]), words, right, up)
        for port, words, right, up in MARKED
    ]
    return ports + [plots.cluster(*cluster) for cluster in CLUSTERS]


def trace(rows: list[dict[str, str]], name: str, key: str, colour: str, symbol: str) -> plots.Figure:
    """The ports reached through one passage, whatever comes after Suez."""
    kept = [row for row in rows if row["passages"] == key or (key == "suez" and "suez" in row["passages"])]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "showlegend": False,
        "x": [int(row["straight_kilometres"]) for row in kept],
        "y": [int(row["sea_kilometres"]) for row in kept],
        "text": [
            f"{row['port']} ({row['country_fr']})<br>{svg.decimal(float(row['detour']), 2)} fois la ligne droite"
            for row in kept
        ],
        "hovertemplate": "<b>%{text}</b><br>%{x:,} km à vol d’oiseau<br>%{y:,} km par mer<extra></extra>",
        "marker": {
            "color": colour,
            "symbol": symbol,
            "size": 10,
            "opacity": 0.85,
            "line": {"color": "#ffffff", "width": 1},
        },
    }
