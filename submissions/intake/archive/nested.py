"""Archives inside an archive: we never unpack them, but they must not be bombs for whoever does."""

import tempfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from submissions.intake.archive.contents import CHUNK, chunks
from submissions.intake.archive.directory import LOCAL_SIGNATURE, RATIO_FROM, Member, examine
from submissions.intake.limits import Limits
from submissions.intake.report import Code, Refused, refusal

GZIP_SIGNATURE = b"\x1f\x8b"
BOMB_CODES = (Code.ZIP_BOMB, Code.TOO_MANY_FILES)
# Office documents embed others; they are read by programs with guards of their own.
OFFICE_MANIFESTS = ("[Content_Types].xml", "mimetype")


def is_archive(head: bytes) -> bool:
    """Whether a file that begins so is an archive that can hide others."""
    return head.startswith((LOCAL_SIGNATURE, GZIP_SIGNATURE))


def unpacked_size(member: Member, content: Iterator[bytes], limits: Limits) -> int:
    """How many bytes the archive stored as `member` would unpack to. Raises Refused when it is a bomb."""
    with tempfile.TemporaryFile() as copy:
        for piece in content:
            copy.write(piece)
        copy.seek(0)
        if copy.read(2) == GZIP_SIGNATURE:
            return _gunzipped_size(copy, member, limits)
        return _unzipped_size(copy, member, limits)


def _unzipped_size(file: BinaryIO, member: Member, limits: Limits) -> int:
    try:
        inside, objections = examine(file, member.path, limits)
        hides_more = any(_begins(file, one).startswith(LOCAL_SIGNATURE) for one in inside)
    except Refused as refused:
        inside, objections, hides_more = [], list(refused.reasons), False
    is_office = any(one.path in OFFICE_MANIFESTS for one in inside)
    if (hides_more and not is_office) or any(reason.code in BOMB_CODES for reason in objections):
        raise refusal("zip-bomb.nested", item=member.path)
    return sum(one.size for one in inside)


def _begins(file: BinaryIO, member: Member) -> bytes:
    return next(chunks(file, member), b"")


def _gunzipped_size(file: BinaryIO, member: Member, limits: Limits) -> int:
    file.seek(0)
    inflater, count = zlib.decompressobj(16 + zlib.MAX_WBITS), 0
    most = max(RATIO_FROM, limits.ratio * member.size)
    try:
        while not inflater.eof and (piece := inflater.unconsumed_tail or file.read(CHUNK)):
            count += len(inflater.decompress(piece, CHUNK))
            if count > min(most, limits.unpacked_bytes):
                raise refusal("zip-bomb.nested", item=member.path)
    except zlib.error:
        return count
    return count
