"""MP4: boxes of properties become free space where they stand, and dates become zero."""

from collections.abc import Iterator
from typing import BinaryIO

from submissions.intake.boxes import Box, BrokenBoxes, boxes, inside
from submissions.intake.traces.patches import Patch
from submissions.intake.traces.trace import Label, trace

CONTAINERS = (b"moov", b"trak", b"mdia")
PROPERTIES = (b"udta", b"meta", b"uuid")
DATED = (b"mvhd", b"tkhd", b"mdhd")
LABELS = {
    b"\xa9xyz": Label.PLACE,
    b"loci": Label.PLACE,
    b"\xa9too": Label.SOFTWARE,
    b"\xa9swr": Label.SOFTWARE,
    b"\xa9ART": Label.AUTHOR,
    b"\xa9aut": Label.AUTHOR,
    b"auth": Label.AUTHOR,
    b"cprt": Label.AUTHOR,
    b"\xa9day": Label.DATE,
    b"\xa9mod": Label.DEVICE,
    b"\xa9mak": Label.DEVICE,
    b"\xa9nam": Label.COMMENT,
    b"\xa9cmt": Label.COMMENT,
}
LOCATION_KEY = b"com.apple.quicktime.location"
MOST_BYTES = 1 << 20
FREE = b"free"


def patches(file: BinaryIO) -> list[Patch]:
    """What to write over the properties. Nothing for a file whose boxes are broken: the kind judges it."""
    try:
        return [patch for box in boxes(file) for patch in _patches(file, box)]
    except BrokenBoxes:
        return []


def _patches(file: BinaryIO, box: Box) -> Iterator[Patch]:
    if box.name in CONTAINERS:
        for inner in inside(file, box):
            yield from _patches(file, inner)
    elif box.name in PROPERTIES:
        content = box.read(file, MOST_BYTES)
        for label, value in _told(content) or [(Label.OTHER, "")]:
            yield Patch(trace(label, value), box.start + 4, box.end - box.start - 4, _freed(box))
    elif box.name in DATED:
        width = 16 if box.read(file, 1) == b"\1" else 8
        if box.read(file, 4 + width)[4:].strip(b"\0"):
            yield Patch(trace(Label.DATE), box.content + 4, width)


def _freed(box: Box) -> bytes:
    """The bytes after the length: a free box, of a length of 64 bits where it had one."""
    return FREE if box.content - box.start == 8 else FREE + (box.end - box.start).to_bytes(8, "big")


def _told(content: bytes) -> list[tuple[Label, str]]:
    """What the names of boxes inside tell, wherever they stand: programs nest them in several ways."""
    found = [(label, _value(content, name)) for name, label in LABELS.items() if name in content]
    return found + ([(Label.PLACE, "")] if LOCATION_KEY in content else [])


def _value(content: bytes, name: bytes) -> str:
    """The text of a QuickTime property, or of the one of iTunes, which a "data" box wraps."""
    start = content.index(name) + 4
    if content[start + 4 : start + 8] == b"data":
        size = int.from_bytes(content[start : start + 4], "big")
        return content[start + 16 : start + size].decode("utf-8", "replace")
    size = int.from_bytes(content[start : start + 2], "big")
    return content[start + 4 : start + 4 + size].decode("utf-8", "replace")
