"""Named reads of shown copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, literal, select, union_all
from sqlalchemy.orm import Session

from submissions.entries.models import Upload, UploadFile
from submissions.viewer.copies.models import CopyState, ShownCopy, ShownFile
from submissions.viewer.paths import Numbered


@dataclass(frozen=True)
class ShownBlob:
    """A file as everybody sees it. `is_final` is False while a copy is being made, which may still replace it."""

    path: str
    media_type: str
    bytes: int
    sha256: str
    storage_key: str
    is_final: bool = True


def shown_file(session: Session, upload: Numbered, path: str) -> ShownBlob | None:
    """One file as everybody sees it, in one query: of the shown copy, else as it was sent."""
    both = union_all(
        _columns(ShownFile, 0).where(ShownFile.upload_id == upload.id, ShownFile.path == path),
        _columns(UploadFile, 1).where(UploadFile.upload_id == upload.id, UploadFile.path == path),
    ).subquery()
    is_due = exists().where(ShownCopy.upload_id == upload.id, ShownCopy.state == CopyState.DUE)
    row = session.execute(select(both, is_due).order_by(both.c.rank).limit(1)).first()
    if row is None:
        return None
    path, media_type, size, sha256, key, _rank, is_replaced = row
    return ShownBlob(path, media_type, size, sha256, key, is_final=not is_replaced)


def shown_files(session: Session, upload: Upload) -> Sequence[ShownFile | UploadFile]:
    """All files as everybody sees them, by path."""
    files: dict[str, ShownFile | UploadFile] = {}
    for sent in session.scalars(select(UploadFile).where(UploadFile.upload_id == upload.id)):
        files[sent.path] = sent
    for shown in session.scalars(select(ShownFile).where(ShownFile.upload_id == upload.id)):
        files[shown.path] = shown
    return [files[path] for path in sorted(files)]


def copy_of(session: Session, upload: Upload) -> ShownCopy | None:
    """The shown copy of an upload, whatever its state."""
    return session.scalar(select(ShownCopy).where(ShownCopy.upload_id == upload.id))


def _columns(table: type[ShownFile] | type[UploadFile], rank: int) -> Any:
    columns = (table.path, table.media_type, table.bytes, table.sha256, table.storage_key)
    return select(*columns, literal(rank).label("rank"))
