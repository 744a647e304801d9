"""A host that is not ours, on this machine: it answers as a test says, and tells what it was asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class OtherHost:
    """Where it is, what it answers by path, and the paths it was asked for, in order."""

    port: int
    answers: dict[str, Answer]
    asked: list[str] = field(default_factory=list)

    @property
    def place(self) -> tuple[str, int]:
        """For the `allow` of a fetcher."""
        return ("127.0.0.1", self.port)

    def url(self, path: str) -> str:
        """An address on it."""
        return f"http://127.0.0.1:{self.port}{path}"


def page(body: bytes, media_type: str = "text/plain", status: int = 200, **headers: str) -> Answer:
    """An answer with a body."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": media_type, "Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@contextmanager
def other_host(answers: dict[str, Answer]) -> Iterator[OtherHost]:
    """A server until the block ends; a path that has no answer is 404."""
    host: OtherHost

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host.asked.append(self.path)
            try:
                host.answers.get(self.path, page(b"", status=404))(self)
            except OSError:
                self.close_connection = True

        def log_message(self, *_arguments: Any) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host = OtherHost(server.server_port, answers)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
