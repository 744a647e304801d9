"""PNG: population of the two shores of the Mediterranean, 1952 to 2007."""

from collections import defaultdict

from hackaviz.demo.prepare import render, svg, tables

WIDTH, HEIGHT = 1600, 1200
NORTH = frozenset("ES FR IT SI HR BA ME AL GR".split())
BLUE, OCHRE, INK = "#0b5d8a", "#d9730d", "#1b2730"
LEFT, RIGHT, TOP, BOTTOM = 130, 1130, 320, 1040
STYLE = """body { background: #ffffff }
text { font-family: Archivo; fill: #1b2730 }
.title { font: 700 62px Archivo; font-stretch: 88%; letter-spacing: -.6px }
.sub { font-size: 27px; fill: #4b5a63 }
.axis { font-size: 21px; fill: #5c6b74 }
.end { font-size: 26px; font-weight: 700 }
.small { font-size: 21px }
.note { font-size: 18px; fill: #5c6b74 }"""
FRENCH = {
    "Turkey": "Turquie",
    "Egypt": "Égypte",
    "Algeria": "Algérie",
    "Morocco": "Maroc",
    "France": "France",
    "Italy": "Italie",
    "Spain": "Espagne",
    "Greece": "Grèce",
    "Syria": "Syrie",
    "Tunisia": "Tunisie",
}


def draw() -> None:
    """Sum the shores, draw two bold lines over the countries' thin ones, write works/deux-rives/deux-rives.png."""
    rows = tables.read_csv("gapminder-mediterranean.csv")
    shores: dict[tuple[str, int], float] = defaultdict(float)
    countries: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row in rows:
        year, millions = int(row["year"]), float(row["population"]) / 1e6
        shores["north" if row["iso2"] in NORTH else "south", year] += millions
        countries[row["country"]].append((year, millions))
    codes = {row["country"]: row["iso2"] for row in rows}
    thin = [curve(points, BLUE if codes[name] in NORTH else OCHRE, 1.6, 0.55) for name, points in countries.items()]
    bold = [
        curve([(year, shores[shore, year]) for year in range(1952, 2008, 5)], colour, 7, 1)
        for shore, colour in (("north", BLUE), ("south", OCHRE))
    ]
    parts = [heading(), grid(), *thin, *bold, ends(shores), crossing(shores), country_ends(countries, codes)]
    picture = render.shoot(render.page("".join(parts), WIDTH, HEIGHT, STYLE), WIDTH, HEIGHT)
    picture.quantize(64).save(render.target("deux-rives/deux-rives.png"), optimize=True)


def place(year: float, millions: float) -> svg.Point:
    """Pixels of a year and a population."""
    return round(LEFT + (RIGHT - LEFT) * (year - 1952) / 55, 1), round(BOTTOM - (BOTTOM - TOP) * millions / 300, 1)


def curve(points: list[tuple[int, float]], colour: str, width: float, opacity: float) -> str:
    """A line through the points of a series."""
    path = "M" + "L".join(f"{x} {y}" for x, y in (place(*point) for point in points))
    return svg.element(
        "path",
        d=path,
        fill="none",
        stroke=colour,
        stroke_width=width,
        opacity=opacity,
        stroke_linejoin="round",
        stroke_linecap="round",
    )


def heading() -> str:
    """Title, subtitle, source."""
    return "".join(
        [
            svg.text(70, 104, "En 1952, la rive nord était presque deux fois plus peuplée.", class_="title"),
            svg.text(70, 176, "En 2007, c’est la rive sud et est qui mène.", class_="title"),
            svg.text(
                70,
                232,
                "Population des pays riverains de la Méditerranée, en millions. Traits fins : les pays.",
                class_="sub",
            ),
            svg.text(
                70,
                1130,
                "Rive nord : Espagne, France, Italie, Slovénie, Croatie, Bosnie-Herzégovine, "
                "Monténégro, Albanie, Grèce. Rive sud et est : Turquie, Syrie, Liban, Israël,",
                class_="note",
            ),
            svg.text(
                70,
                1156,
                "Cisjordanie et Gaza, Égypte, Libye, Tunisie, Algérie, Maroc. Malte et Chypre ne "
                "sont pas dans la source. Données : Gapminder (CC BY 4.0), par plotly 7.1.0.",
                class_="note",
            ),
        ]
    )


def grid() -> str:
    """Rules each 50 million and years each 10."""
    drawn = []
    for millions in range(0, 301, 50):
        _, y = place(1952, millions)
        drawn += [
            svg.line((LEFT, y), (RIGHT, y), stroke="#d6dde1" if millions else INK, stroke_width=1.5),
            svg.text(LEFT - 16, y + 7, str(millions), class_="axis", text_anchor="end"),
        ]
    for year in range(1952, 2008, 11):
        x, y = place(year, 0)
        drawn += [
            svg.line((x, y), (x, y + 8), stroke=INK, stroke_width=1.5),
            svg.text(x, y + 36, str(year), class_="axis", text_anchor="middle"),
        ]
    return "".join(drawn)


def ends(shores: dict[tuple[str, int], float]) -> str:
    """Names and figures at the end of the two bold lines, and figures at their start."""
    drawn = []
    for shore, name, colour, shift in (("south", "Rive sud et est", OCHRE, -14), ("north", "Rive nord", BLUE, 22)):
        x, y = place(2007, shores[shore, 2007])
        growth = svg.decimal(shores[shore, 2007] / shores[shore, 1952])
        drawn += [
            svg.text(x + 18, y + shift, name, class_="end", style=f"fill:{colour}"),
            svg.text(
                x + 18,
                y + shift + 30,
                f"{svg.number(shores[shore, 2007])} millions, {growth} fois 1952",
                class_="small",
            ),
        ]
        x, y = place(1952, shores[shore, 1952])
        drawn.append(
            svg.text(x + 6, y - 46, f"{svg.number(shores[shore, 1952])} millions", class_="end", style=f"fill:{colour}")
        )
    return "".join(drawn)


def crossing(shores: dict[tuple[str, int], float]) -> str:
    """Where the two lines meet, between two counts."""
    for year in range(1952, 2003, 5):
        now, later = (shores["north", at] - shores["south", at] for at in (year, year + 5))
        if now > 0 >= later:
            meet = year + 5 * now / (now - later)
            level = shores["north", year] + (shores["north", year + 5] - shores["north", year]) * (meet - year) / 5
            x, y = place(meet, level)
            return "".join(
                [
                    svg.element("circle", cx=x, cy=y, r=13, fill="#fff", stroke=INK, stroke_width=4),
                    svg.line((x, y - 16), (x, y - 92), stroke=INK, stroke_width=2),
                    svg.text(x, y - 104, f"Égalité entre {year} et {year + 5}", class_="end", text_anchor="middle"),
                ]
            )
    return ""


def country_ends(countries: dict[str, list[tuple[int, float]]], codes: dict[str, str]) -> str:
    """Names of the larger countries at the end of their thin line, kept apart."""
    drawn, last = [], 0.0
    for name, points in sorted(countries.items(), key=lambda item: -item[1][-1][1]):
        if name in FRENCH and points[-1][1] > 15:
            x, y = place(*points[-1])
            last = max(y + 7, last + 25)
            drawn.append(
                svg.text(
                    x + 18,
                    last,
                    f"{FRENCH[name]} {svg.number(points[-1][1])}",
                    class_="axis",
                    style=f"fill:{BLUE if codes[name] in NORTH else '#a85505'}",
                )
            )
    return "".join(drawn)
