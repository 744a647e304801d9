"""A line between a browser and a server that is as slow as a test wants, and that drops when it says so."""

import socket
import threading
import time
from contextlib import suppress

from tests.support.servers import free_port

PIECE = 16 * 1024


class Line:
    """Listens on a port of its own and passes everything on to `target`. `upwards` counts the bytes sent to it."""

    def __init__(self) -> None:
        self.port, self.target = free_port(), 0
        self.bytes_a_second: float | None = None
        self.upwards = 0
        self._open: set[socket.socket] = set()
        self._is_cut = False
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """Drop every connection in the middle of whatever it carries, and take no new one."""
        self._is_cut = True
        for end in list(self._open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Work again."""
        self._is_cut = False

    def close(self) -> None:
        """End it for good."""
        self.cut()
        # A listener that is only closed goes on waiting for the next connection.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self._listener.accept()
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near, suppress(OSError):
            if self._is_cut:
                return
            with socket.create_connection(("127.0.0.1", self.target)) as far:
                self._open |= {near, far}
                back = threading.Thread(target=self._pass_on, args=(far, near, False), daemon=True)
                back.start()
                self._pass_on(near, far, True)
                back.join()
                self._open -= {near, far}

    def _pass_on(self, source: socket.socket, sink: socket.socket, is_upwards: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                sink.sendall(piece)
                if is_upwards:
                    self.upwards += len(piece)
                    if self.bytes_a_second:
                        time.sleep(len(piece) / self.bytes_a_second)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)
