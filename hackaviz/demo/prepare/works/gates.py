"""PNG: every shortest route from Marseille as one river system, coloured by the gate it leaves through."""

from collections import Counter
from collections.abc import Iterator
from math import sqrt

from hackaviz.demo.prepare import graph, render, svg, tables

WIDTH, HEIGHT = 2000, 1290
COLOURS = {"gibraltar": "#6cb8ff", "suez": "#ffb454", "home": "#f2f5f0"}
WORLD = svg.WorldMap(scale=352, left=1000, top=700, middle=11)
NAMED = {  # UN/LOCODE: name, anchor, shift x, shift y
    "USNYC": ("New York", "end", -12, 4),
    "SGSIN": ("Singapour", "start", 10, 26),
    "CNSHA": ("Shanghai", "end", -12, 0),
    "JPYOK": ("Yokohama", "start", 14, 4),
    "BRSSZ": ("Santos", "end", -14, 6),
    "ZADUR": ("Durban", "end", -12, -10),
    "AUSYD": ("Sydney", "start", 14, 6),
    "CLVAP": ("Valparaíso", "end", -14, 6),
    "USLAX": ("Los Angeles", "start", 12, -12),
    "INBOM": ("Mumbai", "start", 12, -12),
    "NLRTM": ("Rotterdam", "start", 16, 8),
    "NGAPP": ("Lagos", "start", 12, -12),
    "CAVAN": ("Vancouver", "start", 12, -4),
}
STYLE = """body { background: #0a1a24 }
text { font-family: Archivo; fill: #e8eef0; paint-order: stroke }
.title { font: 640 74px Fraunces; letter-spacing: -1px }
.sub { font-size: 29px; fill: #b9c8cf }
.gate { font-size: 25px; font-weight: 650; stroke: #0a1a24; stroke-width: 7px }
.count { font-size: 22px; fill: #cfdadf; stroke: #0a1a24; stroke-width: 7px }
.port { font-size: 21px; fill: #dfe7ea; stroke: #0a1a24; stroke-width: 6px }
.note { font-size: 19px; fill: #8fa3ad }
.big { font: 600 62px Fraunces }
.key { font-size: 24px }"""


def draw() -> None:
    """Trace the tree, count ports downstream of each stretch, write works/six-ports-sur-dix/six-ports-sur-dix.png."""
    network = graph.read_network()
    ports = tables.read_csv("world-ports.csv")
    places = network.nearest([(float(port["longitude"]), float(port["latitude"])) for port in ports])
    start = places[[port["unlocode"] for port in ports].index("FRMRS")]
    distance, before = network.routes_from(start, frozenset({"northwest"}))
    gate = name_gates(network, distance, before)
    downstream: Counter[graph.Node] = Counter()
    for place in places:
        for node in way_back(place, before):
            downstream[node] += 1
    shares = Counter(gate[place] for place in places if place in gate)
    parts = [
        svg.land(WORLD, fill="#152c38"),
        rivers(before, downstream, gate),
        passages(network, before, downstream),
        labels(ports, places, distance),
        heading(shares),
    ]
    picture = render.shoot(render.page("".join(parts), WIDTH, HEIGHT, STYLE), WIDTH, HEIGHT)
    picture.quantize(256).save(render.target("six-ports-sur-dix/six-ports-sur-dix.png"), optimize=True)


def way_back(place: graph.Node, before: dict[graph.Node, graph.Node]) -> Iterator[graph.Node]:
    """The nodes from a place towards the start, without the start."""
    while place in before:
        yield place
        place = before[place]


def name_gates(
    network: graph.Network, distance: dict[graph.Node, float], before: dict[graph.Node, graph.Node]
) -> dict[graph.Node, str]:
    """For each node, the first of Gibraltar or Suez on its route, or 'home'."""
    gate: dict[graph.Node, str] = {}
    for node in sorted(distance, key=distance.__getitem__):
        previous = before.get(node)
        inherited = gate[previous] if previous else "home"
        crossed = passage_between(network, previous, node) if previous else ""
        gate[node] = crossed if inherited == "home" and crossed in COLOURS else inherited
    return gate


def passage_between(network: graph.Network, start: graph.Node, end: graph.Node) -> str:
    """The passage of the stretch between two neighbours."""
    return next(passage for other, _, passage in network.neighbours[start] if other == end)


