"""MP4: the sea as a ship from Marseille reaches it, hour after hour, at 14 knots."""

import json
import subprocess
from typing import Any

import imageio_ffmpeg

from hackaviz.demo.prepare import graph, render, svg, tables

WIDTH, HEIGHT, RATE, SECONDS, HELD, BLINK = 1280, 720, 24, 11, 2, 10
KNOTS_PER_DAY = 14 * 24 * 1.852
WORLD = svg.WorldMap(scale=226, left=640, top=452, middle=30)
HOME = (5.355, 43.292)
PORTS = ("Singapore", "Shanghai", "Rotterdam", "New York", "Santos", "Sydney", "Mumbai", "Durban", "Callao", "Busan")
PAGE = """<!doctype html><meta charset="utf-8"><style>%(fonts)s * { margin: 0 } body { background: #071521 }</style>
<canvas width="1280" height="720"></canvas><script>
const sea = %(sea)s, land = new Path2D(%(land)s), pen = document.querySelector("canvas").getContext("2d");
const colours = ["#ffd37a", "#ff9f5a", "#ef6a6f", "#b55a9a", "#6f5bb0", "#3f6fb8"], perDay = %(perDay)s;
function draw(day) {
  pen.fillStyle = "#071521"; pen.fillRect(0, 0, 1280, 720); pen.fillStyle = "#132636"; pen.fill(land);
  const reach = day * perDay;
  pen.lineCap = "round"; pen.lineWidth = 1.7;
  for (const [x1, y1, x2, y2, from, to] of sea.edges) {
    if (from >= reach) continue;
    const part = Math.min(1, (reach - from) / Math.max(to - from, 1)), age = from / perDay;
    pen.strokeStyle = colours[Math.min(5, Math.floor(age / 6))]; pen.globalAlpha = 0.8;
    pen.beginPath(); pen.moveTo(x1, y1); pen.lineTo(x1 + part * (x2 - x1), y1 + part * (y2 - y1)); pen.stroke();
  }
  pen.globalAlpha = 1; words(day, reach);
}
function words(day, reach) {
  let reached = 0; pen.font = "600 17px Archivo"; pen.textAlign = "left";
  for (const [x, y, far, name] of sea.ports) {
    if (far > reach) continue;
    reached += 1; pen.fillStyle = "#ffffff"; pen.beginPath(); pen.arc(x, y, name ? 4 : 2.2, 0, 7); pen.fill();
    if (name) { pen.strokeStyle = "#071521"; pen.lineWidth = 5; pen.strokeText(name, x + 9, y - 7); pen.fillText(name, x + 9, y - 7); }
  }
  pen.fillStyle = "#f4efe6"; pen.font = "700 38px Archivo"; pen.fillText("Où peut-on être, parti de Marseille ?", 44, 62);
  pen.fillStyle = "#9fb2c0"; pen.font = "20px Archivo"; pen.fillText("À 14 nœuds sans escale, par le plus court chemin de mer. Une couleur, six jours.", 44, 94);
  pen.fillStyle = "rgba(7, 21, 33, .82)"; pen.fillRect(30, 566, 400, 112);
  pen.fillRect(30, 678, 600, 30);
  pen.fillStyle = "#ffd37a"; pen.font = "800 64px Archivo"; pen.fillText("jour " + Math.floor(day), 44, 628);
  pen.fillStyle = "#f4efe6"; pen.font = "22px Archivo"; pen.fillText(reached + " des " + sea.ports.length + " ports du tableau atteints", 44, 662);
  pen.fillStyle = "#7f93a1"; pen.font = "15px Archivo"; pen.fillText("Données : searoute 1.6.0 (Apache-2.0), Natural Earth. Passage du Nord-Ouest fermé.", 44, 697);
}
</script>"""


def draw() -> None:
    """Write works/jour-apres-jour/jour-apres-jour.mp4."""
    sea = gather()
    last = max(far for *_place, far, _name in sea["ports"]) / KNOTS_PER_DAY + 0.5
    coast = svg.land(WORLD).split('d="')[1].split('"')[0]
    facts = {"fonts": render.font_faces(), "sea": json.dumps(sea), "land": json.dumps(coast), "perDay": KNOTS_PER_DAY}
    moments = [last * (number / (RATE * SECONDS - 1)) ** 1.25 for number in range(RATE * SECONDS)]
    # The end comes first, for a blink: it is the picture that stands for the film.
    told = [last] * BLINK + moments + [last] * (RATE * HELD)
    with render.opened(PAGE % facts, WIDTH, HEIGHT) as view, encoder() as film:
        view.evaluate("document.fonts.load('700 38px Archivo')")
        stream = film.stdin
        assert stream is not None
        for day in told:
            view.evaluate("day => draw(day)", day)
            stream.write(view.screenshot())
        stream.close()
        film.wait()


def encoder() -> "subprocess.Popen[bytes]":
    """H.264, which every browser plays, slow and small, fed with PNG images; it begins to play before it is whole."""
    words = f"-y -loglevel error -f image2pipe -framerate {RATE} -c:v png -i - -c:v libx264 -crf 27 -preset veryslow"
    words += (
        " -tune animation -g 240 -pix_fmt yuv420p -movflags +faststart -threads 1 -fflags +bitexact -flags +bitexact"
    )
    target = str(render.target("jour-apres-jour/jour-apres-jour.mp4"))
    return subprocess.Popen([imageio_ffmpeg.get_ffmpeg_exe(), *words.split(), target], stdin=subprocess.PIPE)


def gather() -> dict[str, list[list[Any]]]:
    """Stretches of sea with the kilometres at both ends, and ports with theirs."""
    network = graph.read_network()
    start = network.nearest([HOME])[0]
    far, _before = network.routes_from(start, frozenset({"northwest"}))
    edges: list[list[Any]] = []
    for row in tables.read_csv("maritime-network.csv"):
        ends = [(float(row[f"{end}_longitude"]), float(row[f"{end}_latitude"])) for end in ("from", "to")]
        if row["passage"] == "northwest" or not all(end in far for end in ends) or WORLD.crosses_seam(*ends):
            continue
        near, away = sorted(ends, key=lambda end: far[end])
        edges.append([*WORLD.place(*near), *WORLD.place(*away), round(far[near]), round(far[away])])
    rows = tables.read_csv("sea-distances-from-marseille.csv")
    ports: list[list[Any]] = [
        [
            *WORLD.place(float(row["longitude"]), float(row["latitude"])),
            int(row["sea_kilometres"]),
            row["port"] if row["port"] in PORTS else "",
        ]
        for row in rows
    ]
    return {"edges": edges, "ports": ports}
