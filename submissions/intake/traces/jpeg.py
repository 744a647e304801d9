"""JPEG: every segment that draws nothing is dropped; the profile of colours and the turn of the image stay."""

import re
from collections.abc import Iterator

from submissions.intake.traces.exif import HEADER, exif_traces, only_orientation, xmp_traces
from submissions.intake.traces.trace import Label, Scrubbed, Trace, distinct, trace

START, END, SCAN, APP0, APP1, APP2, APP13, APP14, COMMENT = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xFE
APPLICATION = range(APP0, 0xF0)
# In a scan, FF 00 is a byte of the image and FF D0 to FF D7 are marks for those who decode in parts.
NEXT_MARKER = re.compile(rb"\xff(?=[\x01-\xcf\xd8-\xfe])")
XMP = b"http://ns.adobe.com/xap/1.0/\0"


def scrub(content: bytes) -> Scrubbed:
    """The image without its properties, its pixels untouched."""
    kept, traces = [content[:2]], list[Trace]()
    place = 2
    for marker, start, stop in _segments(content):
        segment, body, place = content[start:stop], content[start + 4 : stop], stop
        if marker not in (COMMENT, *APPLICATION) or _draws(marker, body):
            kept.append(segment)
            continue
        traces += _traces(marker, body)
        if marker == APP1 and body.startswith(HEADER) and (turn := only_orientation(body)):
            again = HEADER + turn
            kept.append(b"\xff\xe1" + (len(again) + 2).to_bytes(2, "big") + again)
    if content[place:].strip(b"\0"):
        traces.append(Trace(Label.ENCLOSED))
    clean = b"".join(kept)
    return Scrubbed(content) if clean == content else Scrubbed(clean, distinct(traces))


def end(content: bytes) -> int:
    """Where the image ends."""
    return max((stop for _, _, stop in _segments(content)), default=2)


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment up to the end of the image; a scan goes with its header."""
    position = 2
    while found := NEXT_MARKER.search(content, position):
        start, marker = found.start(), content[found.start() + 1]
        if marker == END:
            yield marker, start, start + 2
            return
        stop = start + 2 + int.from_bytes(content[start + 2 : start + 4], "big")
        if marker == SCAN:
            following = NEXT_MARKER.search(content, stop)
            stop = following.start() if following else len(content)
        yield marker, start, stop
        position = stop


def _draws(marker: int, body: bytes) -> bool:
    """Whether a decoder needs it: the colours of the image, never what is told of it."""
    return (
        (marker == APP0 and body.startswith(b"JFIF"))
        or (marker == APP2 and body.startswith(b"ICC_PROFILE"))
        or (marker == APP14 and body.startswith(b"Adobe"))
    )


def _traces(marker: int, body: bytes) -> list[Trace]:
    if marker == APP1 and body.startswith(HEADER):
        return _unless_only_turned(body)
    if marker == APP1 and body.startswith(XMP):
        return xmp_traces(body)
    if marker == COMMENT:
        return [trace(Label.COMMENT, body)]
    return [Trace(Label.COMMENT if marker == APP13 else Label.THUMBNAIL if marker == APP0 else Label.OTHER)]


def _unless_only_turned(body: bytes) -> list[Trace]:
    return [] if body == HEADER + only_orientation(body) else exif_traces(body)
