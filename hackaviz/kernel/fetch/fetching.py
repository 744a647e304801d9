"""Fetch one address into a file, within limits."""

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urljoin

from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Timeout, Url, parse_url

from hackaviz.kernel.fetch.dialling import Deadline, Dialler, Place, Resolve, open_pool, resolve
from hackaviz.kernel.fetch.errors import (
    AddressNotWeb,
    HostNotAllowed,
    Refused,
    TooManyBytes,
    TooManyRedirects,
    TooSlow,
    Unreachable,
)

PORTS = {"http": 80, "https": 443}
LOWEST_OTHER_PORT = 1024
REDIRECTIONS = {301, 302, 303, 307, 308}
# Whole, in part, or empty where the first byte was asked for.
ANSWERING = {200, 206, 416}
CHUNK_BYTES = 64 * 1024
SILENCE_SECONDS = 10.0
FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True)
class FetchLimits:
    """What one fetch may use: `bytes` as sent and once unpacked, `seconds` from the first name to the last byte."""

    bytes: int = 50 << 20
    seconds: float = 30.0
    redirects: int = 5


@dataclass(frozen=True)
class Fetched:
    """What came: the address that answered in the end, its media type as stated, and the bytes that were written."""

    url: str
    media_type: str
    bytes: int
    sha256: str
    headers: Mapping[str, str]


def _anywhere(_host: str) -> bool:
    return True


@dataclass(frozen=True)
class Fetcher:
    """Fetches from public hosts over http and https. It reads no proxy from the environment and keeps no cookie.

    `may_visit` decides on the host of every hop. `allow` names places (address, port) that are visited although they
    are not public: the local servers of tests.
    """

    agent: str = "Hackaviz/1.0"
    limits: FetchLimits = FetchLimits()
    may_visit: Callable[[str], bool] = _anywhere
    resolve: Resolve = resolve
    allow: frozenset[Place] = frozenset()

    def fetch(self, url: str, target: BinaryIO, headers: Mapping[str, str] | None = None) -> Fetched:
        """Write what is at `url` to `target`. Raises a FetchError; then what was written means nothing."""
        with self._last_answer(url, headers or {}) as (place, answer):
            return self._kept(place, answer, target)

    def probe(self, url: str) -> None:
        """Ask whether `url` answers, and read none of it. Raises a FetchError when it does not."""
        # Many hosts refuse HEAD, and answer a GET of the first byte.
        with self._last_answer(url, {"Range": "bytes=0-0"}) as (place, answer):
            if answer.status not in ANSWERING:
                raise Refused(place.host or "", answer.status)

    @contextmanager
    def _last_answer(self, url: str, headers: Mapping[str, str]) -> Iterator[tuple[Url, BaseHTTPResponse]]:
        """What answers in the end, after redirections, and where."""
        with Deadline(self.limits.seconds) as deadline:
            dialler = Dialler(deadline, self.resolve, self.allow)
            for _hop in range(self.limits.redirects + 1):
                place = self._accepted(url)
                with self._answer(place, dialler, headers) as answer:
                    if answer.status not in REDIRECTIONS or "location" not in answer.headers:
                        yield place, answer
                        return
                    url = urljoin(place.url, answer.headers["location"])
        raise TooManyRedirects(place.host or "")

    def _kept(self, place: Url, answer: BaseHTTPResponse, target: BinaryIO) -> Fetched:
        host = place.host or ""
        if answer.status != 200:
            raise Refused(host, answer.status)
        written, digest = self._copy(answer, target, host)
        return Fetched(place.url, answer.headers.get("content-type", ""), written, digest, answer.headers)

    def _accepted(self, url: str) -> Url:
        """The address as it will be dialled. Raises AddressNotWeb or HostNotAllowed."""
        try:
            place = parse_url(url)
        except LocationParseError:
            raise AddressNotWeb(url) from None
        port = place.port or PORTS.get(place.scheme or "", 0)
        if FORBIDDEN.search(url) or place.scheme not in PORTS or not place.host or place.auth:
            raise AddressNotWeb(url)
        if port not in PORTS.values() and port < LOWEST_OTHER_PORT:
            raise AddressNotWeb(url)
        if not self.may_visit(place.host):
            raise HostNotAllowed(place.host)
        return place._replace(fragment=None)

    @contextmanager
    def _answer(self, place: Url, dialler: Dialler, headers: Mapping[str, str]) -> Iterator[BaseHTTPResponse]:
        host, scheme = place.host or "", place.scheme or ""
        pool = open_pool(scheme, host, place.port or PORTS[scheme], dialler)
        sent = {"User-Agent": self.agent, "Accept": "*/*", "Accept-Encoding": "gzip", **headers}
        try:
            answer = pool.urlopen(
                "GET",
                place.request_uri,
                headers=sent,
                redirect=False,
                preload_content=False,
                timeout=Timeout(connect=SILENCE_SECONDS, read=SILENCE_SECONDS),
            )
            try:
                yield answer
            finally:
                answer.close()
        except (HTTPError, OSError, ValueError, zlib.error) as error:
            if dialler.deadline.is_over:
                raise TooSlow(host, dialler.deadline.seconds) from error
            raise Unreachable(host) from error
        finally:
            pool.close()
        if dialler.deadline.is_over:
            # A connection that is cut can look like one that ended.
            raise TooSlow(host, dialler.deadline.seconds)

    def _copy(self, answer: BaseHTTPResponse, target: BinaryIO, host: str) -> tuple[int, str]:
        """How many bytes were written, and their SHA-256."""
        digest, total = hashlib.sha256(), 0
        announced = answer.headers.get("content-length", "")
        if announced.isascii() and announced.isdigit() and int(announced) > self.limits.bytes:
            raise TooManyBytes(host, self.limits.bytes)
        for chunk in _plain(answer):
            total += len(chunk)
            if total > self.limits.bytes:
                raise TooManyBytes(host, self.limits.bytes)
            digest.update(chunk)
            target.write(chunk)
        return total, digest.hexdigest()


def _plain(answer: BaseHTTPResponse) -> Iterator[bytes]:
    """The body in small pieces, unpacked little by little when it is packed. Raises ValueError or zlib.error."""
    packing = answer.headers.get("content-encoding", "identity").strip().lower()
    pieces = answer.stream(CHUNK_BYTES, decode_content=False)
    if packing in ("", "identity"):
        yield from pieces
        return
    if packing not in ("gzip", "x-gzip"):
        raise ValueError(f"packed as {packing[:40]}, which was not asked for")
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    for piece in pieces:
        waiting = piece
        while waiting and not unpacker.eof:
            yield unpacker.decompress(waiting, CHUNK_BYTES)
            waiting = unpacker.unconsumed_tail
    if not unpacker.eof:
        raise ValueError("the packed body is cut short")
