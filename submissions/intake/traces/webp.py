"""WebP: a RIFF file whose chunks EXIF and XMP, and any unknown one, are dropped."""

import struct
from collections.abc import Iterator

from submissions.intake.traces.exif import HEADER, exif_traces, only_orientation, xmp_traces
from submissions.intake.traces.trace import Label, Scrubbed, Trace, distinct

HEADER_BYTES = 12
DRAWING = (b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP")
EXTENDED, HAS_EXIF, HAS_XMP = b"VP8X", 0x08, 0x04


def scrub(content: bytes) -> Scrubbed:
    """The image without Exif and XMP, its pixels untouched."""
    kept, traces, turn = list[tuple[bytes, bytes]](), list[Trace](), b""
    for name, body in _chunks(content):
        if name in DRAWING or name == EXTENDED:
            kept.append((name, body))
        elif name == b"EXIF":
            turn = only_orientation(body)
            traces += [] if turn and body.removeprefix(HEADER) == turn else exif_traces(body)
        else:
            traces += xmp_traces(body) if name == b"XMP " else [Trace(Label.OTHER)]
    if content[end(content) :]:
        traces.append(Trace(Label.ENCLOSED))
    return Scrubbed(_written(kept, turn), distinct(traces)) if traces else Scrubbed(content)


def end(content: bytes) -> int:
    """Where the image ends."""
    return HEADER_BYTES + sum(8 + len(body) + len(body) % 2 for _, body in _chunks(content))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    end = min(len(content), 8 + struct.unpack_from("<I", content, 4)[0])
    position = HEADER_BYTES
    while position + 8 <= end:
        name, size = struct.unpack_from("<4sI", content, position)
        yield name, content[position + 8 : position + 8 + size]
        position += 8 + size + size % 2


def _written(kept: list[tuple[bytes, bytes]], turn: bytes) -> bytes:
    chunks = [(name, _flags(body, turn) if name == EXTENDED else body) for name, body in kept]
    if turn:
        chunks.append((b"EXIF", turn))
    body = b"WEBP" + b"".join(
        struct.pack("<4sI", name, len(each)) + each + bytes(len(each) % 2) for name, each in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _flags(extended: bytes, turn: bytes) -> bytes:
    told = extended[0] & ~(HAS_EXIF | HAS_XMP) | (HAS_EXIF if turn else 0)
    return bytes([told]) + extended[1:]
