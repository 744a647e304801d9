"""Memory of the web worker while a team sends a 500 MB file to its entry: goal, less than 32 MiB more than before.

The file is what no contest accepts, so it is refused once it has arrived whole and was looked into: it travels the same
way as one that is accepted, up to the storage.
"""

import http.client
import os
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import Flask

from bench.server import Server, installation, serve
from hackaviz.factory import create_app
from hackaviz.kernel.database import open_engine, session_factory
from hackaviz.settings import Settings
from tests.factories import make_challenge, make_edition, make_entry, make_team

MEBIBYTE = 1024 * 1024
SIZE = 500_000_000
CHUNK = bytes(range(256)) * 4096


def application() -> Flask:
    """The real application, with a limit that lets the file through, and forms without token."""
    app = create_app()
    app.config.update(UPLOAD_LIMIT_BYTES=2 * SIZE, WTF_CSRF_ENABLED=False)
    return app


def main() -> None:
    """Warm up with a small file, then send the large one."""
    with installation() as settings:
        address, cookie = _captain(settings)
        with serve("bench.upload:application()", settings) as server:
            send(server, address, cookie, 2 * MEBIBYTE)
            before, start = server.peak_bytes(), time.perf_counter()
            send(server, address, cookie, SIZE)
            seconds, grown = time.perf_counter() - start, server.peak_bytes() - before
    print(f"upload of {SIZE / 1e6:.0f} MB: worker grew by {grown / MEBIBYTE:.1f} MiB, {SIZE / 1e6 / seconds:.0f} MB/s")


def _captain(settings: dict[str, str]) -> tuple[str, str]:
    """A team's captain, signed in: where their files go, and their cookie."""
    with session_factory(open_engine(settings["HACKAVIZ_DATABASE_URL"]))() as session:
        edition = make_edition(session)
        challenge = make_challenge(session, edition)
        entry = make_entry(session, make_team(session, edition, challenge=challenge), challenge)
        session.commit()
        kept = {"_user_id": entry.team.captain.get_id(), "_fresh": True}
        address = f"/entries/{entry.public_id}/upload?name=large.png"
    app = create_app(Settings.from_env(dict(os.environ) | settings))
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return address, f"session={serializer.dumps(kept)}"


def send(server: Server, address: str, cookie: str, size: int) -> None:
    """Post `size` bytes as the page's script does; the answer must say that this is no picture."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=300)
    headers = {"Content-Type": "application/octet-stream", "Content-Length": str(size), "Cookie": cookie}
    connection.request("POST", address, body=_body(size), headers=headers)
    answer = connection.getresponse()
    if answer.status != http.HTTPStatus.UNPROCESSABLE_ENTITY:
        raise SystemExit(f"the upload failed: {answer.status} {answer.reason}")
    connection.close()


def _body(size: int) -> Iterator[bytes]:
    while size:
        chunk = CHUNK[:size]
        size -= len(chunk)
        yield chunk
