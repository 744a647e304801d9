"""PNG: chunks that draw nothing are dropped, and what stands after the end."""

import zlib
from collections.abc import Iterator

from submissions.intake.traces.exif import exif_traces, only_orientation, xmp_traces
from submissions.intake.traces.trace import Label, Scrubbed, Trace, distinct, trace

SIGNATURE_BYTES, TEXT_BYTES = 8, 1 << 20
DRAWING = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split()
)
LABELS = {
    "author": Label.AUTHOR,
    "copyright": Label.AUTHOR,
    "software": Label.SOFTWARE,
    "creation time": Label.DATE,
    "source": Label.DEVICE,
}


def scrub(content: bytes) -> Scrubbed:
    """The image without its texts, dates and Exif, its pixels untouched."""
    kept, traces = [content[:SIGNATURE_BYTES]], list[Trace]()
    place = SIGNATURE_BYTES
    for name, body, raw in _chunks(content):
        place += len(raw)
        turn = only_orientation(body) if name == b"eXIf" else b""
        if name in DRAWING or (turn and body == turn):
            kept.append(raw)
            continue
        traces += _traces(name, body)
        if turn:
            kept.append(_chunk(b"eXIf", turn))
    if content[place:]:
        traces.append(Trace(Label.ENCLOSED))
    clean = b"".join(kept)
    return Scrubbed(content) if clean == content else Scrubbed(clean, distinct(traces))


def end(content: bytes) -> int:
    """Where the image ends."""
    return SIGNATURE_BYTES + sum(len(raw) for _, _, raw in _chunks(content))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Name, body and all bytes of each chunk, up to the end of the image."""
    position = SIGNATURE_BYTES
    while position + 12 <= len(content):
        size = int.from_bytes(content[position : position + 4], "big")
        raw = content[position : position + 12 + size]
        yield raw[4:8], raw[8:-4], raw
        if raw[4:8] == b"IEND":
            return
        position += len(raw)


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def _traces(name: bytes, body: bytes) -> list[Trace]:
    if name == b"eXIf":
        return exif_traces(body)
    if name == b"tIME":
        return [Trace(Label.DATE)]
    if name not in (b"tEXt", b"zTXt", b"iTXt"):
        return [Trace(Label.OTHER)]
    keyword, _, rest = body.partition(b"\0")
    text = _text(name, rest)
    if keyword == b"XML:com.adobe.xmp":
        return xmp_traces(text)
    label = LABELS.get(keyword.decode("latin-1").lower(), Label.COMMENT)
    return [trace(label, text.decode("utf-8", "replace"))]


def _text(name: bytes, rest: bytes) -> bytes:
    """The text of a chunk, unpacked where it is packed; empty where it cannot be."""
    packed = name == b"zTXt" or (name == b"iTXt" and rest[:1] == b"\1")
    text = rest[1:] if name == b"zTXt" else rest[2:].split(b"\0", 2)[-1] if name == b"iTXt" else rest
    try:
        return zlib.decompressobj().decompress(text, TEXT_BYTES) if packed else text
    except zlib.error:
        return b""
