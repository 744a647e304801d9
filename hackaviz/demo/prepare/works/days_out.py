"""Plotly JSON: a hundred ports stacked by the days that a ship takes to them."""

from collections import defaultdict
from statistics import median

from hackaviz.demo.prepare import svg, tables
from hackaviz.demo.prepare.works import plots
from hackaviz.demo.prepare.works.detour import GATES

BIN = 2  # days
MARKED = (  # port, words over its pile, shift right, shift up
    ("Barcelona", "Barcelone,<br>une demi-journée", 34, 40),
    ("Rotterdam", "Rotterdam", 0, 26),
    ("New York", "New York", -14, 30),
    ("Singapore", "Singapour", 0, 26),
    ("Shanghai", "Shanghai", 0, 26),
    ("Tauranga", "Tauranga,<br>33 jours", 0, 34),
)


def draw() -> None:
    """Write works/treize-jours/treize-jours.plotly.json."""
    plots.write("treize-jours", days_out())


def days_out() -> plots.Figure:
    """One disc a port, piled up by two days, from the nearest to the farthest; the middle is marked."""
    places = piled(tables.read_csv("sea-distances-from-marseille.csv"))
    middle = median(float(row["days_at_14_knots"]) for _x, _y, row in places)
    figure = plots.layout(
        title="À treize jours de mer,<br>la moitié de cent grands ports",
        told="Durée du voyage de Marseille vers 100 grands ports,<br>à 14 nœuds, par tranches de deux jours",
        across={"title": {"text": "jours de mer"}, "range": [0, 35], "dtick": 4},
        upward={"visible": False, "range": [0, 19]},
        notes=[*notes(places), plots.cluster(middle + 0.3, 18, f"{svg.decimal(middle)} jours", "#0e2733")],
        source="Données : searoute 1.6.0 (Apache-2.0).<br>Réseau simplifié, pour comparer.",
    )
    figure["title"]["pad"]["t"] = 24  # an accent on a capital
    return {"data": [halfway(middle), *(trace(places, *gate) for gate in GATES)], "layout": figure}


Placed = tuple[float, float, dict[str, str]]


def piled(rows: list[dict[str, str]]) -> list[Placed]:
    """Middle of the two days, place in the pile, row."""
    piles, placed = defaultdict[int, int](int), []
    for row in sorted(rows, key=lambda row: (way(row), float(row["days_at_14_knots"]))):
        pile = int(float(row["days_at_14_knots"]) // BIN)
        piles[pile] += 1
        placed.append((pile * BIN + BIN / 2, piles[pile] - 0.5, row))
    return placed


def way(row: dict[str, str]) -> int:
    """Which of the gates a port lies behind."""
    keys = [key for _name, key, *_rest in GATES]
    return keys.index("suez" if "suez" in row["passages"] else row["passages"])


def halfway(middle: float) -> plots.Figure:
    """The line with as many ports on its left as on its right."""
    drawn = {"color": "#0e2733", "width": 1.5, "dash": "dot"}
    quiet = {"showlegend": False, "hoverinfo": "skip", "name": "moitié"}
    return {"type": "scatter", "mode": "lines", "x": [middle, middle], "y": [0, 18], "line": drawn, **quiet}


def notes(places: list[Placed]) -> list[plots.Figure]:
    """Words over the piles of a few ports."""
    pile = {row["port"]: x for x, _y, row in places}
    top = {x: max(y for other, y, _row in places if other == x) for x in pile.values()}
    return [plots.note(pile[port], top[pile[port]] + 0.4, words, *shift) for port, words, *shift in MARKED]


def trace(places: list[Placed], name: str, key: str, colour: str, symbol: str) -> plots.Figure:
    """The ports behind one gate."""
    kept = [place for place in places if GATES[way(place[2])][1] == key]
    told = [f"{row['port']} ({row['country_fr']})" for _x, _y, row in kept]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [x for x, _y, _row in kept],
        "y": [y for _x, y, _row in kept],
        "text": told,
        "customdata": [svg.decimal(float(row["days_at_14_knots"])) for _x, _y, row in kept],
        "hovertemplate": "<b>%{text}</b><br>%{customdata} jours de mer<extra></extra>",
        "marker": {"color": colour, "symbol": symbol, "size": 13, "line": {"color": "#ffffff", "width": 1}},
    }
