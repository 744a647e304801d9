"""The bytes of the files of an archive: streamed, counted as they come, never more than was declared."""

import io
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from submissions.intake.archive.directory import STORED, Member
from submissions.intake.report import refusal

CHUNK = 1 << 16


def chunks(file: BinaryIO, member: Member) -> Iterator[bytes]:
    """The content of a file, piece by piece. Raises Refused when it is not exactly what the archive declares."""
    count = checksum = 0
    pieces = _stored(file, member) if member.method == STORED else _inflated(file, member)
    for piece in pieces:
        count += len(piece)
        if count > member.size:
            raise refusal("zip-bomb.size", item=member.path)
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if count != member.size or checksum != member.crc:
        raise refusal("malformed.content", item=member.path)


def _stored(file: BinaryIO, member: Member) -> Iterator[bytes]:
    position, end = member.start, member.start + member.packed
    while position < end:
        # Sought each time: several files of one archive may be read in turns.
        file.seek(position)
        piece = file.read(min(CHUNK, end - position))
        if not piece:
            return
        position += len(piece)
        yield piece


def _inflated(file: BinaryIO, member: Member) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in _stored(file, member):
            waiting = piece
            while waiting and not inflater.eof:
                yield inflater.decompress(waiting, CHUNK)
                waiting = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error:
        raise refusal("malformed.content", item=member.path) from None
    if not inflater.eof or inflater.unused_data:
        raise refusal("malformed.content", item=member.path)


class MemberStream(io.RawIOBase):
    """A file of an archive as a readable binary stream, to be read once and forwards."""

    def __init__(self, file: BinaryIO, member: Member) -> None:
        self._pieces = chunks(file, member)
        self._rest = b""

    def readable(self) -> bool:
        """True: RawIOBase asks."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` with what comes next; 0 at the end. Raises Refused where the archive lied."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
