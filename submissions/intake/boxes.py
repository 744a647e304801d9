"""The boxes of ISO base media files (MP4, AVIF): each has a length, a name of four letters, and often boxes inside.

ISO/IEC 14496-12, 4.2.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

HEADER_BYTES, LONG_HEADER_BYTES = 8, 16
MOST_BOXES = 20_000


class BrokenBoxes(Exception):
    """A box does not fit where it stands, or there are too many."""


@dataclass(frozen=True)
class Box:
    """A box of a file: its name, where it starts, where its content begins, where it ends."""

    name: bytes
    start: int
    content: int
    end: int

    def read(self, file: BinaryIO, limit: int | None = None) -> bytes:
        """The content, or its first bytes."""
        file.seek(self.content)
        size = self.end - self.content
        return file.read(size if limit is None else min(size, limit))


def boxes(file: BinaryIO, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """The boxes that stand one after the other. Raises BrokenBoxes where one does not fit."""
    stop = file.seek(0, 2) if end is None else end
    position = start
    for _ in range(MOST_BOXES):
        if position >= stop:
            return
        box = _box(file, position, stop)
        yield box
        position = box.end
    raise BrokenBoxes


def inside(file: BinaryIO, box: Box, skip: int = 0) -> Iterator[Box]:
    """The boxes in a box; `skip` bytes of its content come before them."""
    return boxes(file, box.content + skip, box.end)


def find(file: BinaryIO, *path: bytes, within: Box | None = None) -> Box | None:
    """The first box at a path of names, from the file or from inside a box."""
    found = within
    for name in path:
        level = boxes(file) if found is None else inside(file, found)
        found = next((box for box in level if box.name == name), None)
        if found is None:
            return None
    return found


def _box(file: BinaryIO, position: int, stop: int) -> Box:
    file.seek(position)
    header = file.read(LONG_HEADER_BYTES)
    size, name, content = int.from_bytes(header[:4], "big"), header[4:8], position + HEADER_BYTES
    if size == 1:
        size, content = int.from_bytes(header[8:16], "big"), position + LONG_HEADER_BYTES
    elif size == 0:
        size = stop - position
    if len(header) < HEADER_BYTES or position + size > stop or content > position + size:
        raise BrokenBoxes
    return Box(name, position, content, position + size)
