"""WebP: the world drawn by its ports alone, with what their crowding and their absence tell."""

from hackaviz.demo.prepare import render, svg, tables

WIDTH, HEIGHT = 2000, 1290
INK, SEA, REACH = "#13242e", "#8c9aa0", "#0a6c9c"
WORLD = svg.WorldMap(scale=352, left=1000, top=750, middle=11)
STYLE = """body { background: #fbfaf6 }
text { font-family: Archivo; fill: #13242e; paint-order: stroke; stroke: #fbfaf6; stroke-width: 6px }
.title { font: 600 84px Fraunces; letter-spacing: -1.6px; stroke: none }
.sub { font-size: 29px; fill: #46565e; stroke: none }
.name { font: italic 500 30px Fraunces }
.told { font-size: 20px; fill: #46565e }
.note { font-size: 19px; fill: #5c6a71; stroke: none }"""
# Where, the words at the point, and how far from it the words stand.
NOTES = (
    (138, 35, "Japon", "{JP} ports", 70, 60, "start"),
    (-92, 41, "Terre ferme", "la liste compte aussi des ports secs", -250, 150, "middle"),
    (12, 60, "Baltique et Norvège", "{NORTH} ports en cinq pays", -40, -150, "end"),
    (-60, -3.1, "Amazone", "Manaus, Iquitos", 24, 74, "middle"),
    (12.5, -20, "Côte des Squelettes", "un seul port en 1 300 km", -34, 170, "end"),
    (5.36, 43.3, "Marseille", "9 pays reliés ; Fos, 34", -190, 44, "end"),
    (103.9, 1.3, "Singapour", "70 pays reliés", -36, 66, "end"),
    (128, -32, "Nullarbor", "1 000 km sans un port", -10, 130, "middle"),
)


def draw() -> None:
    """One dot a port, larger and blue with the countries it is linked to; write works/sans-terre/sans-terre.webp."""
    ports = sorted(tables.read_csv("world-ports.csv"), key=lambda port: int(port["linked_countries"]))
    parts = [heading(ports), *(dot(port) for port in ports), *notes(ports)]
    picture = render.shoot(render.page("".join(parts), WIDTH, HEIGHT, STYLE), WIDTH, HEIGHT)
    picture.save(render.target("sans-terre/sans-terre.webp"), quality=86, method=6)


def dot(port: dict[str, str]) -> str:
    """A port: a grey speck, or a blue disc whose area grows with its linked countries."""
    linked = int(port["linked_countries"])
    x, y = WORLD.place(float(port["longitude"]), float(port["latitude"]))
    if not linked:
        return svg.element("circle", cx=x, cy=y, r=2.1, fill=INK)
    return svg.element(
        "circle",
        cx=x,
        cy=y,
        r=round(2.1 + 1.25 * linked**0.5, 1),
        fill=REACH,
        fill_opacity=0.5,
        stroke="#fff",
        stroke_width=0.8,
    )


def notes(ports: list[dict[str, str]]) -> list[str]:
    """Words beside the map, their numbers counted from the table."""
    counts = {code: sum(port["country_code"] == code for port in ports) for code in ("JP",)}
    counts["NORTH"] = sum(port["country_code"] in {"NO", "SE", "DK", "FI", "EE"} for port in ports)
    drawn = []
    for longitude, latitude, name, told, right, down, anchor in NOTES:
        x, y = WORLD.place(longitude, latitude)
        drawn += [
            svg.line(
                (x, y), (x + right * 0.82, y + down * 0.82 - (6 if down > 0 else -4)), stroke=INK, stroke_width=1.3
            ),
            svg.text(x + right, y + down, name, class_="name", text_anchor=anchor),
            svg.text(x + right, y + down + 27, told.format(**counts), class_="told", text_anchor=anchor),
        ]
    return drawn


def heading(ports: list[dict[str, str]]) -> str:
    """Title, key and source."""
    linked = [port for port in ports if int(port["linked_countries"])]
    key = "".join(
        svg.element(
            "circle",
            cx=WIDTH - 390 + index * 96,
            cy=1216,
            r=round(2.1 + 1.25 * value**0.5, 1),
            fill=REACH,
            fill_opacity=0.5,
        )
        + svg.text(WIDTH - 368 + index * 96, 1223, str(value), class_="told")
        for index, value in enumerate((1, 20, 79))
    )
    return "".join(
        [
            svg.text(70, 122, "Pas une côte n’est dessinée : ce sont les ports", class_="title"),
            svg.text(
                72,
                176,
                f"{svg.number(len(ports))} ports à leur place. En bleu, les {len(linked)} qui sont "
                "reliés à d’autres pays, selon le nombre de pays.",
                class_="sub",
            ),
            svg.text(
                72,
                1224,
                "Données : searoute 1.6.0 (Apache-2.0). La source ne dit ni l’année ni ce qui fait un lien.",
                class_="note",
            ),
            svg.text(WIDTH - 412, 1223, "pays reliés", class_="told", text_anchor="end"),
            key,
        ]
    )
