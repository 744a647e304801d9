"""Images: PNG, JPEG and WebP, decoded whole, frames included, after their size is known to be bearable."""

import warnings
from functools import partial

from PIL import Image

from submissions.intake.kinds.format import Format, begins_with
from submissions.intake.report import Finding, Refused, refusal
from submissions.intake.upload import Upload

KIND = "image"
MILLION = 1_000_000


def inspect(decoder: str, upload: Upload) -> Finding:
    """Decode the image with the one decoder of its format."""
    try:
        with warnings.catch_warnings():
            # Our own cap is below the size at which Pillow refuses; in between it only warns.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            _decode(decoder, upload)
    except Image.DecompressionBombError:
        raise _too_many_pixels(upload) from None
    except (MemoryError, Refused):
        raise
    except Exception:  # noqa: BLE001
        # Decoders meet broken files with many sorts of errors; all of them mean that the image cannot be read.
        raise refusal("malformed", item=upload.name) from None
    return Finding(entry_point=upload.public_name)


def _decode(decoder: str, upload: Upload) -> None:
    with Image.open(upload.path, formats=[decoder]) as image:
        frames = getattr(image, "n_frames", 1)
        if image.width * image.height * frames > upload.limits.pixels:
            raise _too_many_pixels(upload)
        image.verify()
    with Image.open(upload.path, formats=[decoder]) as image:
        for frame in range(frames):
            image.seek(frame)
            image.load()


def _too_many_pixels(upload: Upload) -> Refused:
    return refusal("pixel-bomb", item=upload.name, limit=upload.limits.pixels // MILLION)


def _is_webp(upload: Upload) -> bool:
    return upload.head.startswith(b"RIFF") and upload.head[8:12] == b"WEBP"


FORMATS = (
    Format("PNG", KIND, (".png",), begins_with(b"\x89PNG\r\n\x1a\n"), partial(inspect, "PNG")),
    Format("JPEG", KIND, (".jpg", ".jpeg"), begins_with(b"\xff\xd8\xff"), partial(inspect, "JPEG")),
    Format("WebP", KIND, (".webp",), _is_webp, partial(inspect, "WEBP")),
)
