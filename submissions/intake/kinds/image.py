"""Images: decoded whole, frames included, after their size is known to be bearable."""

import re
import warnings
from collections.abc import Callable
from functools import partial

from PIL import Image

from submissions.intake.kinds.format import Format, begins_with
from submissions.intake.report import Finding, Refused, refusal
from submissions.intake.traces import gif, jpeg, png, webp
from submissions.intake.upload import Upload

KIND = "image"
MILLION = 1_000_000
# Printed posters come in these, which their decoders hold once in memory; the others hold a picture several times.
POSTERS = ("PNG", "JPEG")
AVIF_BRANDS = (b"avif", b"avis")
# Where each format ends: what stands after it is cut from shown copies, and refused when it is another file.
ENDS: dict[str, Callable[[bytes], int]] = {"PNG": png.end, "JPEG": jpeg.end, "WEBP": webp.end, "GIF": gif.end}
ANOTHER_FILE = re.compile(rb"PK\x03\x04|%PDF-|<[!?a-z]|Rar!|7z\xbc\xaf|MZ|\x7fELF|#!|\*/", re.IGNORECASE)
LOOKED_AT_BYTES = 256


def inspect(decoder: str, upload: Upload) -> Finding:
    """Decode the image with the one decoder of its format."""
    _refuse_another_file(decoder, upload)
    try:
        with warnings.catch_warnings():
            # Our own cap is below the size at which Pillow refuses; in between it only warns.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            facts = _decode(decoder, upload)
    except Image.DecompressionBombError:
        raise _too_many_pixels(decoder, upload) from None
    except (MemoryError, Refused):
        raise
    except Exception:  # noqa: BLE001
        # Decoders meet broken files with many sorts of errors; all of them mean that the image cannot be read.
        raise refusal("malformed", item=upload.name) from None
    return Finding(entry_point=upload.public_name, facts=facts)


def _decode(decoder: str, upload: Upload) -> dict[str, int]:
    with Image.open(upload.path, formats=[decoder]) as image:
        frames, pixels = _frames(image, upload), image.width * image.height
        if pixels > _most_pixels(decoder, frames, upload):
            raise _too_many_pixels(decoder, upload, frames)
        if pixels * frames > upload.limits.animation_pixels:
            raise refusal("pixel-bomb", item=upload.name, limit=upload.limits.animation_pixels // MILLION)
        facts = {"width": image.width, "height": image.height, "frames": frames}
        image.verify()
    with Image.open(upload.path, formats=[decoder]) as image:
        for frame in range(frames):
            image.seek(frame)
            image.load()
    return facts


def _frames(image: Image.Image, upload: Upload) -> int:
    frames: int = getattr(image, "n_frames", 1)
    if frames > upload.limits.frames:
        raise refusal("pixel-bomb.frames", item=upload.name, count=frames, limit=upload.limits.frames)
    return frames


def _most_pixels(decoder: str, frames: int, upload: Upload) -> int:
    return upload.limits.poster_pixels if decoder in POSTERS and frames == 1 else upload.limits.pixels


def _too_many_pixels(decoder: str, upload: Upload, frames: int = 1) -> Refused:
    limit, poster = _most_pixels(decoder, frames, upload), upload.limits.poster_pixels
    if limit < poster and frames == 1:
        return refusal("pixel-bomb.compact", item=upload.name, limit=limit // MILLION, poster=poster // MILLION)
    return refusal("pixel-bomb", item=upload.name, limit=limit // MILLION)


def _refuse_another_file(decoder: str, upload: Upload) -> None:
    """Raise Refused when a file of another kind hangs on the end of the image."""
    if decoder not in ENDS:
        return
    content = upload.path.read_bytes()
    try:
        end = ENDS[decoder](content)
    except (IndexError, ValueError, ArithmeticError):
        raise refusal("malformed", item=upload.name) from None
    rest = content[end : end + LOOKED_AT_BYTES].lstrip(b"\0 \r\n\t")
    if ANOTHER_FILE.match(rest):
        raise refusal("type-mismatch.appended", item=upload.name)


def _is_webp(upload: Upload) -> bool:
    return upload.head.startswith(b"RIFF") and upload.head[8:12] == b"WEBP"


def is_avif(upload: Upload) -> bool:
    """Whether its brands say AVIF; some encoders name the family of formats first."""
    if upload.head[4:8] != b"ftyp":
        return False
    brands = upload.head[8 : min(int.from_bytes(upload.head[:4], "big"), 256)]
    return any(brand in AVIF_BRANDS for brand in (brands[at : at + 4] for at in range(0, len(brands), 4)))


FORMATS = (
    Format("PNG", KIND, (".png",), begins_with(b"\x89PNG\r\n\x1a\n"), partial(inspect, "PNG")),
    Format("JPEG", KIND, (".jpg", ".jpeg"), begins_with(b"\xff\xd8\xff"), partial(inspect, "JPEG")),
    Format("WebP", KIND, (".webp",), _is_webp, partial(inspect, "WEBP")),
    Format("AVIF", KIND, (".avif",), is_avif, partial(inspect, "AVIF")),
    Format("GIF", KIND, (".gif",), begins_with(b"GIF87a", b"GIF89a"), partial(inspect, "GIF")),
)
