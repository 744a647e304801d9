"""The 64-bit figures of ZIP archives, which some write for small ones too. APPNOTE 4.3.14, 4.3.15, 4.5.3."""

import struct
from dataclasses import dataclass
from typing import BinaryIO

END = struct.Struct("<4sQ2H2L4Q")
LOCATOR = struct.Struct("<4sLQL")
END_SIGNATURE, LOCATOR_SIGNATURE = b"PK\6\6", b"PK\6\7"
FIELD = 0x0001
IN_ZIP64 = 0xFFFFFFFF
# The length that the record tells leaves out its signature and the length itself.
UNCOUNTED = 12


class Disagrees(Exception):
    """The 64-bit figures are missing, or do not fit the others."""


@dataclass(frozen=True)
class Directory:
    """Where the list of files is: how many, how long, from where, and where the record about it starts."""

    count: int
    size: int
    offset: int
    end: int


def find_directory(file: BinaryIO, end_offset: int) -> Directory | None:
    """The 64-bit record before the end record at `end_offset`; None where there is none. Raises Disagrees."""
    locator_at = end_offset - LOCATOR.size
    file.seek(max(0, locator_at))
    locator = file.read(LOCATOR.size)
    if locator_at < 0 or not locator.startswith(LOCATOR_SIGNATURE):
        return None
    _, _, record_at, disks = LOCATOR.unpack(locator)
    if record_at > locator_at - END.size or disks > 1:
        raise Disagrees
    file.seek(record_at)
    signature, length, _, _, disk, first, here, count, size, offset = END.unpack(file.read(END.size))
    if signature != END_SIGNATURE or record_at + UNCOUNTED + length != locator_at or disk or first or here != count:
        raise Disagrees
    return Directory(count, size, offset, record_at)


def widened(figures: tuple[int, ...], extra: bytes) -> tuple[int, ...]:
    """Figures of a header, those that do not fit into 32 bits taken from its extra field. Raises Disagrees."""
    if IN_ZIP64 not in figures:
        return figures
    content = _field(extra)
    wide = list[int]()
    for figure in figures:
        if figure != IN_ZIP64:
            wide.append(figure)
            continue
        if len(content) < 8:
            raise Disagrees
        wide.append(int.from_bytes(content[:8], "little"))
        content = content[8:]
    return tuple(wide)


def _field(extra: bytes) -> bytes:
    position = 0
    while position + 4 <= len(extra):
        name, size = struct.unpack_from("<HH", extra, position)
        if name == FIELD:
            return extra[position + 4 : position + 4 + size]
        position += 4 + size
    return b""
