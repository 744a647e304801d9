"""Verbs on shown copies: asked for, claimed by a job, noted whole. Nothing here reads a file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hackaviz.kernel.storage import StoredBlob
from submissions.entries.models import Upload
from submissions.viewer.copies.models import CopyState, ShownCopy, ShownFile
from submissions.viewer.leases import claim_oldest

# Longer than the longest a copy may take.
LEASE = timedelta(minutes=8)


@dataclass(frozen=True)
class NewFile:
    """A file of a shown copy, stored."""

    path: str
    media_type: str
    blob: StoredBlob
    origin: str


@dataclass(frozen=True)
class Made:
    """A shown copy: files that differ from what was sent, and what is to be told of it."""

    files: tuple[NewFile, ...] = ()
    report: dict[str, Any] = field(default_factory=dict)


def ask_for_copy(session: Session, upload: Upload, _now: datetime) -> None:
    """Note that an upload needs its shown copy."""
    session.add(ShownCopy(upload_id=upload.id))
    session.flush()


def ask_for_copy_again(session: Session, upload: Upload, now: datetime) -> None:
    """Let a job try once more where something could not be copied in; a whole copy stays as it is."""
    copy = session.scalar(select(ShownCopy).where(ShownCopy.upload_id == upload.id))
    if copy is None:
        ask_for_copy(session, upload, now)
    elif copy.state is CopyState.FAILED or copy.report.get("not_frozen"):
        copy.state, copy.attempts, copy.leased_until = CopyState.DUE, 0, None


def claim_due(session: Session, now: datetime) -> ShownCopy | None:
    """The oldest copy that is due, taken for this job until the lease ends; its files are loaded."""
    claimed: ShownCopy | None = claim_oldest(session, ShownCopy, now, LEASE)
    if claimed is not None:
        session.refresh(claimed.upload, ["files"])
    return claimed


def note_copy(session: Session, copy_id: int, made: Made, *, failure: str | None = None) -> None:
    """The copy is there, all at once. `failure` says why it holds less than it should."""
    copy = session.get_one(ShownCopy, copy_id)
    session.execute(delete(ShownFile).where(ShownFile.upload_id == copy.upload_id))
    session.add_all(_rows(copy.upload_id, made.files))
    copy.state = CopyState.FAILED if failure else CopyState.READY
    copy.report, copy.error, copy.leased_until = made.report, failure, None


def _rows(upload_id: int, files: Iterable[NewFile]) -> list[ShownFile]:
    return [
        ShownFile(
            upload_id=upload_id,
            path=file.path,
            media_type=file.media_type,
            bytes=file.blob.bytes,
            sha256=file.blob.sha256,
            storage_key=file.blob.key,
            origin=file.origin[:2000],
        )
        for file in files
    ]
