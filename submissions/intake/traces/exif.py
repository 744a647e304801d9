"""Exif and XMP: the two blocks of properties that images of every format carry."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import Image

from submissions.intake.traces.trace import Label, Trace, trace

HEADER = b"Exif\0\0"
ORIENTATION, GPS, DETAILS = 0x0112, 0x8825, 0x8769
LABELS = {
    0x010E: Label.COMMENT,
    0x010F: Label.DEVICE,
    0x0110: Label.DEVICE,
    0x0131: Label.SOFTWARE,
    0x0132: Label.DATE,
    0x013B: Label.AUTHOR,
    0x013C: Label.DEVICE,
    0x8298: Label.AUTHOR,
    0x9003: Label.DATE,
    0x9286: Label.COMMENT,
    0x9C9B: Label.COMMENT,
    0x9C9C: Label.COMMENT,
    0x9C9D: Label.AUTHOR,
    0xA430: Label.AUTHOR,
    0xA431: Label.DEVICE,
}
UTF16_TAGS = range(0x9C9B, 0x9CA0)
XMP_LABELS = (
    (Label.PLACE, re.compile(r"exif:GPS|Iptc4xmpCore:Location|photoshop:City")),
    (Label.AUTHOR, re.compile(r"<dc:creator>(.{0,2000}?)</dc:creator>|photoshop:AuthorsPosition", re.DOTALL)),
    (Label.SOFTWARE, re.compile(r"xmp:CreatorTool(?:=\"([^\"]*)\"|>([^<]*)<)|tiff:Software")),
    (Label.DATE, re.compile(r"xmp:(?:Create|Modify)Date(?:=\"([^\"]*)\"|>([^<]*)<)")),
    (Label.COMMENT, re.compile(r"<dc:(?:title|description|rights)>")),
    (Label.FOLDERS, re.compile(r"stRef:filePath|xmpMM:|file:///")),
)
TAGS = re.compile(r"<[^>]*>")


def orientation(block: bytes) -> int:
    """How the image is turned, 1 to 8; 1, upright, when the block does not say."""
    with _without_warnings():
        turned = _read(block).get(ORIENTATION, 1)
    return turned if isinstance(turned, int) and 1 <= turned <= 8 else 1


def only_orientation(block: bytes) -> bytes:
    """A block that says how the image is turned and nothing else; empty for an upright one. Without `HEADER`."""
    turned = orientation(block)
    return b"" if turned == 1 else b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0" + bytes([turned]) + bytes(6)


def exif_traces(block: bytes) -> list[Trace]:
    """What an Exif block tells."""
    exif = _read(block)
    with _without_warnings():
        values = dict(exif) | _folder(exif, DETAILS)
    found = [trace(LABELS[tag], _text(tag, value)) for tag, value in values.items() if tag in LABELS]
    if place := _folder(exif, GPS):
        found.append(trace(Label.PLACE, _position(place)))
    return found or [Trace(Label.OTHER)]


def xmp_traces(packet: bytes) -> list[Trace]:
    """What an XMP packet tells."""
    text = packet.decode("utf-8", "replace")
    found = []
    for label, pattern in XMP_LABELS:
        if match := pattern.search(text):
            value = next((group for group in match.groups() if group), "")
            found.append(trace(label, TAGS.sub(" ", value)))
    return found or [Trace(Label.OTHER)]


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Pillow reads values late, and warns of each that is broken."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _read(block: bytes) -> Image.Exif:
    exif = Image.Exif()
    try:
        with _without_warnings():
            exif.load(block.removeprefix(HEADER))
    except Exception:  # noqa: BLE001  a broken block tells nothing that can be shown, and goes all the same
        return Image.Exif()
    return exif


def _folder(exif: Image.Exif, tag: int) -> dict[int, Any]:
    try:
        with _without_warnings():
            return dict(exif.get_ifd(tag))
    except Exception:  # noqa: BLE001  as above
        return {}


def _text(tag: int, value: Any) -> object:
    if tag in UTF16_TAGS and isinstance(value, bytes):
        return value.decode("utf-16-le", "replace").rstrip("\0")
    return value


def _position(place: dict[int, Any]) -> str:
    try:
        latitude, longitude = (_degrees(place[tag], place[tag - 1]) for tag in (2, 4))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return ""
    return f"{latitude:.4f}, {longitude:.4f}"


def _degrees(parts: Any, side: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return (-1 if side in ("S", "W") else 1) * (degrees + minutes / 60 + seconds / 3600)
