"""Base map and long series: Natural Earth by world-atlas, Gapminder by plotly, CO2 and temperature by vega-datasets."""

import csv
import gzip
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from hackaviz.demo.prepare import places, tables

Ring = list[tuple[float, float]]


def decode_arcs(topology: dict[str, Any]) -> list[Ring]:
    """Arcs of a quantised TopoJSON file as longitude, latitude."""
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((round(x * scale_x + shift_x, 3), round(y * scale_y + shift_y, 3)))
        arcs.append(points)
    return arcs


def join_ring(indices: list[int], arcs: list[Ring]) -> Ring:
    """One closed ring from signed arc numbers (a negative one runs backwards)."""
    ring: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


def read_land(world_atlas: Path, scale: str) -> list[list[Ring]]:
    """Polygons of the land, each a list of rings, at scale '110m' or '50m'."""
    topology = json.loads((world_atlas / f"land-{scale}.json").read_text(encoding="utf-8"))
    arcs = decode_arcs(topology)
    shapes = topology["objects"]["land"]["geometries"]
    return [[join_ring(ring, arcs) for ring in polygon] for shape in shapes for polygon in shape["arcs"]]


def write_land(world_atlas: Path) -> None:
    """The world's land at 1:110 million, one feature a polygon."""
    features = [
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": polygon}, "properties": {"part": number}}
        for number, polygon in enumerate(read_land(world_atlas, "110m"), start=1)
    ]
    tables.write_geojson("world-land-110m.geojson", features)


def write_gapminder() -> None:
    """Population, life expectancy and income of the Mediterranean countries, every five years."""
    packed = files("plotly").joinpath("package_data/datasets/gapminder.csv.gz").read_bytes()
    iso2 = {row["iso3"]: row["iso2"] for row in tables.read_csv("countries.csv")}
    rows = [
        {
            "country": line["country"],
            "iso2": iso2.get(line["iso_alpha"], ""),
            "continent": line["continent"],
            "year": line["year"],
            "population": line["pop"],
            "life_expectancy": line["lifeExp"],
            "income_per_person": round(float(line["gdpPercap"])),
        }
        for line in csv.DictReader(gzip.decompress(packed).decode().splitlines())
        if iso2.get(line["iso_alpha"]) in places.MEDITERRANEAN
    ]
    tables.write_csv("gapminder-mediterranean.csv", tuple(rows[0]), rows)


def write_climate(vega_datasets: Path) -> None:
    """Carbon dioxide by month and temperature by year."""
    with (vega_datasets / "co2-concentration.csv").open(encoding="utf-8") as stream:
        carbon = [
            {"month": line["Date"][:7], "co2_ppm": line["CO2"], "co2_ppm_season_removed": line["adjusted CO2"]}
            for line in csv.DictReader(stream)
        ]
    tables.write_csv("mauna-loa-co2.csv", tuple(carbon[0]), carbon)
    with (vega_datasets / "global-temp.csv").open(encoding="utf-8") as stream:
        warmth = [{"year": line["year"], "anomaly_celsius": line["temp"]} for line in csv.DictReader(stream)]
    tables.write_csv("global-temperature.csv", tuple(warmth[0]), warmth)
