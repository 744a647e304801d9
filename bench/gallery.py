"""Anonymous page of a gallery of 1,000 entries, beside a bare page that lists 50 rows of the same database.

Both run under one gunicorn worker with the same settings, in turns. Goal: at least half as many requests a second.
"""

import http.client
import os
import statistics
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, jsonify, render_template
from jinja2 import DictLoader
from sqlalchemy import create_engine, insert, select, update

from bench.server import PORT, Server, installation, serve
from challenges.editions.rules import Phase
from hackaviz.kernel.database import open_engine, session_factory
from submissions.entries.models import Entry, EntryVersion, Upload, UploadState
from submissions.teams.models import Team
from submissions.viewer.models import Preview, PreviewState
from tests.factories import make_challenge, make_edition, make_person

ENTRIES, ROUNDS, REQUESTS = 1_000, 10, 150
SLUG = "bench"
ROWS = (
    "<!doctype html><title>Entries</title><table>{% for row in rows %}"
    "<tr><td>{{ row.number }}</td><td>{{ row.title }}</td><td>{{ row.name }}</td></tr>{% endfor %}</table>"
)


def bare() -> Flask:
    """Flask, SQLAlchemy Core and Jinja, and nothing else: 50 rows."""
    app = Flask("bare")
    app.jinja_loader = DictLoader({"rows.html": ROWS})
    engine = create_engine(os.environ["HACKAVIZ_DATABASE_URL"])
    query = select(Entry.number, Entry.title, Team.name).join(Team, Team.id == Entry.team_id).limit(50)

    @app.get("/healthz")
    def alive():  # noqa: ANN202
        return jsonify(ok=True)

    @app.get("/rows")
    def rows():  # noqa: ANN202
        with engine.connect() as connection:
            return render_template("rows.html", rows=connection.execute(query).all())

    return app


def fill(database_url: str) -> None:
    """An edition with results and 1,000 entries, row by row: the services would take minutes."""
    engine, now = open_engine(database_url), datetime.now(UTC)
    with session_factory(engine)() as session:
        edition, person = make_edition(session, Phase.RESULTS, now, slug=SLUG), make_person(session)
        challenges = [make_challenge(session, edition).id for _ in range(5)]
        rows: dict[Any, list[dict[str, Any]]] = {Team: [], Entry: [], Upload: [], EntryVersion: [], Preview: []}
        for number in range(1, ENTRIES + 1):
            for table, row in _rows(number, edition.id, challenges[number % 5], person.id, now).items():
                rows[table].append(row)
        for table, values in rows.items():
            session.execute(insert(table), values)
        session.execute(update(Entry).values(current_upload_id=Entry.id, current_version_id=Entry.id))
        session.commit()
    engine.dispose()


def _rows(number: int, edition: int, challenge: int, person: int, now: datetime) -> dict[Any, dict[str, Any]]:
    title, blank = f"Work number {number}", "0" * 64
    alternative = "A map of the Mediterranean in which the routes that are shared most often shine. " * 4
    key = {"id": number, "public_id": f"bench{number}"}
    entry = {"edition_id": edition, "challenge_id": challenge, "team_id": number, "number": number, "title": title}
    return {
        Team: key
        | {"edition_id": edition, "name": f"Team {number}", "folded_name": f"team {number}", "created_at": now},
        Entry: key | entry | {"created_at": now, "updated_at": now},
        Upload: key
        | {"entry_id": number, "sent_by_id": person, "file_name": "work.png", "bytes": 10, "sha256": blank}
        | {"state": UploadState.ACCEPTED, "kind": "image", "entry_point": "work.png", "report": {}, "received_at": now},
        EntryVersion: key
        | {"entry_id": number, "number": 1, "upload_id": number, "handed_in_at": now, "handed_in_by_id": person}
        | {"manifest": {"title": title, "text_alternative": alternative}, "manifest_sha256": blank}
        | {"signature": "", "request_key": str(number)},
        Preview: {"upload_id": number, "state": PreviewState.READY, "width": 1280, "height": 960, "pages": []},
    }


def main() -> None:
    """Measure in turns, so that what else the machine does falls on both."""
    with installation() as settings:
        fill(settings["HACKAVIZ_DATABASE_URL"])
        with serve("wsgi:app", settings) as site, serve("bench.gallery:bare()", settings, PORT + 1) as plain:
            speeds = measure({"gallery": (site, f"/editions/{SLUG}/gallery"), "bare": (plain, "/rows")})
    gallery, rows = (statistics.median(speeds[name]) for name in ("gallery", "bare"))
    ratio = statistics.median(ours / theirs for ours, theirs in zip(speeds["gallery"], speeds["bare"], strict=True))
    print(f"gallery of {ENTRIES}: {gallery:.0f} requests/s; bare page of 50 rows: {rows:.0f}; ratio {ratio:.2f}")


def measure(pages: dict[str, tuple[Server, str]]) -> dict[str, list[float]]:
    """The requests a second of each page, round by round."""
    speeds: dict[str, list[float]] = {name: [] for name in pages}
    for server, path in pages.values():
        requests_a_second(server, path, 20)
    for _ in range(ROUNDS):
        for name, (server, path) in pages.items():
            speeds[name].append(requests_a_second(server, path, REQUESTS))
    return speeds


def requests_a_second(server: Server, path: str, count: int) -> float:
    """Ask one after the other over one connection."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    start = time.perf_counter()
    for _ in range(count):
        connection.request("GET", path, headers={"Accept-Language": "en"})
        answer = connection.getresponse()
        if answer.status != http.HTTPStatus.OK or not answer.read():
            raise SystemExit(f"{path} answered {answer.status}")
    seconds = time.perf_counter() - start
    connection.close()
    return count / seconds
