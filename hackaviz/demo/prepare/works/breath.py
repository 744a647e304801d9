"""Animated GIF: each year of carbon dioxide at Mauna Loa is a breath, and each breath starts higher."""

import io
from collections import defaultdict

from PIL import Image

from hackaviz.demo.prepare import render, svg, tables

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 840, 640, 70, 800, 170, 560
LOWEST, HIGHEST = 310, 430
INK, PAPER, GONE, NOW = "#f4efe6", "#16212b", "#4d6672", "#ffb454"
MONTHS = "JFMAMJJASOND"
STYLE = f"""body {{ background: {PAPER} }} text {{ font-family: Archivo; fill: {INK} }}
.title {{ font-size: 34px; font-weight: 700; letter-spacing: -.6px }} .sub {{ font-size: 18px; fill: #a9b9c1 }}
.year {{ font-size: 92px; font-weight: 800; fill: {NOW} }} .axis {{ font-size: 16px; fill: #a9b9c1 }}"""
FRAME, HOLD = 130, 3000


def draw() -> None:
    """Write works/la-terre-respire/la-terre-respire.gif: a frame a year, the last one held."""
    years = breaths()
    frames = []
    with render.opened(render.page("", WIDTH, HEIGHT, STYLE), WIDTH, HEIGHT) as view:
        for shown in years:
            view.evaluate("drawing => document.querySelector('svg').innerHTML = drawing", frame(years, shown))
            frames.append(Image.open(io.BytesIO(view.screenshot())).convert("RGB"))
    palette = frames[-1].quantize(24, dither=Image.Dither.NONE)
    still = [each.quantize(palette=palette, dither=Image.Dither.NONE) for each in frames]
    lasting = [FRAME] * (len(still) - 1) + [HOLD]
    path = render.target("la-terre-respire/la-terre-respire.gif")
    still[0].save(path, save_all=True, append_images=still[1:], duration=lasting, loop=0, optimize=True)


def breaths() -> dict[int, list[tuple[int, float]]]:
    """Month and parts per million, by year; only years with all their months."""
    years: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for row in tables.read_csv("mauna-loa-co2.csv"):
        year, month = map(int, row["month"].split("-"))
        years[year].append((month, float(row["co2_ppm"])))
    return {year: values for year, values in years.items() if len(values) == 12}


def place(month: int, value: float) -> svg.Point:
    """Pixels of a month and a value."""
    x = LEFT + (RIGHT - LEFT) * (month - 1) / 11
    return round(x, 1), round(BOTTOM - (BOTTOM - TOP) * (value - LOWEST) / (HIGHEST - LOWEST), 1)


def curve(values: list[tuple[int, float]], **attributes: object) -> str:
    """One year as a line."""
    path = "M" + "L".join(f"{x} {y}" for x, y in (place(*value) for value in values))
    return svg.element("path", d=path, fill="none", stroke_linejoin="round", stroke_linecap="round", **attributes)


def frame(years: dict[int, list[tuple[int, float]]], shown: int) -> str:
    """All years up to the one shown."""
    past = [curve(values, stroke=GONE, stroke_width=1.6) for year, values in years.items() if year < shown]
    low, high = (svg.decimal(pick(value for _month, value in years[shown])) for pick in (min, max))
    return "".join(
        [
            svg.text(LEFT - 26, 62, "Chaque année, la Terre respire plus haut", class_="title"),
            svg.text(
                LEFT - 26, 96, f"CO₂ dans l’air à Mauna Loa : de {low} à {high} parties par million", class_="sub"
            ),
            *(axis(value) for value in (320, 350, 380, 410)),
            *(
                svg.text(place(number, LOWEST)[0], BOTTOM + 30, name, class_="axis", text_anchor="middle")
                for number, name in enumerate(MONTHS, 1)
            ),
            *past,
            curve(years[shown], stroke=NOW, stroke_width=4.5),
            svg.text(RIGHT, BOTTOM - 24, str(shown), class_="year", text_anchor="end"),
            svg.text(
                LEFT - 26,
                HEIGHT - 18,
                "Données : Scripps CO₂ Program (CC BY 4.0), par vega-datasets 3.2.1",
                class_="axis",
            ),
        ]
    )


def axis(value: int) -> str:
    """A level, with its figure."""
    y = place(1, value)[1]
    return svg.line((LEFT, y), (RIGHT, y), stroke="#26353f") + svg.text(
        LEFT - 10, y + 5, str(value), class_="axis", text_anchor="end"
    )
