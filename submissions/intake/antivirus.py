"""A look by ClamAV at what strangers send, over its socket. The protocol is INSTREAM of clamd(8).

What the scanner does not answer is never a reason to lose a file: it is kept, and said to be unscanned.
"""

import socket
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO
from urllib.parse import urlsplit

SECONDS = 60
CHUNK = 1 << 18
LONGEST_ANSWER = 4096


class Verdict(StrEnum):
    """What came of a scan."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNSCANNED = "unscanned"


@dataclass(frozen=True)
class Scan:
    """A verdict; `told` is the name of the signature that was found, or why there is no answer."""

    verdict: Verdict
    told: str = ""


def scan(stream: BinaryIO, url: str) -> Scan:
    """Send a file to the scanner at `unix:/path` or `tcp://host:port`."""
    try:
        with _connected(url) as line:
            return _verdict(_asked(line, stream))
    except OSError as error:
        return Scan(Verdict.UNSCANNED, str(error)[:200])


def _connected(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        with ExitStack() as closing:
            line = closing.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
            line.settimeout(SECONDS)
            line.connect(parts.path)
            closing.pop_all()
        return line
    return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=SECONDS)


def _asked(line: socket.socket, stream: BinaryIO) -> str:
    """The answer. A scanner that has heard enough answers and hangs up before the end of the file."""
    try:
        line.sendall(b"zINSTREAM\0")
        while piece := stream.read(CHUNK):
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        pass
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER and (piece := line.recv(LONGEST_ANSWER)):
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _verdict(answer: str) -> Scan:
    told = answer.removeprefix("stream: ")
    if told == "OK":
        return Scan(Verdict.CLEAN)
    if told.endswith(" FOUND"):
        return Scan(Verdict.INFECTED, told.removesuffix(" FOUND"))
    return Scan(Verdict.UNSCANNED, told[:200] or "no answer")
