"""Formats that are known only to be refused by name, with a word on what to send instead."""

from typing import Any

from submissions.intake.kinds.format import Format, begins_with
from submissions.intake.upload import Upload

JSON_SUFFIXES = (".json", ".ipynb", ".vl", ".vg")


def _has_brand(*brands: bytes) -> Any:
    return lambda upload: upload.head[4:8] == b"ftyp" and upload.head[8:12] in brands


def _is_svg(upload: Upload) -> bool:
    head = upload.head.lower()
    return b"<svg" in head and b"<html" not in head and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _member(upload: Upload, name: str) -> Any:
    """A member of the JSON object in the file, None when it is no such thing."""
    document = upload.document if upload.suffix in JSON_SUFFIXES else None
    return document.get(name) if isinstance(document, dict) else None


def _is_notebook(upload: Upload) -> bool:
    return isinstance(_member(upload, "cells"), list) and _member(upload, "nbformat") is not None


def _is_vega_lite(upload: Upload) -> bool:
    layers = ("mark", "layer", "facet", "hconcat", "vconcat", "concat", "repeat")
    has_layers = any(_member(upload, name) is not None for name in layers)
    return "/schema/vega-lite/" in str(_member(upload, "$schema")) or has_layers


def _is_vega(upload: Upload) -> bool:
    return "/schema/vega/" in str(_member(upload, "$schema")) or isinstance(_member(upload, "marks"), list)


SIGNED_FORMATS = (
    Format("GIF", "image", (".gif",), begins_with(b"GIF87a", b"GIF89a")),
    Format("AVIF", "image", (".avif",), _has_brand(b"avif", b"avis")),
    Format("HEIC", "image", (".heic", ".heif"), _has_brand(b"heic", b"heix", b"mif1", b"msf1")),
    Format("TIFF", "image", (".tif", ".tiff"), begins_with(b"II*\0", b"MM\0*")),
    Format("BMP", "image", (".bmp",), begins_with(b"BM")),
    Format("ICO", "image", (".ico",), begins_with(b"\0\0\1\0")),
    Format("WebM", "video", (".webm", ".mkv"), begins_with(b"\x1a\x45\xdf\xa3")),
    Format("Ogg", "video", (".ogv", ".ogg"), begins_with(b"OggS")),
    Format("MP4", "video", (".mp4", ".mov", ".m4v"), begins_with(b"ftyp", at=4)),
)
MARKUP_FORMATS = (Format("SVG", "svg", (".svg",), _is_svg),)
JSON_FORMATS = (
    Format("Jupyter", "notebook", (".ipynb",), _is_notebook),
    Format("Vega-Lite", "vega-lite", (".json", ".vl"), _is_vega_lite),
    Format("Vega", "vega", (".json", ".vg"), _is_vega),
)
