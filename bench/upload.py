"""A file of 1 GB through the application, beside a bare Flask view that hashes, writes and fsyncs the same stream.

Both run under one gunicorn worker with the same settings, in turns; the file goes to the application as browsers send
it, by tus, up to the answer that all of it is durable. Goals: at least 80 % of the bare view's speed, and less than
16 MiB more memory at the worker's peak.
"""

import hashlib
import http.client
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, jsonify, request

from bench.server import PORT, Server, installation, serve
from hackaviz.factory import create_app
from hackaviz.kernel.database import open_engine, session_factory
from tests.factories import make_challenge, make_edition, make_entry, make_team
from tests.support.tus import PIECE, TusClient

MEBIBYTE = 1024 * 1024
SIZE, WARM_UP, ROUNDS = 1_000_000_000, 8 * MEBIBYTE, 3
CHUNK = bytes(range(256)) * 4096


def application() -> Flask:
    """The real application, with a limit that lets the file through."""
    app = create_app()
    app.config.update(UPLOAD_LIMIT_BYTES=2 * SIZE)
    return app


def bare() -> Flask:
    """Flask and nothing else: hash, write, fsync, answer."""
    app = Flask("bare")
    folder = os.environ["HACKAVIZ_STORAGE_URL"].removeprefix("file://")
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103

    @app.get("/healthz")
    def alive():  # noqa: ANN202
        return jsonify(ok=True)

    @app.patch("/")
    def receive():  # noqa: ANN202
        digest = hashlib.sha256()
        with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
            while chunk := request.stream.read(MEBIBYTE):
                digest.update(chunk)
                file.write(chunk)
            os.fsync(file.fileno())
        return digest.hexdigest()

    return app


def main() -> None:
    """Warm up with a small file, then send the large one, in turns."""
    with installation() as settings:
        ours = _captain(settings)
        with (
            serve("bench.upload:application()", settings) as site,
            serve("bench.upload:bare()", settings, PORT + 1) as plain,
        ):
            client = TusClient(urlsplit(site.url).netloc, settings, ours["captain"])
            send_to_site(client, ours["entry"], WARM_UP)
            send_to_bare(plain, WARM_UP)
            before = site.peak_bytes()
            rounds = [(send_to_site(client, ours["entry"], SIZE), send_to_bare(plain, SIZE)) for _ in range(ROUNDS)]
            grown = site.peak_bytes() - before
    site_speed, bare_speed = (SIZE / 1e6 / statistics.median(seconds) for seconds in zip(*rounds, strict=True))
    ratio = statistics.median(bare_seconds / site_seconds for site_seconds, bare_seconds in rounds)
    speeds = f"{site_speed:.0f} MB/s through the application, {bare_speed:.0f} MB/s through a bare view"
    memory = f"worker grew by {grown / MEBIBYTE:.1f} MiB"
    print(f"upload of {SIZE / 1e6:.0f} MB: {speeds}; ratio {ratio:.2f}; {memory}")
    # The job process hashes once the file is whole, while the worker receives others: what one file alone waits for.
    hashed = SIZE / 1e6 / (SIZE / 1e6 / site_speed + seconds_to_hash(SIZE))
    print(f"received and then hashed: {hashed:.0f} MB/s; ratio {hashed / bare_speed:.2f}")


def _captain(settings: dict[str, str]) -> dict[str, Any]:
    """A team's captain, and their entry."""
    with session_factory(open_engine(settings["HACKAVIZ_DATABASE_URL"]))() as session:
        edition = make_edition(session)
        challenge = make_challenge(session, edition)
        entry = make_entry(session, make_team(session, edition, challenge=challenge), challenge)
        found = {"captain": entry.team.captain, "entry": entry.public_id}
        session.commit()
    return found


def send_to_site(client: TusClient, entry: str, size: int) -> float:
    """Seconds until the application says that every byte is durable. The file is then cancelled or left to no job."""
    start = time.perf_counter()
    address = client.begin(entry, size, name="large.png")
    sizes = {"Upload_Offset": "0", "Content_Length": str(size), "Content_Type": PIECE}
    answer = client.ask("PATCH", address, body=_body(size), **sizes)
    if answer.headers.get("Upload-Offset") != str(size):
        raise SystemExit(f"the upload failed: {answer}")
    return time.perf_counter() - start


def send_to_bare(server: Server, size: int) -> float:
    """Seconds until the bare view answers."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=300)
    headers = {"Content-Type": "application/octet-stream", "Content-Length": str(size)}
    connection.request("PATCH", "/", body=_body(size), headers=headers)
    answer = connection.getresponse()
    if answer.status != http.HTTPStatus.OK or len(answer.read()) != 64:
        raise SystemExit(f"the upload failed: {answer.status} {answer.reason}")
    connection.close()
    return time.perf_counter() - start


def seconds_to_hash(size: int) -> float:
    """Seconds to read a file that is here and compute its SHA-256, as the job does for the receipt."""
    with tempfile.TemporaryFile() as file:
        file.writelines(_body(size))
        file.seek(0)
        start = time.perf_counter()
        hashlib.file_digest(file, "sha256")
        return time.perf_counter() - start


def _body(size: int) -> Iterator[bytes]:
    while size:
        chunk = CHUNK[:size]
        size -= len(chunk)
        yield chunk
