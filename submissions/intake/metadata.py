"""What a file tells of those who made it: place, author, programs, dates. Shown to the team, removed from shown copies.

The same walk of a file tells and removes, so that what a team reads is what goes.
"""

import io
from collections.abc import Callable
from typing import BinaryIO

from submissions.intake.traces import avif, gif, jpeg, mp4, notebook, page, pdf, png, svg, webm, webp
from submissions.intake.traces.patches import Patch
from submissions.intake.traces.trace import Scrubbed, Trace, distinct

SCRUBBERS: dict[str, Callable[[bytes], Scrubbed]] = {
    "image/jpeg": jpeg.scrub,
    "image/png": png.scrub,
    "image/apng": png.scrub,
    "image/webp": webp.scrub,
    "image/gif": gif.scrub,
    "image/svg+xml": svg.scrub,
    "application/pdf": pdf.scrub,
    "text/html": page.scrub,
    "application/x-ipynb+json": notebook.scrub,
}
SIGNATURES = {
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/apng": b"\x89PNG\r\n\x1a\n",
    "image/webp": b"RIFF",
    "image/gif": b"GIF8",
}
PATCHERS: dict[str, Callable[[BinaryIO], list[Patch]]] = {
    "image/avif": avif.patches,
    "video/mp4": mp4.patches,
    "video/webm": webm.patches,
}


def plain_type(media_type: str) -> str:
    """A media type without its parameters: "text/html; charset=utf-8" is "text/html"."""
    return media_type.partition(";")[0].strip()


def tells(media_type: str) -> bool:
    """Whether files of this type may tell something that we know to remove."""
    return plain_type(media_type) in SCRUBBERS or plain_type(media_type) in PATCHERS


def scrub(content: bytes, media_type: str) -> Scrubbed:
    """The content without its traces; as it is for a broken file and for types that tell nothing we know.

    A site may name any bytes as it likes: what its name says it is, it need not be.
    """
    plain = plain_type(media_type)
    if plain not in SCRUBBERS or not content.startswith(SIGNATURES.get(plain, b"")):
        return Scrubbed(content)
    try:
        return SCRUBBERS[plain](content)
    except Exception:  # noqa: BLE001  a broken file among the files of a site is shown as it is
        return Scrubbed(content)


def traces_in(content: bytes, media_type: str) -> tuple[Trace, ...]:
    """What the content tells."""
    patcher = PATCHERS.get(plain_type(media_type))
    if patcher:
        return distinct(patch.trace for patch in patcher(io.BytesIO(content)))
    return scrub(content, media_type).traces


def traces_in_file(file: BinaryIO, media_type: str) -> tuple[Trace, ...]:
    """What an open file tells; a video is not read whole."""
    patcher = PATCHERS.get(plain_type(media_type))
    if patcher:
        return distinct(patch.trace for patch in patcher(file))
    file.seek(0)
    return scrub(file.read(), media_type).traces
