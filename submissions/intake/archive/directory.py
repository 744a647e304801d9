"""The list of files of a ZIP archive, believed only where its two descriptions of each file agree.

The format is PKWARE's APPNOTE 6.3; numbers in comments are its sections.
"""

import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import BinaryIO

from submissions.intake.archive import names, zip64
from submissions.intake.limits import MEGABYTE, Limits
from submissions.intake.report import Reason, Refused, reason, refusal

END = struct.Struct("<4s4H2LH")  # 4.3.16
CENTRAL = struct.Struct("<4s6H3L5H2L")  # 4.3.12
LOCAL = struct.Struct("<4s5H3L2H")  # 4.3.7
END_SIGNATURE, CENTRAL_SIGNATURE, LOCAL_SIGNATURE = b"PK\5\6", b"PK\1\2", b"PK\3\4"
COMMENT_BYTES = 65_535
STORED, DEFLATED, STRONGLY_ENCRYPTED = 0, 8, 99
ENCRYPTED_FLAGS, SIZES_FOLLOW_FLAG = 0x2041, 0x8  # 4.4.4
IN_ZIP64 = 0xFFFFFFFF
REPARSE_POINT = 0x400
# Below this size a high ratio is common and harmless: a blank page, a repeated line.
RATIO_FROM = 1 * MEGABYTE


@dataclass(frozen=True)
class Member:
    """One file of an archive. `start` is where its packed bytes begin, `offset` where its local header does."""

    path: str
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    start: int

    @property
    def is_published(self) -> bool:
        """Whether it belongs to the site, rather than to the system that made the archive."""
        return not names.is_left_out(self.path)


@dataclass(frozen=True)
class _Entry:
    """A record of the central directory."""

    raw_name: bytes
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    disk: int
    attributes: int
    offset: int

    @property
    def is_folder(self) -> bool:
        return self.name.endswith(("/", "\\"))


def read_members(file: BinaryIO, name: str, limits: Limits) -> list[Member]:
    """The files of the archive, folders left out. Raises Refused, with everything wrong with it."""
    members, objections = examine(file, name, limits)
    if objections:
        raise Refused(*objections)
    return members


def examine(file: BinaryIO, name: str, limits: Limits) -> tuple[list[Member], list[Reason]]:
    """The files of the archive that are sound, and what is wrong with it otherwise.

    Raises Refused when the list cannot be read, is too long, or gives the same bytes to several files.
    """
    entries, directory_offset = _read_entries(file, name, limits)
    located = [(entry, _locate(file, entry)) for entry in entries]
    if overlaps := _overlaps(located, directory_offset):
        raise Refused(*overlaps)
    members: list[Member] = []
    objections: list[Reason] = []
    for entry, member in located:
        if found := _objection(entry) or names.objection(entry.name):
            objections.append(found)
        elif member is None:
            objections.append(reason("malformed.headers", item=entry.name))
        elif member.path and not entry.is_folder:
            members.append(member)
    objections += names.clashes([member.path for member in members if member.is_published])
    return members, objections + _too_much(members, name, limits)


def find_end(file: BinaryIO) -> tuple[int, bytes] | None:
    """Offset and bytes of the end record, when it ends exactly at the end of the file."""
    size = file.seek(0, 2)
    first = max(0, size - END.size - COMMENT_BYTES)
    file.seek(first)
    tail = file.read()
    position = tail.rfind(END_SIGNATURE)
    while position >= 0:
        record = tail[position : position + END.size]
        if len(record) == END.size and position + END.size + END.unpack(record)[-1] == len(tail):
            return first + position, record
        position = tail.rfind(END_SIGNATURE, 0, position)
    return None


def _read_entries(file: BinaryIO, name: str, limits: Limits) -> tuple[list[_Entry], int]:
    directory = _find_directory(file, name)
    if directory.count > limits.files:
        raise refusal("too-many-files", item=name, count=directory.count, limit=limits.files)
    if directory.offset + directory.size != directory.end:
        raise refusal("malformed.archive", item=name)
    file.seek(directory.offset)
    entries = list(islice(_parse_entries(file.read(directory.size), name), directory.count + 1))
    if len(entries) != directory.count:
        raise refusal("malformed.archive", item=name)
    return entries, directory.offset


def _find_directory(file: BinaryIO, name: str) -> zip64.Directory:
    """Where the list of files is. What does not fit into the end record stands in a wider one before it."""
    end = find_end(file)
    if end is None:
        raise refusal("malformed.archive", item=name)
    end_offset, record = end
    _, disk, first_disk, here, count, size, offset, _ = END.unpack(record)
    told = zip64.Directory(count, size, offset, end_offset)
    try:
        wide = zip64.find_directory(file, end_offset)
    except zip64.Disagrees:
        raise refusal("malformed.archive", item=name) from None
    if wide and all(
        a in (b, full)
        for a, b, full in ((count, wide.count, 0xFFFF), (size, wide.size, IN_ZIP64), (offset, wide.offset, IN_ZIP64))
    ):
        return wide
    if disk or first_disk or here != count:
        raise refusal("not-allowed.parts", item=name)
    return told


