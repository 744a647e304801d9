"""Memory of the web worker while it takes a 500 MB file: goal, less than 32 MiB more than before."""

import http.client
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, request

from bench.server import Server, installation, serve
from hackaviz.factory import create_app
from hackaviz.web.access import audience
from hackaviz.web.security import csrf
from hackaviz.web.storage import current_storage

MEBIBYTE = 1024 * 1024
SIZE = 500_000_000
BOUNDARY = "bench-boundary"
CHUNK = bytes(range(256)) * 4096
HEAD = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'.encode()
TAIL = f"\r\n--{BOUNDARY}--\r\n".encode()


def application() -> Flask:
    """The real application, and one more address that stores a file as an entry's is, for whoever asks."""
    app = create_app()

    @app.post("/bench/upload")
    @csrf.exempt
    @audience("public")
    def take() -> Response:
        blob = current_storage().write(request.files["file"].stream)
        return jsonify(bytes=blob.bytes)

    return app


def main() -> None:
    """Warm up with a small file, then send the large one."""
    with installation() as settings, serve("bench.upload:application()", settings) as server:
        send(server, 2 * MEBIBYTE)
        before, start = server.peak_bytes(), time.perf_counter()
        send(server, SIZE)
        seconds, grown = time.perf_counter() - start, server.peak_bytes() - before
    print(f"upload of {SIZE / 1e6:.0f} MB: worker grew by {grown / MEBIBYTE:.1f} MiB, {SIZE / 1e6 / seconds:.0f} MB/s")


def send(server: Server, size: int) -> None:
    """Post a file of `size` bytes as a browser does."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=300)
    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Content-Length": str(len(HEAD) + size + len(TAIL)),
    }
    connection.request("POST", "/bench/upload", body=_body(size), headers=headers)
    answer = connection.getresponse()
    if answer.status != http.HTTPStatus.OK or str(size).encode() not in answer.read():
        raise SystemExit(f"the upload failed: {answer.status} {answer.reason}")
    connection.close()


def _body(size: int) -> Iterator[bytes]:
    yield HEAD
    while size:
        chunk = CHUNK[:size]
        size -= len(chunk)
        yield chunk
    yield TAIL
