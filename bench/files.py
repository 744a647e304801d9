"""Files of a site as the content host serves them, beside the same files from a bare Flask view.

Both run under one gunicorn worker with the same settings, in turns. Goal: at least 70 % of its requests a second.
"""

import http.client
import os
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, jsonify, send_from_directory

from bench.server import PORT, Server, installation, serve
from challenges.editions.rules import Phase
from hackaviz.factory import create_app
from hackaviz.kernel.storage import open_storage
from hackaviz.settings import Settings
from hackaviz.web.database import sessions
from submissions.viewer.addresses import work_url
from tests.factories import make_challenge, make_edition, make_entry, make_team
from tests.support.uploads import zip_bytes
from tests.support.works import send_work

ROUNDS, TIMES = 10, 12
FOLDER = "HACKAVIZ_BENCH_FOLDER"
CHANCE = random.Random(2026)


def _lines(count: int, pattern: str) -> bytes:
    """Lines that do not pack as if they were a bomb."""
    return "".join(pattern.format(CHANCE.random(), CHANCE.random()) for _ in range(count)).encode()


# A page, scripts, sheets and data as works have them, from 1 kB to 2 MB.
SITE = {
    "index.html": b"<!doctype html><title>Site</title>" + _lines(100, "<p>{} {}</p>\n"),
    "app.js": _lines(3_000, "export const port = [{}, {}];\n"),
    "look.css": _lines(200, ".port {{ top: {}px; left: {}px }}\n"),
    "data.csv": _lines(8_000, "Fos;{};{}\n"),
    "points.geojson": b'{"type":"MultiPoint","coordinates":[' + _lines(40_000, "[{},{}],\n") + b"[5.3,43.3]]}",
    "photo.bin": CHANCE.randbytes(500_000),
    **{f"chunk-{number}.js": _lines(40, "export const a = [{}, {}];\n") for number in range(10)},
}


def bare() -> Flask:
    """The same files from a folder, by Flask's own function."""
    app = Flask("bare")

    @app.get("/healthz")
    def alive():  # noqa: ANN202
        return jsonify(ok=True)

    @app.get("/files/<path:path>")
    def file(path: str):  # noqa: ANN202
        return send_from_directory(os.environ[FOLDER], path, conditional=True, max_age=3600)

    return app


def fill(settings: dict[str, str]) -> str:
    """A work that was handed in; its path below the content host."""
    app = create_app(Settings.from_env(os.environ | settings | _names(PORT)))
    storage = open_storage(settings["HACKAVIZ_STORAGE_URL"])
    with app.app_context(), sessions().writing() as session:
        challenge = make_challenge(session, make_edition(session, Phase.RESULTS, datetime.now(UTC)))
        entry = make_entry(session, make_team(session, challenge.edition), challenge)
        upload = send_work(session, storage, entry, "site.zip", zip_bytes(SITE))
        url = work_url(upload, datetime.now(UTC))
        session.commit()
    return urlsplit(url).path.removesuffix("index.html")


def _names(port: int) -> dict[str, str]:
    return {"HACKAVIZ_BASE_URL": f"http://127.0.0.1:{port}", "HACKAVIZ_CONTENT_URL": f"http://localhost:{port}"}


def main() -> None:
    """Measure in turns, so that what else the machine does falls on both."""
    with installation() as settings, tempfile.TemporaryDirectory(prefix="hackaviz-bench-") as folder:
        for name, content in SITE.items():
            Path(folder, name).write_bytes(content)
        settings |= {FOLDER: folder}
        top = fill(settings)
        with serve("wsgi:app", settings) as site, serve("bench.files:bare()", settings, PORT + 1) as plain:
            speeds = measure({"ours": (site, "localhost", top), "bare": (plain, "127.0.0.1", "/files/")})
    ours, theirs = (statistics.median(speeds[name]) for name in ("ours", "bare"))
    ratio = statistics.median(our / their for our, their in zip(speeds["ours"], speeds["bare"], strict=True))
    print(f"files of a site: {ours:.0f} requests/s; the same from a bare view: {theirs:.0f}; ratio {ratio:.2f}")


def measure(places: dict[str, tuple[Server, str, str]]) -> dict[str, list[float]]:
    """The requests a second of each place, round by round."""
    speeds: dict[str, list[float]] = {name: [] for name in places}
    for place in places.values():
        requests_a_second(*place, times=1)
    for _ in range(ROUNDS):
        for name, place in places.items():
            speeds[name].append(requests_a_second(*place, times=TIMES))
    return speeds


def requests_a_second(server: Server, host: str, top: str, *, times: int) -> float:
    """Ask for every file in turn over one connection, each time whole and as it is."""
    port = urlsplit(server.url).port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    start = time.perf_counter()
    for _ in range(times):
        for name, content in SITE.items():
            connection.request("GET", top + name, headers={"Host": f"{host}:{port}"})
            answer = connection.getresponse()
            if answer.status != http.HTTPStatus.OK or len(answer.read()) != len(content):
                raise SystemExit(f"{top}{name} answered {answer.status}")
    seconds = time.perf_counter() - start
    connection.close()
    return times * len(SITE) / seconds
