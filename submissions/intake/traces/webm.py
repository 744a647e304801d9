"""WebM: tags, enclosed files and dates become void where they stand; titles and names of programs become blanks."""

from collections.abc import Iterator
from typing import BinaryIO

from submissions.intake.ebml import BrokenElements, Element, elements, inside
from submissions.intake.traces.patches import Patch
from submissions.intake.traces.trace import Label, trace

SEGMENT, INFORMATION, TAGS, ENCLOSED = 0x18538067, 0x1549A966, 0x1254C367, 0x1941A469
DATE, TITLE, FILE_NAMES = 0x4461, 0x7BA9, (0x7384, 0x3C83AB, 0x3E83BB)
PROGRAMS = (0x4D80, 0x5741)
VOID = 0xEC
LABELS = {DATE: Label.DATE, TITLE: Label.COMMENT} | dict.fromkeys(FILE_NAMES, Label.FOLDERS)


def patches(file: BinaryIO) -> list[Patch]:
    """What to write over the properties. Nothing for a file whose elements are broken: the kind judges it."""
    try:
        return [
            patch
            for segment in elements(file)
            if segment.number == SEGMENT
            for element in inside(file, segment)
            for patch in _patches(file, element)
        ]
    except BrokenElements:
        return []


def _patches(file: BinaryIO, element: Element) -> Iterator[Patch]:
    if element.number in (TAGS, ENCLOSED):
        yield _void(element, Label.ENCLOSED if element.number == ENCLOSED else Label.OTHER)
    elif element.number == INFORMATION:
        for property_ in inside(file, element):
            if property_.number in LABELS:
                value = "" if property_.number == DATE else property_.read(file)
                yield _void(property_, LABELS[property_.number], value)
            elif property_.number in PROGRAMS and (name := property_.read(file).strip()):
                # Both must be there: players refuse a file without them.
                size = property_.end - property_.content
                yield Patch(trace(Label.SOFTWARE, name), property_.content, size, b" " * size)


def _void(element: Element, label: Label, value: object = "") -> Patch:
    """The element as void of the same size: its length is written in as many bytes as are left for it."""
    total = element.end - element.start
    width = 8 if total >= 9 else 1
    size = total - 1 - width
    header = bytes([VOID]) + (size | 1 << 7 * width).to_bytes(width, "big")
    return Patch(trace(label, value), element.start, total, header)
