"""Verbs on still images: asked for, claimed by a job, noted. Nothing here draws."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import has_app_context
from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session

from hackaviz.kernel.storage import Storage
from hackaviz.web.jobs import wake
from submissions.entries.models import Upload
from submissions.viewer.checks.models import CheckState, WorkCheck
from submissions.viewer.copies.models import CopyState, ShownCopy
from submissions.viewer.leases import MOST_ATTEMPTS, claim_oldest
from submissions.viewer.models import Preview, PreviewState
from submissions.viewer.sizes import FORMS

WORK = "works"
# Kinds whose still image is drawn from the file itself; a browser pictures all others.
FROM_FILE = ("image", "pdf")
# Longer than the longest a picture may take: a job that was killed is known by this.
LEASE = timedelta(minutes=3)


@dataclass(frozen=True)
class Picture:
    """A stored image."""

    key: str
    bytes: int
    width: int
    height: int


@dataclass(frozen=True)
class Still:
    """What a job made of an upload: its sizes, and a document's pages. `label_reason` says why it is only a label."""

    large: Picture
    small: Picture
    pages: tuple[Picture, ...] = ()
    stills: tuple[dict[str, Any], ...] = ()
    label_reason: str | None = None


def ask_for_preview(session: Session, upload: Upload, _now: datetime) -> None:
    """Note that an upload needs its still image, and wake the job process once this is committed."""
    session.add(Preview(upload_id=upload.id))
    session.flush()
    if has_app_context():
        wake(WORK)


def claim_due(session: Session, now: datetime) -> Preview | None:
    """The oldest still image that is due, taken for this job until the lease ends; its upload and entry are loaded.

    What is pictured is the shown copy, and of a work that lives a check has made the picture: both come first.
    """
    is_copied = ~exists().where(ShownCopy.upload_id == Preview.upload_id, ShownCopy.state == CopyState.DUE)
    is_from_file = exists().where(Upload.id == Preview.upload_id, Upload.kind.in_(FROM_FILE))
    is_unchecked = exists().where(WorkCheck.upload_id == Preview.upload_id, WorkCheck.state == CheckState.DUE)
    claimed: Preview | None = claim_oldest(session, Preview, now, LEASE, is_copied, or_(is_from_file, ~is_unchecked))
    return claimed


def release_works(session: Session) -> None:
    """Let the only job process begin again with what one that was killed had taken."""
    for table in (ShownCopy, WorkCheck, Preview):
        session.execute(update(table).where(table.state == "due").values(leased_until=None))


def may_try(preview: Preview) -> bool:
    """Whether this attempt still draws; after too many, also those cut short by a kill, a label is all that is made."""
    return preview.attempts <= MOST_ATTEMPTS


def note_still(session: Session, preview_id: int, still: Still) -> None:
    """The image is there, or the label that stands in for it."""
    preview = session.get_one(Preview, preview_id)
    preview.state = PreviewState.FAILED if still.label_reason else PreviewState.READY
    preview.is_drawn_label = still.label_reason is not None
    preview.error = still.label_reason
    preview.leased_until = None
    preview.large_key, preview.small_key = still.large.key, still.small.key
    preview.width, preview.height = still.large.width, still.large.height
    preview.pages = [vars(page) for page in still.pages]
    preview.stills = list(still.stills)


def draw_again(session: Session, preview_id: int) -> None:
    """Let a job make anew an image of which a file was asked for and is lost; nothing happens while one is due."""
    preview = session.get_one(Preview, preview_id, with_for_update=True)
    if preview.state is not PreviewState.DUE:
        _make_due(preview)


def draw_lost_again(session: Session, storage: Storage) -> int:
    """Let a job make anew every image that is a label, of which a file is lost, or that lacks its sizes; say how many.

    A label may be one of those that older releases drew, which named the work by its title.
    """
    made = session.scalars(select(Preview).where(Preview.state != PreviewState.DUE)).all()
    lost = [each for each in made if each.is_drawn_label or not each.stills or not _is_whole(each, storage)]
    for preview in lost:
        _make_due(preview)
    return len(lost)


def _make_due(preview: Preview) -> None:
    preview.state, preview.attempts, preview.leased_until, preview.error = PreviewState.DUE, 0, None, None


def _is_whole(preview: Preview, storage: Storage) -> bool:
    return all(map(storage.exists, _keys(preview)))


def _keys(preview: Preview) -> list[str]:
    still = [each[form]["key"] for each in preview.stills for form in FORMS]
    return [preview.large_key or "", preview.small_key or "", *still, *(page["key"] for page in preview.pages)]
