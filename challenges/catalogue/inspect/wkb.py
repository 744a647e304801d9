"""Well-known binary, the form in which GeoParquet keeps shapes (OGC 06-103r4, clause 8)."""

import struct
from collections.abc import Iterator

from challenges.catalogue.inspect.report import Position

POINT, LINE, POLYGON = 1, 2, 3
COLLECTIONS = frozenset({4, 5, 6, 7})
# Flags of the extended form: height, measure, number of the system of coordinates.
HAS_Z, HAS_M, HAS_SYSTEM = 0x80000000, 0x40000000, 0x20000000
DEEPEST = 8


class _Bytes:
    """A shape while it is read, from front to back."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0
        self.order = "<"

    def take(self, form: str) -> tuple[float, ...]:
        """The next numbers. Raises struct.error where the bytes end before."""
        numbers = struct.unpack_from(self.order + form, self._content, self._at)
        self._at += struct.calcsize(self.order + form)
        return numbers

    def whole(self) -> int:
        """The next whole number."""
        return int(self.take("I")[0])

    def positions(self, count: int, width: int) -> list[Position]:
        """So many positions, each of so many numbers; only the first two are kept."""
        numbers = self.take(f"{count * width}d")
        return [[numbers[place], numbers[place + 1]] for place in range(0, len(numbers), width)]


def lines_of_wkb(content: bytes) -> Iterator[list[Position]]:
    """Each ring, line or point of a shape. What is no such shape gives those before its damage."""
    try:
        yield from _shape(_Bytes(content), DEEPEST)
    except (struct.error, MemoryError):
        return


def _shape(source: _Bytes, depth: int) -> Iterator[list[Position]]:
    source.order = "<" if source.take("B")[0] else ">"
    code = source.whole()
    if code & HAS_SYSTEM:
        source.whole()
    kind, dimensions = code & 0xFFFF, (code & 0xFFFF) // 1000
    width = 2 + bool(code & HAS_Z) + bool(code & HAS_M) + (0, 1, 1, 2)[dimensions if dimensions < 4 else 0]
    kind %= 1000
    if kind == POINT:
        position = source.positions(1, width)
        # An empty point has no numbers.
        yield from [position] if position[0][0] == position[0][0] else []
    elif kind == LINE:
        yield source.positions(source.whole(), width)
    elif kind == POLYGON:
        for _ring in range(source.whole()):
            yield source.positions(source.whole(), width)
    elif kind in COLLECTIONS and depth:
        for _part in range(source.whole()):
            yield from _shape(source, depth - 1)
