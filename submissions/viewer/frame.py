"""What `templates/submissions/viewer/_frame.html` shows of a work: its still image at once, the live one over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from submissions.entries.models import Upload
from submissions.viewer.addresses import Purpose, alone_url, download_url, preview_url, still_sources, work_url
from submissions.viewer.models import PreviewState
from submissions.viewer.queries import preview_of

# Kinds of which readers may want the file itself.
DOWNLOADED = ("pdf",)


@dataclass(frozen=True)
class Frame:
    """A work on a page. `still_url` is None while its image is not made; `alt` is the team's own text alternative."""

    id: str
    title: str
    alt: str
    kind: str
    live_url: str
    alone_url: str
    still_url: str | None = None
    stills: Sequence[tuple[str, str]] = ()
    width: int | None = None
    height: int | None = None
    is_label: bool = False
    download_url: str | None = None
    download_bytes: int = 0


def frame_of(
    session: Session,
    upload: Upload,
    *,
    title: str,
    alt: str,
    now: datetime,
    may_download: bool = False,
    purpose: Purpose = Purpose.SHOW,
) -> Frame:
    """A work for `_frame.html`. `title` is what the page calls it: for a jury, its code.

    `may_download` offers the file of a document, whose properties may name its author: not for a jury.
    """
    preview = preview_of(session, upload)
    still: dict[str, Any] = {}
    if preview is not None and preview.state is not PreviewState.DUE:
        still = {
            "still_url": preview_url(upload, "large"),
            "stills": still_sources(upload.public_id, preview.stills),
            "width": preview.width,
            "height": preview.height,
            "is_label": preview.is_drawn_label,
        }
    if may_download and upload.kind in DOWNLOADED:
        still |= {"download_url": download_url(upload, now), "download_bytes": upload.bytes}
    return Frame(
        id=upload.public_id,
        title=title,
        alt=alt,
        kind=upload.kind or "",
        live_url=work_url(upload, now, purpose),
        alone_url=alone_url(upload, now),
        **still,
    )


def check_part(session: Session, upload: Upload, now: datetime) -> tuple[str, dict[str, Any]]:
    """The frame on the page of a draft: what the jury will see."""
    entry = upload.entry
    frame = frame_of(session, upload, title=entry.title or entry.code, alt=entry.text_alternative, now=now)
    return "submissions/viewer/_work_part.html", {"frame": frame}
