"""Verbs on still images: asked for, claimed by a job, noted. Nothing here draws."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import has_request_context
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from hackaviz.web.jobs import wake
from submissions.entries.models import Upload
from submissions.viewer.models import Preview, PreviewState

WORK = "previews"
MOST_ATTEMPTS = 3
# Longer than the longest a picture may take: a job that was killed is known by this.
LEASE = timedelta(minutes=3)
WAIT = timedelta(minutes=1)


@dataclass(frozen=True)
class Picture:
    """A stored image."""

    key: str
    bytes: int
    width: int
    height: int


@dataclass(frozen=True)
class Still:
    """What a job made of an upload: both sizes, and a document's pages. `label_reason` says why it is only a label."""

    large: Picture
    small: Picture
    pages: tuple[Picture, ...] = ()
    label_reason: str | None = None


def ask_for_preview(session: Session, upload: Upload, _now: datetime) -> None:
    """Note that an upload needs its still image, and wake the job process once this is committed."""
    session.add(Preview(upload_id=upload.id))
    session.flush()
    if has_request_context():
        wake(WORK)


def claim_due(session: Session, now: datetime) -> Preview | None:
    """The oldest still image that is due, taken for this job until the lease ends; its upload and entry are loaded."""
    preview = session.scalar(
        select(Preview)
        .where(Preview.state == PreviewState.DUE, or_(Preview.leased_until.is_(None), Preview.leased_until <= now))
        .order_by(Preview.attempts, Preview.id)
        .limit(1)
        .options(joinedload(Preview.upload, innerjoin=True).joinedload(Upload.entry, innerjoin=True))
        .with_for_update(skip_locked=True, of=Preview)
    )
    if preview is not None:
        preview.attempts += 1
        preview.leased_until = now + LEASE
    return preview


def may_try(preview: Preview) -> bool:
    """Whether this attempt still draws; after too many, also those cut short by a kill, a label is all that is made."""
    return preview.attempts <= MOST_ATTEMPTS


def note_failure(session: Session, preview_id: int, reason: str, now: datetime) -> None:
    """One more try is due after a while."""
    preview = session.get_one(Preview, preview_id)
    preview.error = reason
    preview.leased_until = now + WAIT * preview.attempts


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
