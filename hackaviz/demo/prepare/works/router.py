"""HTML: a router of sea routes that runs in the page. Gathers network, ports and land for it."""

import base64
import json
from collections import defaultdict
from pathlib import Path

from hackaviz.demo.prepare import graph, render, svg, tables

PAGES = Path(__file__).resolve().parents[1] / "pages"
GATES = ("suez", "babalmandab", "gibraltar", "panama", "malacca", "dardanelles")


def draw() -> None:
    """Write works/fermez-un-passage/fermez-un-passage.html."""
    fill("fermez-un-passage", gather())


def fill(slug: str, data: object) -> None:
    """Put the font and the data into a page and write it."""
    source = (PAGES / f"{slug}.html").read_text(encoding="utf-8")
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    render.target(f"{slug}/{slug}.html").write_text(
        source.replace("/*FONT*/", font_face()).replace("/*DATA*/null", written), encoding="utf-8"
    )


def font_face() -> str:
    """Archivo inside the page, with its licence."""
    font = base64.b64encode((render.FONTS / "archivo/files/archivo-latin-wght-normal.woff2").read_bytes()).decode()
    source = f'url("data:font/woff2;base64,{font}") format("woff2")'
    licence = "/* Archivo, SIL Open Font License 1.1, The Archivo Project Authors */"
    return f"{licence}\n@font-face {{ font-family: Archivo; font-weight: 100 900; src: {source} }}"


def gather() -> dict[str, object]:
    """Nodes in hundredths of a degree, edges as pairs of node numbers, passages as edge numbers, ports with a node."""
    rows = tables.read_csv("maritime-network.csv")
    numbers: dict[graph.Node, int] = {}
    edges: list[int] = []
    gates: dict[str, list[int]] = defaultdict(list)
    places: dict[str, graph.Node] = {}
    for row in rows:
        ends = [(float(row[f"{end}_longitude"]), float(row[f"{end}_latitude"])) for end in ("from", "to")]
        if row["passage"] in (*GATES, "northwest"):
            gates[row["passage"]].append(len(edges) // 2)
            places[row["passage"]] = ends[0]
        edges += [numbers.setdefault(end, len(numbers)) for end in ends]
    ports = tables.read_csv("sea-distances-from-marseille.csv")
    network = graph.read_network()
    nearest = network.nearest(
        [(float(port["longitude"]), float(port["latitude"])) for port in ports] + [(5.355, 43.292)]
    )
    listed = [
        [port["port"], port["country_fr"], float(port["longitude"]), float(port["latitude"]), numbers[node]]
        for port, node in zip(ports, nearest, strict=False)
    ]
    land = [
        [round(10 * value) for point in ring for value in point]
        for ring in svg.read_rings()
        if len(ring) > 5 and max(point[1] for point in ring) > -60
    ]
    nodes = [round(100 * value) for node in numbers for value in node]
    return {
        "start": numbers[nearest[-1]],
        "nodes": nodes,
        "edges": edges,
        "gates": gates,
        "places": {gate: places[gate] for gate in GATES},
        "ports": listed,
        "land": land,
    }
