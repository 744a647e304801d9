"""Films: MP4 and WebM, their structure read to the end, their pictures in a form that browsers play."""

from collections.abc import Iterator
from typing import BinaryIO

from submissions.intake import ebml
from submissions.intake.boxes import Box, BrokenBoxes, boxes, find, inside
from submissions.intake.ebml import BrokenElements, Element, elements
from submissions.intake.kinds.format import Format
from submissions.intake.report import Finding, refusal
from submissions.intake.traces.webm import INFORMATION, SEGMENT
from submissions.intake.upload import Upload

KIND = "video"
PLAYED_IN_MP4 = (b"avc1", b"avc3", b"av01", b"vp09")
PLAYED_IN_WEBM = ("V_VP8", "V_VP9", "V_AV1")
# Brands of files that only Apple's own player reads, and of pictures.
OTHER_BRANDS = (b"qt  ", b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1")
TRACKS, TRACK, CLUSTER = 0x1654AE6B, 0xAE, 0x1F43B675
TRACK_TYPE, CODEC, VIDEO, WIDTH, HEIGHT, SCALE, DURATION = 0x83, 0x86, 0xE0, 0xB0, 0xBA, 0x2AD7B1, 0x4489
MATROSKA, DOCTYPE_WITHIN = b"\x1a\x45\xdf\xa3", 100
PICTURES = b"\x01"
NANOSECONDS = 1_000_000_000


def inspect_mp4(upload: Upload) -> Finding:
    """Walk the boxes, and look for a track of pictures."""
    with upload.path.open("rb") as file:
        try:
            top = {box.name: box for box in boxes(file)}
            if b"moov" not in top or not {b"mdat", b"moof"} & set(top):
                raise refusal("malformed", item=upload.name)
            facts = {"seconds": _mp4_seconds(file, top[b"moov"])}
            tracks = [each for each in inside(file, top[b"moov"]) if each.name == b"trak" and _shows(file, each)]
            if not tracks:
                raise refusal("not-allowed.no-pictures", item=upload.name)
            facts |= _mp4_picture(file, tracks[0], upload)
        except (BrokenBoxes, IndexError):
            raise refusal("malformed", item=upload.name) from None
    return _finding(upload, facts)


def inspect_webm(upload: Upload) -> Finding:
    """Walk the elements, and look for a track of pictures."""
    with upload.path.open("rb") as file:
        try:
            segments = [one for one in elements(file) if one.number == SEGMENT]
            segment = {each.number: each for one in segments for each in ebml.inside(file, one)}
            if TRACKS not in segment or CLUSTER not in segment:
                raise refusal("malformed", item=upload.name)
            facts = {"seconds": _webm_seconds(file, segment.get(INFORMATION))}
            facts |= _webm_picture(file, segment[TRACKS], upload)
        except (BrokenElements, ValueError):
            raise refusal("malformed", item=upload.name) from None
    return _finding(upload, facts)


def is_mp4(upload: Upload) -> bool:
    """Whether it begins as MP4 does, and is of no other family."""
    return upload.head[4:8] == b"ftyp" and upload.head[8:12] not in OTHER_BRANDS


def is_webm(upload: Upload) -> bool:
    """Whether it is of the family of Matroska, and of its part that browsers play."""
    return upload.head.startswith(MATROSKA) and b"webm" in upload.head[:DOCTYPE_WITHIN]


def _finding(upload: Upload, facts: dict[str, int]) -> Finding:
    if max(facts.get("width", 0), facts.get("height", 0)) > upload.limits.side:
        raise refusal("pixel-bomb.side", item=upload.name, limit=upload.limits.side)
    return Finding(upload.public_name, facts={name: value for name, value in facts.items() if value})


def _shows(file: BinaryIO, track: Box) -> bool:
    handler = find(file, b"mdia", b"hdlr", within=track)
    return handler is not None and handler.read(file, 12)[8:12] == b"vide"


def _mp4_seconds(file: BinaryIO, movie: Box) -> int:
    header = find(file, b"mvhd", within=movie)
    content = header.read(file) if header else b""
    wide = content[:1] == b"\1"
    scale_at, width = (20, 8) if wide else (12, 4)
    scale = int.from_bytes(content[scale_at : scale_at + 4], "big")
    duration = int.from_bytes(content[scale_at + 4 : scale_at + 4 + width], "big")
    return round(duration / scale) if scale and duration < 1 << 62 else 0


def _mp4_picture(file: BinaryIO, track: Box, upload: Upload) -> dict[str, int]:
    """The size of the pictures. Raises Refused when browsers do not play them."""
    header = find(file, b"tkhd", within=track)
    samples = find(file, b"mdia", b"minf", b"stbl", b"stsd", within=track)
    if header is None or samples is None:
        raise BrokenBoxes
    codec = samples.read(file, 16)[12:16]
    if codec not in PLAYED_IN_MP4:
        raise refusal("not-allowed.codec", item=upload.name, codec=codec.decode("latin-1"))
    sides = header.read(file)[-8:]
    return {"width": int.from_bytes(sides[:2], "big"), "height": int.from_bytes(sides[4:6], "big")}


def _webm_seconds(file: BinaryIO, information: Element | None) -> int:
    parts = {each.number: each.read(file) for each in ebml.inside(file, information)} if information else {}
    scale = int.from_bytes(parts.get(SCALE, b""), "big") or 1_000_000
    ticks = ebml.number_with_point(parts.get(DURATION, b""))
    return round(ticks * scale / NANOSECONDS)


def _webm_picture(file: BinaryIO, tracks: Element, upload: Upload) -> dict[str, int]:
    for track in ebml.inside(file, tracks):
        parts = {each.number: each for each in ebml.inside(file, track)} if track.number == TRACK else {}
        if TRACK_TYPE not in parts or parts[TRACK_TYPE].read(file)[-1:] != PICTURES:
            continue
        codec = parts[CODEC].read(file).decode("latin-1") if CODEC in parts else ""
        if codec not in PLAYED_IN_WEBM:
            raise refusal("not-allowed.codec", item=upload.name, codec=codec)
        return dict(_sides(file, parts[VIDEO])) if VIDEO in parts else {}
    raise refusal("not-allowed.no-pictures", item=upload.name)


def _sides(file: BinaryIO, video: Element) -> Iterator[tuple[str, int]]:
    for each in ebml.inside(file, video):
        if each.number in (WIDTH, HEIGHT):
            yield ("width" if each.number == WIDTH else "height"), int.from_bytes(each.read(file), "big")


FORMATS = (
    Format("MP4", KIND, (".mp4", ".m4v"), is_mp4, inspect_mp4),
    Format("WebM", KIND, (".webm",), is_webm, inspect_webm),
)
