"""ZIP: static sites that read their own tables. Same sources, same bytes."""

import json
import os
import zipfile
from pathlib import Path

from hackaviz.demo.prepare import background, render, tables
from hackaviz.demo.prepare.works.reach import PORT_NAMES

SITES = Path(__file__).resolve().parents[1] / "sites"


def draw() -> None:
    """Write works/jours-de-mer/jours-de-mer.zip and works/deux-ports/deux-ports.zip."""
    table = (tables.FILES / "sea-distances-from-marseille.csv").read_bytes()
    built = dict.fromkeys((".html", ".js", ".css"), "jours-de-mer/dist/")
    pack("jours-de-mer", {"jours-de-mer/dist/data.csv": table, **project()}, built)
    data = {"data/links.csv": links(), "data/ports.csv": ports(), "data/land.json": coast()}
    pack("deux-ports", data, {".css": "css/", ".js": "js/"})


def project() -> dict[str, bytes]:
    """What stands beside a built site in a team's folder: a start page that shows nothing before it is built."""
    start = '<!doctype html>\n<html lang="fr">\n<meta charset="utf-8">\n<title>Jours de mer</title>\n'
    start += '<div id="app"></div>\n<script type="module" src="/src/main.js"></script>\n</html>\n'
    package = json.dumps({"name": "jours-de-mer", "private": True, "scripts": {"build": "vite build"}}, indent=1)
    script = (SITES / "jours-de-mer" / "script.js").read_bytes()
    files = {"index.html": start.encode(), "package.json": f"{package}\n".encode(), "src/main.js": script}
    return {f"jours-de-mer/{name}": content for name, content in files.items()}


def pack(slug: str, data: dict[str, bytes], folders: dict[str, str]) -> None:
    """Zip the site's sources and data, in order of name, all of one date."""
    sources = {folders.get(path.suffix, "") + path.name: path.read_bytes() for path in (SITES / slug).iterdir()}
    with zipfile.ZipFile(render.target(f"{slug}/{slug}.zip"), "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted((sources | data).items()):
            entry = zipfile.ZipInfo(name, render.THE_SAME_DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)


def links() -> bytes:
    """Port and French country name, for the Mediterranean."""
    rows = [
        f"{row['unlocode']},{row['linked_country_fr'].removeprefix('R.A.S. chinoise de ')}"
        for row in tables.read_csv("port-links.csv")
        if row["sea"] == "mediterranean"
    ]
    return "\n".join(["unlocode,country", *rows, ""]).encode()


def ports() -> bytes:
    """The linked ports of the Mediterranean, best linked first."""
    french = {row["iso2"]: row["name_fr"] for row in tables.read_csv("countries.csv")}
    kept = [
        row
        for row in tables.read_csv("world-ports.csv")
        if row["sea"] == "mediterranean" and int(row["linked_countries"])
    ]
    kept.sort(key=lambda row: (-int(row["linked_countries"]), row["name"]))
    rows = []
    for row in kept:
        name = PORT_NAMES.get(row["name"], row["name"])
        place = (row["longitude"], row["latitude"], row["linked_countries"])
        rows.append(",".join((row["unlocode"], name, french[row["country_code"]], *place)))
    return "\n".join(["unlocode,name,country,longitude,latitude,linked", *rows, ""]).encode()


def coast() -> bytes:
    """Rings of land around the basin at 1:50 million."""
    atlas = Path(os.environ.get("NPM", "node_modules")) / "world-atlas"
    rings = [ring for polygon in background.read_land(atlas, "50m") for ring in polygon]
    near = [near_basin(ring) for ring in rings if any(-8 < x < 39 and 28 < y < 48 for x, y in ring)]
    return json.dumps(near, separators=(",", ":")).encode()


def near_basin(ring: background.Ring) -> background.Ring:
    """A ring with its far points pressed onto a frame around the basin, so that the file stays small."""
    pressed = [(round(min(max(x, -10), 42), 2), round(min(max(y, 26), 50), 2)) for x, y in ring]
    return [point for index, point in enumerate(pressed) if index == 0 or point != pressed[index - 1]]
