"""GIF: comments and the blocks of programs are dropped; the block that makes an animation repeat stays."""

from collections.abc import Iterator

from submissions.intake.traces.exif import xmp_traces
from submissions.intake.traces.trace import Label, Scrubbed, Trace, distinct, trace

EXTENSION, IMAGE, END = 0x21, 0x2C, 0x3B
COMMENT, APPLICATION = 0xFE, 0xFF
DRAWING = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
XMP = b"XMP DataXMP"


def scrub(content: bytes) -> Scrubbed:
    """The image without comments and properties, its frames untouched."""
    position = 13 + _palette(content[10])
    kept, traces = [content[:position]], list[Trace]()
    for start, stop in _blocks(content, position):
        position = stop
        if found := _traces(content[start:stop]):
            traces += found
        else:
            kept.append(content[start:stop])
    if content[position:].strip(b"\0"):
        traces.append(Trace(Label.ENCLOSED))
    return Scrubbed(b"".join(kept), distinct(traces)) if traces else Scrubbed(content)


def end(content: bytes) -> int:
    """Where the image ends."""
    start = 13 + _palette(content[10])
    return max((stop for _, stop in _blocks(content, start)), default=start)


def _blocks(content: bytes, position: int) -> Iterator[tuple[int, int]]:
    """Start and end of each block: an extension, an image, the end."""
    while position < len(content):
        start, kind = position, content[position]
        if kind == EXTENSION:
            position = _after(content, position + 2)
        elif kind == IMAGE and position + 10 < len(content):
            position = _after(content, position + 11 + _palette(content[position + 9]))
        else:
            position += 1
        yield start, position
        if kind == END:
            return


def _palette(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after(content: bytes, position: int) -> int:
    """The place after a chain of sub-blocks, each led by its length, that ends with one of no length."""
    while position < len(content) and content[position]:
        position += 1 + content[position]
    return position + 1


def _traces(block: bytes) -> list[Trace]:
    if block[:1] != bytes([EXTENSION]) or len(block) < 3:
        return []
    if block[1] == COMMENT:
        return [trace(Label.COMMENT, block[3:-1])]
    if block[1] == APPLICATION and block[3:14] not in DRAWING:
        return xmp_traces(block) if block[3:14] == XMP else [Trace(Label.OTHER)]
    return []