def rivers(before: dict[graph.Node, graph.Node], downstream: Counter[graph.Node], gate: dict[graph.Node, str]) -> str:
    """Each stretch as wide as the square root of the ports it leads to; the widest drawn last."""
    widest = max(downstream.values())
    drawn = []
    for node, count in sorted(downstream.items(), key=lambda item: item[1]):
        if not WORLD.crosses_seam(node, before[node]):
            width = round(0.7 + 17 * sqrt(count / widest), 2)
            drawn.append(
                svg.line(WORLD.place(*before[node]), WORLD.place(*node), stroke=COLOURS[gate[node]], stroke_width=width)
            )
    return svg.group(drawn, stroke_linecap="round", opacity=0.94)


def passages(network: graph.Network, before: dict[graph.Node, graph.Node], downstream: Counter[graph.Node]) -> str:
    """Names of the straits and canals, with the ports that lie beyond."""
    shown = {
        "gibraltar": ("Gibraltar", -175, 58),
        "suez": ("Suez", 26, -22),
        "panama": ("Panama", -205, 44),
        "malacca": ("Malacca", -160, 92),
        "bosporus": ("Bosphore", 34, -40),
    }
    beyond: dict[str, tuple[int, graph.Node]] = {}
    for node, count in downstream.items():
        passage = passage_between(network, before[node], node)
        if passage in shown and count > beyond.get(passage, (0, node))[0]:
            beyond[passage] = (count, node)
    drawn = []
    for passage, (count, node) in beyond.items():
        name, right, down = shown[passage]
        x, y = WORLD.place(*node)
        drawn += [
            svg.line((x, y), (x + right + (0 if right > 0 else 100), y + down - 8), stroke="#e8eef0", stroke_width=1.5),
            svg.element("circle", cx=x, cy=y, r=6, fill="#0a1a24", stroke="#fff", stroke_width=3),
        ]
        drawn += [
            svg.text(x + right, y + down, name, class_="gate"),
            svg.text(x + right, y + down + 26, f"{svg.number(count)} ports au-delà", class_="count"),
        ]
    return "".join(drawn)


def labels(ports: list[dict[str, str]], places: list[graph.Node], distance: dict[graph.Node, float]) -> str:
    """A few ports with their days at sea at 14 knots."""
    drawn = []
    for port, place in zip(ports, places, strict=True):
        if port["unlocode"] in NAMED:
            name, anchor, right, down = NAMED[port["unlocode"]]
            x, y = WORLD.place(float(port["longitude"]), float(port["latitude"]))
            days = svg.number(distance[place] / (14 * 1.852 * 24))
            drawn += [
                svg.element("circle", cx=x, cy=y, r=4.5, fill="#fff"),
                svg.text(x + right, y + down, f"{name} · {days} j", class_="port", text_anchor=anchor),
            ]
    x, y = WORLD.place(5.36, 43.3)
    drawn += [
        svg.element("circle", cx=x, cy=y, r=11, fill="#ff5f8f", stroke="#fff", stroke_width=3),
        svg.line((x, y), (x - 62, y - 92), stroke="#fff", stroke_width=2),
        svg.text(x - 70, y - 102, "Marseille", class_="gate", text_anchor="end", font_size=30),
    ]
    return "".join(drawn)


def heading(shares: Counter[str]) -> str:
    """Title, the three shares, method and sources."""
    total = sum(shares.values())
    keys = [
        ("gibraltar", "partent par Gibraltar"),
        ("suez", "partent par Suez"),
        ("home", "restent en Méditerranée ou en mer Noire"),
    ]
    drawn = [
        svg.text(70, 112, "De Marseille, six ports sur dix sont derrière Gibraltar", class_="title"),
        svg.text(
            72,
            162,
            f"Les plus courtes routes maritimes vers {svg.number(total)} ports. Un trait est d’autant "
            "plus large qu’il mène à plus de ports.",
            class_="sub",
        ),
    ]
    for index, (key, words) in enumerate(keys):
        x = 72 + index * 560
        drawn += [
            svg.element("rect", x=x, y=1128, width=round(500 * shares[key] / total), height=9, fill=COLOURS[key]),
            svg.text(x, 1200, f"{round(100 * shares[key] / total)} %", class_="big", style=f"fill:{COLOURS[key]}"),
            svg.text(x + 190, 1196, words, class_="key"),
        ]
    note = (
        "Jours de mer à 14 nœuds, sans escale ni attente ; passage du Nord-Ouest fermé. Réseau simplifié "
        ": pour comparer, pas pour naviguer. Données : searoute 1.6.0 (Apache-2.0), Natural Earth."
    )
    return "".join([*drawn, svg.text(72, 1258, note, class_="note")])
