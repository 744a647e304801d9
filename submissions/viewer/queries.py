"""Named reads of uploads and still images."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from submissions.entries.models import Entry, Upload, UploadState
from submissions.teams.models import Team
from submissions.viewer.models import Preview, PreviewState
from submissions.viewer.paths import Numbered


def accepted_upload(session: Session, public_id: str) -> Upload | None:
    """An upload that may be shown."""
    query = select(Upload).where(Upload.public_id == public_id, Upload.state == UploadState.ACCEPTED)
    return session.scalar(query)


def preview_of(session: Session, upload: Numbered) -> Preview | None:
    """The still image of an upload, whatever its state."""
    return session.scalar(select(Preview).where(Preview.upload_id == upload.id))


def previews_of(session: Session, upload_ids: Collection[int]) -> Mapping[int, Preview]:
    """The still images of some uploads, by the upload's number."""
    rows = session.scalars(select(Preview).where(Preview.upload_id.in_(list(upload_ids))))
    return {preview.upload_id: preview for preview in rows}


def drawn_among(session: Session, upload_public_ids: Collection[str]) -> set[str]:
    """Those of some uploads, by their public identifiers, whose still image is made."""
    drawn = select(Upload.public_id).join(Preview).where(Preview.state != PreviewState.DUE)
    return set(session.scalars(drawn.where(Upload.public_id.in_(list(upload_public_ids)))))


def preview_with_entry(session: Session, upload_public_id: str) -> Preview | None:
    """A still image with all that decides who may see it."""
    entry = joinedload(Preview.upload).joinedload(Upload.entry)
    query = select(Preview).join(Preview.upload).where(Upload.public_id == upload_public_id)
    return session.scalar(
        query.options(
            entry.joinedload(Entry.edition),
            entry.joinedload(Entry.current_version),
            entry.joinedload(Entry.team).selectinload(Team.members),
        )
    )