def _parse_entries(directory: bytes, archive: str) -> Iterator[_Entry]:
    position = 0
    while position < len(directory):
        if position + CENTRAL.size > len(directory) or directory[position : position + 4] != CENTRAL_SIGNATURE:
            raise refusal("malformed.archive", item=archive)
        record = CENTRAL.unpack_from(directory, position)
        flags, method, crc, packed, size = record[3], record[4], record[7], record[8], record[9]
        name_size, extra_size, comment_size, disk, _, attributes, offset = record[10:]
        name_end = position + CENTRAL.size + name_size
        raw, extra = directory[name_end - name_size : name_end], directory[name_end : name_end + extra_size]
        text = names.decode_name(raw, flags, extra)
        try:
            size, packed, offset = zip64.widened((size, packed, offset), extra)
        except zip64.Disagrees:
            raise refusal("malformed.headers", item=text) from None
        yield _Entry(raw, text, flags, method, crc, packed, size, disk, attributes, offset)
        position = name_end + extra_size + comment_size


def _objection(entry: _Entry) -> Reason | None:
    """What speaks against a file by its own record: its kind, its protection, its packing."""
    kind = stat.S_IFMT(entry.attributes >> 16)
    faults = {
        "symlink": kind == stat.S_IFLNK or entry.attributes & REPARSE_POINT,
        "not-allowed.special": kind not in (0, stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK),
        "encrypted": entry.flags & ENCRYPTED_FLAGS or entry.method == STRONGLY_ENCRYPTED,
        "not-allowed.parts": entry.disk,
        "not-allowed.method": entry.method not in (STORED, DEFLATED),
    }
    return next((reason(sentence, item=entry.name) for sentence, present in faults.items() if present), None)


def _locate(file: BinaryIO, entry: _Entry) -> Member | None:
    """The file as its local header places it, or None where the two headers disagree."""
    file.seek(entry.offset)
    header = file.read(LOCAL.size)
    if len(header) < LOCAL.size or not header.startswith(LOCAL_SIGNATURE):
        return None
    _, _, flags, method, _, _, crc, packed, size, name_size, extra_size = LOCAL.unpack(header)
    if file.read(name_size) != entry.raw_name or method != entry.method or (flags ^ entry.flags) & ENCRYPTED_FLAGS:
        return None
    if not _agree(entry, flags, (crc, packed, size), file.read(extra_size)) or (entry.is_folder and entry.size):
        return None
    if entry.method == STORED and entry.packed != entry.size:
        return None
    start = entry.offset + LOCAL.size + name_size + extra_size
    path = names.clean_path(entry.name)
    return Member(path, entry.method, entry.crc, entry.packed, entry.size, entry.offset, start)


def _agree(entry: _Entry, flags: int, told: tuple[int, int, int], extra: bytes) -> bool:
    """Whether a local header says what the list says. Where sizes follow the content, it may say nothing."""
    crc, packed, size = told
    if flags & SIZES_FOLLOW_FLAG and crc in (0, entry.crc) and {packed, size} <= {0, IN_ZIP64}:
        return True
    try:
        size, packed = zip64.widened((size, packed), extra)
    except zip64.Disagrees:
        return False
    follows = flags & SIZES_FOLLOW_FLAG and {crc, packed, size} <= {0, entry.crc, entry.packed, entry.size}
    return bool(follows) or (crc, packed, size) == (entry.crc, entry.packed, entry.size)


def _overlaps(located: list[tuple[_Entry, Member | None]], directory_offset: int) -> list[Reason]:
    """Files whose bytes another file, or the list itself, also uses."""
    spans = sorted(
        (entry.offset, member.start if member else entry.offset + LOCAL.size, entry.packed, entry.name)
        for entry, member in located
    )
    the_list = (directory_offset, 0, 0, "")
    return [
        reason("zip-bomb.overlap", item=name)
        for (_, start, packed, name), (following, *_) in pairwise([*spans, the_list])
        if start + packed > following
    ]


def _too_much(members: list[Member], name: str, limits: Limits) -> list[Reason]:
    found = [
        reason("zip-bomb.ratio", item=member.path, limit=limits.ratio)
        for member in members
        if member.size > RATIO_FROM and member.size > limits.ratio * member.packed
    ]
    if sum(member.size for member in members) > limits.unpacked_bytes:
        found.append(reason("zip-bomb", item=name, limit=limits.unpacked_bytes // MEGABYTE))
    return found
