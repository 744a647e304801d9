"""The content host for one reader, the browser that takes pictures: the job process needs no web server for it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  the name is the library's
        """The files of a picture are of interest to nobody."""


@contextmanager
def served(content: Flask) -> Iterator[int]:
    """Serve an application on a free port of the loopback interface until the block ends."""
    server = make_server("127.0.0.1", 0, content, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
