"""AVIF: the items Exif and XMP are emptied where they lie. The turn of the image is a property that stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from submissions.intake.boxes import Box, BrokenBoxes, boxes, find, inside
from submissions.intake.traces.exif import exif_traces, xmp_traces
from submissions.intake.traces.patches import Patch
from submissions.intake.traces.trace import Trace

VERSION_BYTES = 4
EMPTY_EXIF = b"\0\0\0\0MM\0*\0\0\0\x08" + bytes(6)
MOST_BYTES = 1 << 20
IN_FILE, IN_ITEM_DATA = 0, 1


@dataclass(frozen=True)
class _Place:
    item: int
    offset: int
    size: int


def patches(file: BinaryIO) -> list[Patch]:
    """What to write over Exif and XMP. Nothing for a file whose boxes are broken: its decoder judges it."""
    try:
        meta = find(file, b"meta")
        return list(_patches(file, meta)) if meta else []
    except (BrokenBoxes, IndexError):
        return []


def _patches(file: BinaryIO, meta: Box) -> Iterator[Patch]:
    parts = {box.name: box for box in inside(file, meta, VERSION_BYTES)}
    if b"iinf" not in parts or b"iloc" not in parts:
        return
    kinds = dict(_items(file, parts[b"iinf"]))
    for place in _places(parts[b"iloc"].read(file), parts.get(b"idat")):
        if place.item not in kinds:
            continue
        file.seek(place.offset)
        content = file.read(min(place.size, MOST_BYTES))
        is_exif = kinds[place.item] == b"Exif"
        empty = EMPTY_EXIF if is_exif and place.size >= len(EMPTY_EXIF) else b""
        if content.strip(b"\0") != empty.strip(b"\0"):
            for each in _told(content, is_exif=is_exif):
                yield Patch(each, place.offset, place.size, empty)


def _told(content: bytes, *, is_exif: bool) -> list[Trace]:
    return exif_traces(content[4:]) if is_exif else xmp_traces(content)


def _items(file: BinaryIO, information: Box) -> Iterator[tuple[int, bytes]]:
    """Number and kind of the items that are Exif or XMP."""
    version = information.read(file, 1)[0]
    for box in boxes(file, information.content + (6 if version == 0 else 8), information.end):
        entry = box.read(file)
        wide = 4 if entry[0] > 2 else 2
        kind = entry[4 + wide + 2 : 8 + wide + 2]
        if kind in (b"Exif", b"mime"):
            yield int.from_bytes(entry[4 : 4 + wide], "big"), kind


class _Numbers:
    """Numbers of given widths, read one after the other."""

    def __init__(self, content: bytes, position: int) -> None:
        self.content, self.position = content, position

    def next(self, width: int) -> int:
        self.position += width
        return int.from_bytes(self.content[self.position - width : self.position], "big")


def _places(content: bytes, item_data: Box | None) -> Iterator[_Place]:
    """Where the bytes of each item lie: ISO/IEC 14496-12, 8.11.3."""
    version, sizes, bases = content[0], content[4], content[5]
    numbers, wide = _Numbers(content, 6), 4 if version == 2 else 2
    for _ in range(numbers.next(wide)):
        item = numbers.next(wide)
        method = numbers.next(2) & 0xF if version else IN_FILE
        numbers.next(2)
        base = numbers.next(bases >> 4)
        start = item_data.content if method == IN_ITEM_DATA and item_data else 0
        for _ in range(numbers.next(2)):
            numbers.next(bases & 0xF if version else 0)
            offset, size = numbers.next(sizes >> 4), numbers.next(sizes & 0xF)
            if method in (IN_FILE, IN_ITEM_DATA):
                yield _Place(item, start + base + offset, size)
