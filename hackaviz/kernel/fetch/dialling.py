"""Connections that look where they go: the very address that is dialled is checked, so that no later answer of a
name server, and no redirection, leads inside.
"""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from hackaviz.kernel.fetch.addresses import is_public
from hackaviz.kernel.fetch.errors import AddressRefused, HostUnknown, TooSlow, Unreachable

CONNECT_SECONDS = 5.0
Place = tuple[str, int]
Resolve = Callable[[str, int], Sequence[Place]]


def resolve(host: str, port: int) -> Sequence[Place]:
    """The addresses of a host, as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((str(place[4][0]), port) for place in found))


class Deadline:
    """The end of one request, redirections included: then its connection is cut, whatever it waits for."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds
        self._held: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        for held in self._held:
            held.close()

    @property
    def left(self) -> float:
        """Seconds that remain; 0 once it is over."""
        return max(0.0, self._end - time.monotonic())

    @property
    def is_over(self) -> bool:
        """Whether no time remains."""
        return self.left == 0

    def watch(self, connection: socket.socket) -> None:
        """Cut this connection when the time is over; a copy is held, because TLS takes the socket itself away."""
        self._held.append(connection.dup())

    def _cut(self) -> None:
        for held in self._held:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True)
class Dialler:
    """Opens sockets to public addresses, and to those places that a caller allowed by name."""

    deadline: Deadline
    resolve: Resolve
    allow: frozenset[Place]

    def dial(self, host: str, port: int) -> socket.socket:
        """A connection. Raises AddressRefused, HostUnknown, Unreachable or TooSlow."""
        places = self._places(host, port)
        for place in places:
            if not is_public(place[0]) and place not in self.allow:
                raise AddressRefused(host)
        for place in places:
            with suppress(OSError):
                connection = socket.create_connection(place, timeout=self._patience(host))
                self.deadline.watch(connection)
                return connection
        raise Unreachable(host)

    def _places(self, host: str, port: int) -> Sequence[Place]:
        # A name server may take its time too, and the system's call has no end of its own.
        answer: list[Sequence[Place]] = []

        def ask() -> None:
            with suppress(OSError, UnicodeError):
                answer.append(self.resolve(host, port))

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(self._patience(host) * 2)
        if not answer or not answer[0]:
            raise HostUnknown(host)
        return answer[0]

    def _patience(self, host: str) -> float:
        if self.deadline.is_over:
            raise TooSlow(host, self.deadline.seconds)
        return min(CONNECT_SECONDS, self.deadline.left)


class _Guarded:
    """What both kinds of connection do instead of dialling by name."""

    dialler: Dialler
    host: str
    port: int

    def _new_conn(self) -> socket.socket:
        return self.dialler.dial(self.host.strip("[]").rstrip("."), self.port)


class GuardedConnection(_Guarded, HTTPConnection):
    """http."""


class GuardedSecureConnection(_Guarded, HTTPSConnection):
    """https; the certificate is that of the name, as usual."""


def open_pool(scheme: str, host: str, port: int, dialler: Dialler) -> HTTPConnectionPool:
    """A pool for one request to one host: no proxy, no retry, nothing kept afterwards."""
    secure = scheme == "https"
    pool_class: type[HTTPConnectionPool] = HTTPSConnectionPool if secure else HTTPConnectionPool
    pool = pool_class(host, port, maxsize=1, retries=False)
    connection: type[Any] = GuardedSecureConnection if secure else GuardedConnection
    pool.ConnectionCls = type("Connection", (connection,), {"dialler": dialler})
    return pool
