"""Files as teams upload them, and as attackers do: made by the tests, byte by byte where it matters."""

import io
import json
import struct
import zipfile
import zlib
from dataclasses import dataclass

from PIL import Image

PAGE = b"<!doctype html><html><head><title>Ports</title></head><body><h1>Ports of the world</h1></body></html>"


def image_bytes(image_format: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    """A picture with some detail, so that cutting it short shows."""
    picture = Image.effect_noise(size, 80).convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, image_format, **options)
    return buffer.getvalue()


def gradient_bytes(image_format: str, size: tuple[int, int], **options: object) -> bytes:
    """A picture without detail: much quicker to make smaller and to compress again than noise is."""
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(buffer, image_format, **options)
    return buffer.getvalue()


def gif_bytes(frames: int = 3, size: tuple[int, int] = (40, 30)) -> bytes:
    """An animation that repeats without end, as animations do."""
    first, *others = [Image.effect_noise(size, 40 + number) for number in range(frames)]
    buffer = io.BytesIO()
    first.save(buffer, "GIF", save_all=True, append_images=others, loop=0)
    return buffer.getvalue()


SVG = (
    b'<?xml version="1.0" encoding="UTF-8"?><svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">'
    b'<rect width="200" height="100" fill="teal"/><text x="20" y="60">Ports</text></svg>'
)
VEGA_LITE: dict[str, object] = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": [{"port": "Fos", "calls": 28}, {"port": "Toulon", "calls": 12}]},
    "mark": "bar",
    "encoding": {"x": {"field": "port"}, "y": {"field": "calls", "type": "quantitative"}},
}
RECTANGLE = {
    "x": {"value": 10},
    "y": {"value": 10},
    "width": {"value": 90},
    "height": {"value": 80},
    "fill": {"value": "teal"},
}
VEGA: dict[str, object] = {
    "$schema": "https://vega.github.io/schema/vega/v6.json",
    "width": 200,
    "height": 100,
    "marks": [{"type": "rect", "encode": {"enter": RECTANGLE}}],
}


def json_bytes(document: object) -> bytes:
    """A document in JSON."""
    return json.dumps(document).encode()


def notebook(*outputs: dict[str, object], source: str = "plot(ports)", text: str = "# Ports") -> dict[str, object]:
    """A notebook of one text and one cell of code with these outputs."""
    code = {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": source, "outputs": list(outputs)}
    cells = [{"cell_type": "markdown", "metadata": {}, "source": text}, code]
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}


def box(name: bytes, *content: bytes) -> bytes:
    """A box of an MP4."""
    joined = b"".join(content)
    return struct.pack(">I", len(joined) + 8) + name + joined


def mp4_bytes(codec: bytes = b"avc1", *properties: bytes, handler: bytes = b"vide", size: int = 320) -> bytes:
    """An MP4 of ten seconds in structure: no decoder would find pictures in it."""
    movie = box(b"mvhd", bytes(12), struct.pack(">2I", 1000, 10_000), bytes(80))
    samples = box(b"stbl", box(b"stsd", struct.pack(">2I", 0, 1), box(codec, bytes(78))))
    media = box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(13)), box(b"minf", samples))
    track = box(b"trak", box(b"tkhd", bytes(76), struct.pack(">2I", size << 16, 240 << 16)), media)
    kind = box(b"ftyp", b"isom", bytes(4), b"isomavc1")
    return kind + box(b"moov", movie, track, *properties) + box(b"mdat", bytes(200))


def element(number: str, content: bytes) -> bytes:
    """An element of a WebM; its number in hexadecimal."""
    return bytes.fromhex(number) + struct.pack(">H", len(content) | 0x4000) + content


def webm_bytes(codec: bytes = b"V_VP9", *properties: bytes, kind: bytes = b"webm") -> bytes:
    """A WebM of ten seconds in structure."""
    seconds = element("4489", struct.pack(">d", 10_000.0))
    video = element("E0", element("B0", b"\x01\x40") + element("BA", b"\xf0"))
    track = element("AE", element("D7", b"\1") + element("83", b"\1") + element("86", codec) + video)
    parts = element("1549A966", element("2AD7B1", b"\x0f\x42\x40") + seconds) + element("1654AE6B", track)
    return element("1A45DFA3", element("4282", kind)) + element(
        "18538067", parts + b"".join(properties) + element("1F43B675", bytes(50))
    )


def png_claiming(width: int, height: int) -> bytes:
    """A tiny PNG whose header claims a size."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def pdf_bytes(pages: int = 1, *, protected: bool = False) -> bytes:
    """A PDF of empty pages; `protected` adds the dictionary of a password nobody knows."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + pages))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>"]
    objects += ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"] * pages
    secret = "<" + "28" * 32 + ">"
    objects += [f"<< /Filter /Standard /V 1 /R 2 /O {secret} /U {secret} /P -4 >>"] if protected else []
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    encrypt = f" /Encrypt {len(objects)} 0 R /ID [<00> <00>]" if protected else ""
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R{encrypt} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}".encode()


def zip_bytes(files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An honest archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@dataclass
class Record:
    """A file of an archive with every field free to lie; what is None is told truthfully."""

    name: bytes | str = b"index.html"
    content: bytes = PAGE
    deflate: bool = False
    method: int | None = None
    flags: int = 0
    mode: int = 0
    attributes: int = 0
    size: int | None = None
    crc: int | None = None
    offset: int | None = None
    local_name: bytes | None = None
    local_size: int | None = None
    extra: bytes = b""


def forged_zip(*records: Record, comment: bytes = b"", disk: int = 0, count: int | None = None) -> bytes:
    """An archive written field by field, as no honest tool would."""
    body = directory = b""
    for record in records:
        name = record.name.encode() if isinstance(record.name, str) else record.name
        packed = _deflated(record.content) if record.deflate else record.content
        method = (8 if record.deflate else 0) if record.method is None else record.method
        size = len(record.content) if record.size is None else record.size
        crc = zlib.crc32(record.content) if record.crc is None else record.crc
        local_size = size if record.local_size is None else record.local_size
        local_name = name if record.local_name is None else record.local_name
        offset = len(body) if record.offset is None else record.offset
        common = (20, record.flags, method, 0, 0x21, crc, len(packed))
        body += struct.pack("<4s5H3L2H", b"PK\3\4", *common, local_size, len(local_name), 0) + local_name + packed
        attributes = record.mode << 16 | record.attributes
        sizes = (size, len(name), len(record.extra), 0, 0, 0, attributes, offset)
        directory += struct.pack("<4s6H3L5H2L", b"PK\1\2", 0x314, *common, *sizes) + name + record.extra
    total = len(records) if count is None else count
    end = (disk, disk, total, total, len(directory), len(body), len(comment))
    return body + directory + struct.pack("<4s4H2LH", b"PK\5\6", *end) + comment


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def overlapping_bomb(copies: int = 100, size: int = 1_200_000) -> bytes:
    """Many names for the same packed bytes: a few kilobytes that unpack to hundreds of megabytes."""
    honest = forged_zip(Record(content=bytes(size), deflate=True))
    directory_at = honest.index(b"PK\1\2")
    entry, end = honest[directory_at:-22], honest[-22:]
    end = struct.pack("<4s4H2LH", end[:4], 0, 0, copies, copies, len(entry) * copies, directory_at, 0)
    return honest[:directory_at] + entry * copies + end
