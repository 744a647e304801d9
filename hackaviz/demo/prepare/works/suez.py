"""JPEG: what closing Suez does to the hundred ports, as a poster with a map and one line a port."""

from hackaviz.demo.prepare import graph, render, svg, tables

WIDTH, HEIGHT = 1500, 2120
INK, OPEN, CLOSED = "#17303c", "#0b6fa4", "#c8431f"
WORLD = svg.WorldMap(scale=345, left=560, top=610, middle=55)
LEFT, RIGHT, TOP, STEP = 330, 1300, 1010, 31.5
STYLE = """body { background: #f7f1e5 }
text { font-family: Archivo; fill: #17303c }
.title { font: 640 82px Fraunces; letter-spacing: -1.5px }
.sub { font-size: 27px }
.row { font-size: 21px }
.value { font-size: 19px; font-weight: 650 }
.axis { font-size: 18px; fill: #5b6c72 }
.note { font-size: 18px; fill: #5b6c72 }
.route { font-size: 22px; font-weight: 650; paint-order: stroke; stroke: #f7f1e5; stroke-width: 7px }"""
NAMES = {
    "Jeddah": "Djeddah",
    "Singapore": "Singapour",
    "Abu Dhabi": "Abou Dabi",
    "Pusan": "Busan",
    "Hong Kong": "Hong Kong",
    "Jawaharlal Nehru Port": "Nhava Sheva (Mumbai)",
}


def draw() -> None:
    """Read the closures, draw the poster, write works/si-suez-ferme/si-suez-ferme.jpg."""
    countries = {row["unlocode"]: row["country_fr"] for row in tables.read_csv("sea-distances-from-marseille.csv")}
    rows = [
        row
        for row in tables.read_csv("passage-closures.csv")
        if row["closed_passage"] == "suez" and float(row["extra_percent"]) > 1
    ]
    rows.sort(key=lambda row: -float(row["extra_percent"]))
    parts = [
        chart_map(),
        heading(rows),
        axis(len(rows)),
        *(line_of(index, row, countries) for index, row in enumerate(rows)),
    ]
    picture = render.shoot(render.page("".join(parts), WIDTH, HEIGHT, STYLE), WIDTH, HEIGHT)
    picture.save(render.target("si-suez-ferme/si-suez-ferme.jpg"), quality=88, optimize=True, progressive=True)


def chart_map() -> str:
    """The two routes from Marseille to Mumbai."""
    network = graph.read_network()
    marseille, mumbai = network.nearest([(5.355, 43.292), (72.95, 18.95)])
    drawn = [
        svg.element("clipPath", svg.element("rect", x=0, y=330, width=WIDTH, height=590), id="window"),
        svg.group([svg.land(WORLD, fill="#e3d8c0")], clip_path="url(#window)"),
    ]
    for closed, colour in ((frozenset({"northwest", "suez"}), CLOSED), (frozenset({"northwest"}), OPEN)):
        distance, before = network.routes_from(marseille, closed)
        place, points = mumbai, [mumbai]
        while place in before:
            place = before[place]
            points.append(place)
        path = "M" + "L".join(f"{x} {y}" for x, y in (WORLD.place(*point) for point in points))
        drawn.append(
            svg.element(
                "path",
                d=path,
                fill="none",
                stroke=colour,
                stroke_width=7,
                stroke_linejoin="round",
                stroke_linecap="round",
            )
        )
        drawn.append(route_label(colour, distance[mumbai]))
    for name, longitude, latitude, right in (("Marseille", 5.36, 43.3, -16), ("Mumbai", 72.95, 18.95, 18)):
        x, y = WORLD.place(longitude, latitude)
        drawn += [
            svg.element("circle", cx=x, cy=y, r=9, fill=INK),
            svg.text(x + right, y - 12, name, class_="route", text_anchor="end" if right < 0 else "start"),
        ]
    return "".join(drawn)


