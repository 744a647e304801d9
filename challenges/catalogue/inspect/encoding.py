"""Which encoding a text file uses, by its bytes alone."""

import codecs
from pathlib import Path

CHUNK_BYTES = 1 << 20
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Accented letters of French as old Macintosh files write them; in cp1252 these bytes are signs that French never uses.
_MAC_LETTERS = frozenset(b"\x88\x89\x8a\x8d\x8e\x8f\x90\x91\x94\x95\x99\x9d\x9e\x9f")
_WINDOWS_LETTERS = frozenset("àâäçéèêëîïôöùûüÀÂÇÉÈÊËÎÏÔÖÙÛÜ".encode("cp1252"))


def encoding_of(path: Path) -> str:
    """The name of a Python codec: utf-8, utf-8-sig, utf-16, utf-32, latin-1, cp1252 or mac_roman."""
    with path.open("rb") as stream:
        start = stream.read(CHUNK_BYTES)
    for mark, name in _BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return name
    return _wide_without_mark(start) or ("utf-8" if _is_utf8(path) else _single_byte(path))


def _wide_without_mark(start: bytes) -> str | None:
    # Western text in UTF-16 is every other byte zero.
    half = len(start[:4096]) // 2
    if half >= 4 and start[1:4096:2].count(0) > 0.7 * half:
        return "utf-16-le"
    if half >= 4 and start[0:4096:2].count(0) > 0.7 * half:
        return "utf-16-be"
    return None


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK_BYTES):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _single_byte(path: Path) -> str:
    high: set[int] = set()
    mac = windows = 0
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            found = [byte for byte in chunk if byte >= 0x80]
            high.update(found)
            mac += sum(byte in _MAC_LETTERS for byte in found)
            windows += sum(byte in _WINDOWS_LETTERS for byte in found)
    if mac > windows:
        return "mac_roman"
    return "cp1252" if any(byte < 0xA0 for byte in high) else "latin-1"
