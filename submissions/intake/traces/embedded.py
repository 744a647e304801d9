"""Images written into a text as data: addresses, with the properties of any image."""

import base64
import binascii
import re
from collections.abc import Callable

from submissions.intake.traces import gif, jpeg, png, webp
from submissions.intake.traces.trace import Scrubbed, Trace

IMAGE = re.compile(rb"(data:image/(png|jpe?g|webp|gif);base64,)([A-Za-z0-9+/=\s]{64,})")
FORMATS: dict[bytes, Callable[[bytes], Scrubbed]] = {
    b"png": png.scrub,
    b"jpeg": jpeg.scrub,
    b"jpg": jpeg.scrub,
    b"webp": webp.scrub,
    b"gif": gif.scrub,
}


def scrub_embedded(content: bytes) -> Scrubbed:
    """The text with its images scrubbed."""
    traces: list[Trace] = []

    def scrubbed_image(found: re.Match[bytes]) -> bytes:
        clean = scrub_base64(found[3], FORMATS[found[2]])
        traces.extend(clean.traces)
        return found[1] + clean.content

    clean = IMAGE.sub(scrubbed_image, content)
    return Scrubbed(clean, tuple(traces)) if traces else Scrubbed(content)


def scrub_base64(text: bytes, scrub: Callable[[bytes], Scrubbed]) -> Scrubbed:
    """An image in base 64, scrubbed; as it is when it cannot be read."""
    try:
        clean = scrub(base64.b64decode(text))
    except (binascii.Error, IndexError, ValueError, ArithmeticError):
        return Scrubbed(text)
    return Scrubbed(base64.b64encode(clean.content), clean.traces) if clean.traces else Scrubbed(text)