def route_label(colour: str, kilometres: float) -> str:
    """Name, kilometres and days of one of the two routes."""
    closed = colour == CLOSED
    x, y = WORLD.place(24, -33) if closed else WORLD.place(50, 9)
    words = "Par Le Cap" if closed else "Par Suez"
    days = svg.number(kilometres / (14 * 1.852 * 24))
    return svg.text(
        x + (70 if closed else 110),
        y + (34 if closed else 14),
        f"{words} : {svg.number(kilometres)} km, {days} jours",
        class_="route",
        style=f"fill:{colour}",
    )


def heading(rows: list[dict[str, str]]) -> str:
    """Title, the sentence below it, and the source line."""
    first = rows[0]
    times = svg.decimal(float(first["kilometres_closed"]) / float(first["kilometres_open"]))
    return "".join(
        [
            svg.text(80, 138, f"Si Suez ferme, {len(rows)} ports sur 100", class_="title"),
            svg.text(80, 224, "s’éloignent de Marseille", class_="title"),
            svg.text(
                82,
                284,
                f"Djeddah se retrouve {times} fois plus loin, Mumbai plus de deux fois. Vers la "
                "Chine, la route s’allonge de moitié.",
                class_="sub",
            ),
            svg.text(
                82,
                HEIGHT - 74,
                "Plus courte route maritime vers 100 ports bien reliés (trois par pays au plus), "
                "Suez ouvert ou fermé ; jours à 14 nœuds, sans escale.",
                class_="note",
            ),
            svg.text(
                82,
                HEIGHT - 46,
                "Réseau simplifié : pour comparer, pas pour naviguer. Données : searoute 1.6.0 "
                "(Apache-2.0), calculs de l’équipe ; Natural Earth.",
                class_="note",
            ),
        ]
    )


def across(kilometres: float) -> float:
    """Pixels of a distance, 0 to 30,000 km."""
    return LEFT + (RIGHT - LEFT) * kilometres / 30000


def axis(count: int) -> str:
    """Vertical rules each 5,000 km and the key."""
    bottom = TOP + STEP * count - 14
    drawn = []
    for kilometres in range(0, 30001, 5000):
        x = across(kilometres)
        drawn += [
            svg.line((x, TOP - 22), (x, bottom), stroke="#d9cdb4", stroke_width=1.5),
            svg.text(
                x,
                TOP - 34,
                svg.number(kilometres) + (" km" if kilometres == 30000 else ""),
                class_="axis",
                text_anchor="middle",
            ),
        ]
    drawn += [
        svg.element("circle", cx=86, cy=TOP - 40, r=8, fill=OPEN),
        svg.text(102, TOP - 33, "ouvert", class_="axis"),
        svg.element("rect", x=176, y=TOP - 48, width=15, height=15, fill=CLOSED),
        svg.text(198, TOP - 33, "fermé", class_="axis"),
    ]
    return "".join(drawn)


def line_of(index: int, row: dict[str, str], countries: dict[str, str]) -> str:
    """One port: its name, a line from the open to the closed distance, the percentage."""
    y = TOP + STEP * index
    start, end = across(float(row["kilometres_open"])), across(float(row["kilometres_closed"]))
    name = NAMES.get(row["port"], row["port"])
    country = countries[row["unlocode"]].replace("R.A.S. chinoise de Hong Kong", "Chine")
    label = svg.text(
        LEFT - 18,
        y + 7,
        f'{name} <tspan fill="#6b7a80" style="font-size:16px">{country}</tspan>',
        class_="row",
        text_anchor="end",
    )
    dots = [
        svg.line((start, y), (end, y), stroke="#a8a08f", stroke_width=3),
        svg.element("circle", cx=start, cy=y, r=8, fill=OPEN),
        svg.element("rect", x=end - 7.5, y=y - 7.5, width=15, height=15, fill=CLOSED),
    ]
    return "".join(
        [label, *dots, svg.text(end + 18, y + 7, f"+{svg.number(float(row['extra_percent']))} %", class_="value")]
    )
