"""AVIF: the towns around Mediterranean ports as lights. No coast is drawn; a glow keeps the format's many tones."""

import io
from math import log, pi, radians, tan

from PIL import Image

from hackaviz.demo.prepare import render, svg, tables

WIDTH, HEIGHT = 2000, 1180
WEST, EAST, SOUTH, NORTH = -7.5, 37.5, 29.2, 47.0
INK, QUIET, NIGHT = "#f6ecd8", "#93a2b4", "#070d18"
STYLE = f"""body {{ background: radial-gradient(120% 90% at 46% 60%, #0d1a2e, {NIGHT}) }}
text {{ font-family: Archivo; fill: {INK} }} .title {{ font: 600 78px Fraunces; letter-spacing: -1.4px }}
.sub {{ font-size: 27px; fill: {QUIET} }} .name {{ font-size: 21px; fill: #d8cdb9; font-weight: 500 }}
.note {{ font-size: 18px; fill: {QUIET} }} .halo {{ mix-blend-mode: screen }}"""
# Names beside the largest lights: how far right, how far down, and which end of the word stands there.
NAMED = {
    "Alexandria": ("Alexandrie", 0, 62, "middle"),
    "İzmir": ("Izmir", -34, -22, "end"),
    "Marseille": ("Marseille", -12, -38, "end"),
    "Barcelona": ("Barcelone", -40, -20, "end"),
    "Algiers": ("Alger", 0, 58, "middle"),
    "Naples": ("Naples", -30, 36, "end"),
    "Rome": ("Rome", -34, -8, "end"),
    "Athens": ("Athènes", 36, 16, "start"),
    "Beirut": ("Beyrouth", -40, 6, "end"),
    "Tripoli": ("Tripoli", 0, 56, "middle"),
    "Tunis": ("Tunis", -30, 30, "end"),
    "Tel Aviv": ("Tel-Aviv", -36, 10, "end"),
    "Valencia": ("Valence", -34, 8, "end"),
}


def draw() -> None:
    """Write works/les-ports-la-nuit/les-ports-la-nuit.avif."""
    cities = tables.read_csv("mediterranean-port-cities.csv")
    cities.sort(key=lambda city: int(city["population"]))
    drawing = definitions() + "".join(light(city) for city in cities) + "".join(names(cities)) + heading(cities)
    with render.opened(render.page(drawing, WIDTH, HEIGHT, STYLE), WIDTH, HEIGHT) as view:
        picture = Image.open(io.BytesIO(view.screenshot())).convert("RGB")
    picture.save(render.target("les-ports-la-nuit/les-ports-la-nuit.avif"), quality=62, speed=2)


def definitions() -> str:
    """One glow for all lights."""
    stops = ((0, "#fff6dd", 1), (0.16, "#ffd27a", 0.85), (0.45, "#e8863a", 0.28), (1, "#b2441f", 0))
    gradient = "".join(
        svg.element("stop", offset=offset, stop_color=colour, stop_opacity=opacity) for offset, colour, opacity in stops
    )
    return svg.element("defs", svg.element("radialGradient", gradient, id="glow"))


def place(city: dict[str, str]) -> svg.Point:
    """Pixels in the Mercator projection."""

    def height(latitude: float) -> float:
        return log(tan(pi / 4 + radians(latitude) / 2))

    x = WIDTH * (float(city["longitude"]) - WEST) / (EAST - WEST)
    up = (height(float(city["latitude"])) - height(SOUTH)) / (height(NORTH) - height(SOUTH))
    return round(x, 1), round(HEIGHT * (1 - up) * 0.86 + 170, 1)


def light(city: dict[str, str]) -> str:
    """A town: a halo whose area follows its people, and a bright middle."""
    x, y = place(city)
    people = int(city["population"])
    halo = round(4 + 0.052 * people**0.5, 1)
    return svg.element("circle", cx=x, cy=y, r=halo, fill="url(#glow)", class_="halo") + svg.element(
        "circle", cx=x, cy=y, r=round(0.8 + 0.0016 * people**0.5, 2), fill="#fffaf0"
    )


def names(cities: list[dict[str, str]]) -> list[str]:
    """Names of a dozen towns."""
    drawn = []
    for city in cities:
        name, right, down, anchor = NAMED.get(city["name"], ("", 0, 0, ""))
        if name and int(city["population"]) > 300_000:
            x, y = place(city)
            drawn.append(svg.text(x + right, y + down, name, class_="name", text_anchor=anchor))
    return drawn


def heading(cities: list[dict[str, str]]) -> str:
    """Title, what a light is, source."""
    people = round(sum(int(city["population"]) for city in cities) / 1_000_000)
    told = f"{svg.number(len(cities))} villes à moins de 25 km d’un port, {people} millions d’habitants. Un halo, une ville : sa surface suit sa population."
    return "".join(
        [
            svg.text(64, 118, "La nuit, les ports dessinent la mer", class_="title"),
            svg.text(66, 168, told, class_="sub"),
            svg.text(
                66,
                HEIGHT - 40,
                "Données : GeoNames (CC BY 4.0), villes de 15 000 habitants ou plus ; searoute 1.6.0. Projection de Mercator. Ce ne sont pas des lumières mesurées.",
                class_="note",
            ),
        ]
    )
