"""Formats that are known only to be refused by name, with a word on what to send instead."""

from typing import Any

from submissions.intake.kinds.format import Format, begins_with


def _has_brand(*brands: bytes) -> Any:
    return lambda upload: upload.head[4:8] == b"ftyp" and upload.head[8:12] in brands


FORMATS = (
    Format("HEIC", "image", (".heic", ".heif"), _has_brand(b"heic", b"heix", b"mif1", b"msf1")),
    Format("TIFF", "image", (".tif", ".tiff"), begins_with(b"II*\0", b"MM\0*")),
    Format("BMP", "image", (".bmp",), begins_with(b"BM")),
    Format("ICO", "image", (".ico",), begins_with(b"\0\0\1\0")),
    Format("Ogg", "video", (".ogv", ".ogg"), begins_with(b"OggS")),
    Format("QuickTime", "video", (".mov",), _has_brand(b"qt  ")),
    Format("Matroska", "video", (".mkv",), begins_with(b"\x1a\x45\xdf\xa3")),
)
