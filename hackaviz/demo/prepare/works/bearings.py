"""SVG: every port in its true direction from Marseille, as far as the sea makes it. One drawing, its font inside."""

from math import atan2, cos, pi, radians, sin
from typing import Any

from hackaviz.demo.prepare import render, svg, tables
from hackaviz.demo.prepare.works.router import font_face

SIZE, MIDDLE, EDGE, FARTHEST = 1400, (700.0, 800.0), 640.0, 24_000
HOME = (43.3, 5.36)
INK, QUIET, PAPER = "#10242f", "#5d7079", "#fbfaf5"
COLOURS = {"": "#2f8f7d", "gibraltar": "#1d5f9c", "suez": "#c2552b"}
WORDS = {"": "sans quitter la Méditerranée", "gibraltar": "par Gibraltar", "suez": "par Suez"}
NAMED = frozenset(
    "Barcelona Genova Piraeus Alexandria Rotterdam Gdansk Halifax Callao Santos Shanghai Singapore Sydney Durban "
    "Casablanca Jeddah Balboa".split()
)
STYLE = f"""text {{ font-family: Archivo, sans-serif; fill: {INK} }}
.title {{ font-size: 54px; font-weight: 700; letter-spacing: -1px }} .sub {{ font-size: 23px; fill: {QUIET} }}
.name {{ font-size: 18px; font-weight: 600; paint-order: stroke; stroke: {PAPER}; stroke-width: 5px }}
.ring {{ font-size: 15px; fill: {QUIET}; paint-order: stroke; stroke: {PAPER}; stroke-width: 5px }}
.note {{ font-size: 16px; fill: {QUIET} }} .key {{ font-size: 19px; font-weight: 600 }}"""


def draw() -> None:
    """Write works/le-vrai-cap/le-vrai-cap.svg."""
    ports = tables.read_csv("sea-distances-from-marseille.csv")
    parts = [rings(), *(ray(port) for port in ports), *names(ports), *heading(ports), legend()]
    label = "Chaque port dans sa direction vraie depuis Marseille, à la distance que la mer impose"
    drawing = svg.element(
        "svg",
        svg.element("title", label)
        + svg.element("style", font_face() + STYLE)
        + svg.element("rect", width=SIZE, height=SIZE, fill=PAPER)
        + "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {SIZE} {SIZE}",
        width=SIZE,
        height=SIZE,
        role="img",
    )
    render.target("le-vrai-cap/le-vrai-cap.svg").write_text(drawing + "\n", encoding="utf-8")


def bearing(port: dict[str, str]) -> float:
    """The direction in which a great circle leaves Marseille for the port, in radians from north, clockwise."""
    north, east = (radians(float(port[name])) for name in ("latitude", "longitude"))
    home, away = radians(HOME[0]), east - radians(HOME[1])
    return atan2(sin(away) * cos(north), cos(home) * sin(north) - sin(home) * cos(north) * cos(away)) % (2 * pi)


def reach(kilometres: float) -> float:
    """Pixels from the middle: the square root, so that near ports do not crowd."""
    return EDGE * (kilometres / FARTHEST) ** 0.5


def place(turn: float, kilometres: float) -> svg.Point:
    """Pixels of a distance in a direction."""
    far = reach(kilometres)
    return round(MIDDLE[0] + far * sin(turn), 1), round(MIDDLE[1] - far * cos(turn), 1)


def way(port: dict[str, str]) -> str:
    """Through which gate the route leaves the Mediterranean."""
    return next((gate for gate in ("suez", "gibraltar") if gate in port["passages"]), "")


def ray(port: dict[str, str]) -> str:
    """From the straight distance, a ring, to the distance by sea, a disc."""
    turn, colour = bearing(port), COLOURS[way(port)]
    straight, sea = (float(port[name]) for name in ("straight_kilometres", "sea_kilometres"))
    start, end = place(turn, straight), place(turn, sea)
    return (
        svg.line(start, end, stroke=colour, stroke_width=2.6, stroke_linecap="round", opacity=0.62)
        + svg.element("circle", cx=start[0], cy=start[1], r=3, fill=PAPER, stroke=colour, stroke_width=1.6)
        + svg.element("circle", cx=end[0], cy=end[1], r=5.4, fill=colour)
    )


def names(ports: list[dict[str, str]]) -> list[str]:
    """Names of the ports that readers know, outside their discs."""
    drawn = []
    for port in (each for each in ports if each["port"] in NAMED):
        turn = bearing(port)
        x, y = place(turn, float(port["sea_kilometres"]))
        anchor = "start" if sin(turn) > 0.12 else "end" if sin(turn) < -0.12 else "middle"
        right, down = 13 * sin(turn), 6 - 14 * cos(turn)
        drawn.append(svg.text(x + right, y + down, port["port"], class_="name", text_anchor=anchor))
    return drawn


def rings() -> str:
    """Circles of equal distance, and the four directions."""
    circles = "".join(
        svg.element("circle", cx=MIDDLE[0], cy=MIDDLE[1], r=round(reach(far), 1), fill="none", stroke="#dfe3e0")
        + svg.text(*place(radians(212), far), f"{svg.number(far)} km", class_="ring", text_anchor="middle")
        for far in (1_000, 5_000, 10_000, 20_000)
    )
    home = svg.element("circle", cx=MIDDLE[0], cy=MIDDLE[1], r=7, fill=INK)
    return circles + home + svg.text(MIDDLE[0], MIDDLE[1] + 30, "Marseille", class_="name", text_anchor="middle")


def detour(ports: list[dict[str, str]], gate: str) -> float:
    """Kilometres by sea for one in a straight line, all ports of a gate together."""
    kept = [port for port in ports if way(port) == gate]
    sums = [sum(float(port[name]) for port in kept) for name in ("sea_kilometres", "straight_kilometres")]
    return sums[0] / sums[1]


def heading(ports: list[dict[str, str]]) -> list[str]:
    """Title, how to read it, source."""
    west, east = (svg.decimal(detour(ports, gate), 2) for gate in ("gibraltar", "suez"))
    lines: list[tuple[int, str, dict[str, Any]]] = [
        (104, "Aucun bateau ne va tout droit", {"class_": "title"}),
        (
            148,
            f"Pour un kilomètre à vol d’oiseau, la mer en demande {west} par Gibraltar et {east} par Suez.",
            {"class_": "sub"},
        ),
        (
            180,
            f"Chacun des {len(ports)} ports est dans sa vraie direction. L’anneau est la ligne droite, le disque la route.",
            {"class_": "sub"},
        ),
        (
            1362,
            "Distances calculées avec searoute 1.6.0 (Apache-2.0). Le rayon suit la racine carrée de la distance.",
            {"class_": "note"},
        ),
    ]
    return [svg.text(60, y, words, **attributes) for y, words, attributes in lines]


def legend() -> str:
    """The three ways out, each a colour and its words."""
    return "".join(
        svg.element("circle", cx=72, cy=1254 + 32 * row, r=8, fill=COLOURS[gate])
        + svg.text(92, 1261 + 32 * row, words, class_="key")
        for row, (gate, words) in enumerate(WORDS.items())
    )
