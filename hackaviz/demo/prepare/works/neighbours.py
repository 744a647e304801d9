"""JPEG: the towns within 25 km of a Mediterranean port, as discs on the real coast."""

import os
from collections import Counter
from math import cos, radians, sqrt
from pathlib import Path

from hackaviz.demo.prepare import background, render, svg, tables

WIDTH, HEIGHT = 2000, 1240
INK = "#17313b"
STYLE = """body { background: #dbe8ea }
text { font-family: Archivo; fill: #17313b; paint-order: stroke; stroke: #f7f3ea; stroke-width: 5px }
.title { font: 720 62px Archivo; font-stretch: 86%; letter-spacing: -.8px; stroke: none }
.sub { font-size: 27px; stroke: none }
.city { font-size: 23px; font-weight: 650 }
.small { font-size: 19px; stroke: none }
.note { font-size: 18px; stroke: none; fill: #3f5861 }"""
NAMES = {
    "Alexandria": "Alexandrie",
    "İzmir": "Izmir",
    "Algiers": "Alger",
    "Beirut": "Beyrouth",
    "Barcelona": "Barcelone",
    "Antalya": "Antalya",
    "Tripoli": "Tripoli",
    "Naples": "Naples",
    "Marseille": "Marseille",
    "Valencia": "Valence",
    "Oran": "Oran",
    "Benghazi": "Benghazi",
    "Latakia": "Lattaquié",
    "Tunis": "Tunis",
    "Athens": "Athènes",
    "Palermo": "Palerme",
    "Málaga": "Malaga",
    "Genoa": "Gênes",
    "Mersin": "Mersin",
    "Palma": "Palma",
    "Tel Aviv": "Tel-Aviv",
    "Haifa": "Haïfa",
    "Gaza": "Gaza",
    "Nice": "Nice",
    "Annaba": "Annaba",
    "Split": "Split",
    "Thessaloníki": "Thessalonique",
}


def place(longitude: float, latitude: float) -> svg.Point:
    """Pixels, on a flat map that keeps distances true at 38° north."""
    return round(70 + (longitude + 6.5) * 42.2, 1), round(1160 - (latitude - 29.8) * 42.2 / cos(radians(38)), 1)


def draw() -> None:
    """Write works/voisins-de-quai/voisins-de-quai.jpg."""
    cities = tables.read_csv("mediterranean-port-cities.csv")
    parts = [
        coast(),
        *(disc(city) for city in cities),
        *(label(city) for city in cities if city["name"] in NAMES and int(city["population"]) > 160000),
        heading(cities),
    ]
    picture = render.shoot(render.page("".join(parts), WIDTH, HEIGHT, STYLE), WIDTH, HEIGHT)
    picture.save(render.target("voisins-de-quai/voisins-de-quai.jpg"), quality=88, optimize=True, progressive=True)


def coast() -> str:
    """The land at 1:50 million, from the world-atlas package named by NPM."""
    atlas = Path(os.environ.get("NPM", "node_modules")) / "world-atlas"
    rings = [ring for polygon in background.read_land(atlas, "50m") for ring in polygon]
    near = [ring for ring in rings if any(-12 < x < 42 and 25 < y < 50 for x, y in ring)]
    path = "".join("M" + "L".join(f"{x} {y}" for x, y in (place(*point) for point in ring)) + "Z" for ring in near)
    return svg.element("path", d=path, fill="#f7f3ea", stroke="#9fb6bb", stroke_width=1.4, fill_rule="evenodd")


def radius(people: float) -> float:
    """Pixels of a disc whose area is the population."""
    return round(sqrt(people) / 42, 1)


def disc(city: dict[str, str]) -> str:
    """A town."""
    x, y = place(float(city["longitude"]), float(city["latitude"]))
    ours = city["name"] == "Marseille"
    return svg.element(
        "circle",
        cx=x,
        cy=y,
        r=radius(float(city["population"])),
        fill="#b0126b" if ours else "#0b6b8f",
        fill_opacity=0.85 if ours else 0.5,
        stroke="#fff",
        stroke_width=1,
    )


def label(city: dict[str, str]) -> str:
    """The name of a large town, beside its disc."""
    x, y = place(float(city["longitude"]), float(city["latitude"]))
    aside = radius(float(city["population"])) + 5
    levant = x > 1840 and y > 780
    return svg.text(
        x - aside if levant else x + aside,
        y + 7,
        NAMES[city["name"]],
        class_="city",
        text_anchor="end" if levant else "start",
    )


def key(right: int, people: int, words: str) -> str:
    """One circle of the key, with what it stands for."""
    size = radius(people)
    circle = svg.element("circle", cx=140 + right, cy=1128 - size, r=size, fill="none", stroke=INK, stroke_width=1.5)
    return circle + svg.text(140 + right, 1156, words, class_="small", text_anchor="middle")


def heading(cities: list[dict[str, str]]) -> str:
    """Title, subtitle, key and source, in the empty corners of the map."""
    total = sum(int(city["population"]) for city in cities)
    country = Counter(
        {
            code: sum(int(city["population"]) for city in cities if city["country_code"] == code)
            for code in {city["country_code"] for city in cities}
        }
    )
    french = {row["iso2"]: row["name_fr"] for row in tables.read_csv("countries.csv")}
    first = ", ".join(f"{french[code]} {svg.number(people / 1e6)}" for code, people in country.most_common(5))
    return "".join(
        [
            svg.element("rect", x=0, y=0, width=WIDTH, height=222, fill="#dbe8ea"),
            svg.text(
                60,
                96,
                f"Environ {svg.number(total / 1e6)} millions de voisins à moins de 25 km d’un port de Méditerranée",
                class_="title",
            ),
            svg.text(
                62,
                146,
                f"{len(cities)} villes de 15 000 habitants ou plus, à moins de 25 km d’un port en "
                "ligne droite. La surface d’un disque dit la population.",
                class_="sub",
            ),
            svg.text(62, 186, f"Les cinq premiers pays, en millions : {first}.", class_="sub"),
            svg.element("rect", x=0, y=1180, width=WIDTH, height=60, fill="#dbe8ea"),
            svg.text(
                62,
                1216,
                "Populations communales, d’années diverses ; quelques quartiers comptent comme des "
                "villes. Données : GeoNames (CC BY 4.0), searoute 1.6.0 (Apache-2.0), Natural Earth.",
                class_="note",
            ),
            *(
                key(*size)
                for size in ((0, 100000, "100 000"), (90, 1000000, "1 million"), (220, 5000000, "5 millions"))
            ),
        ]
    )
