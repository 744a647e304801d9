"""The elements of WebM files: each has a number, a length, and often elements inside. RFC 8794."""

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MOST_ELEMENTS = 200_000
HEADER_BYTES = 12


class BrokenElements(Exception):
    """An element does not fit where it stands, or there are too many."""


@dataclass(frozen=True)
class Element:
    """An element of a file. One of unknown length, as live recordings have, ends where what holds it does."""

    number: int
    start: int
    content: int
    end: int

    def read(self, file: BinaryIO, limit: int = 1 << 16) -> bytes:
        """The content, or its first bytes."""
        file.seek(self.content)
        return file.read(min(self.end - self.content, limit))


def elements(file: BinaryIO, start: int = 0, end: int | None = None) -> Iterator[Element]:
    """The elements that stand one after the other. Raises BrokenElements where one does not fit."""
    stop = file.seek(0, 2) if end is None else end
    position = start
    for _ in range(MOST_ELEMENTS):
        if position >= stop:
            return
        element = _element(file, position, stop)
        yield element
        position = element.end
    raise BrokenElements


def inside(file: BinaryIO, element: Element) -> Iterator[Element]:
    """The elements in an element."""
    return elements(file, element.content, element.end)


def _element(file: BinaryIO, position: int, stop: int) -> Element:
    file.seek(position)
    header = file.read(HEADER_BYTES)
    number, number_bytes = _number(header, 0, keep_mark=True)
    size, size_bytes = _number(header, number_bytes, keep_mark=False)
    content = position + number_bytes + size_bytes
    end = stop if size == (1 << 7 * size_bytes) - 1 else content + size
    if end > stop or content > stop:
        raise BrokenElements
    return Element(number, position, content, end)


def _number(header: bytes, position: int, *, keep_mark: bool) -> tuple[int, int]:
    """A number and how many bytes it takes: as many as there are zeros before the first bit, and one."""
    first = header[position] if position < len(header) else 0
    width = 9 - first.bit_length()
    if not first or position + width > len(header) or (keep_mark and width > 4):
        raise BrokenElements
    value = int.from_bytes(header[position : position + width], "big")
    return (value if keep_mark else value & ((1 << 7 * width) - 1)), width


def number_with_point(content: bytes) -> float:
    """A number of 4 or 8 bytes with a point; 0 for none, and for what is no number."""
    if len(content) not in (4, 8):
        return 0.0
    value: float = struct.unpack(">f" if len(content) == 4 else ">d", content)[0]
    return value if math.isfinite(value) else 0.0
