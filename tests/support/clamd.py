"""A scanner that speaks as clamd does, on a socket of its own, and knows one signature."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
LIMIT = 1_000_000


class _Answer(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(size)
            if len(content) > LIMIT:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0")


@contextmanager
def clamd(path: Path | None = None) -> Iterator[str]:
    """The address of a scanner, at a path or at a free port, until the block ends."""
    if path is not None:
        server: socketserver.BaseServer = socketserver.ThreadingUnixStreamServer(str(path), _Answer)
        url = f"unix:{path}"
    else:
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Answer)
        url = f"tcp://127.0.0.1:{server.server_address[1]}"  # type: ignore[index]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield url
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
