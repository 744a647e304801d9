"""Named reads of checks, and of what a report compares."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from challenges.catalogue.models import Resource
from submissions.entries.models import Citation, Entry, Upload, UploadFile
from submissions.viewer.checks.citations import Contents
from submissions.viewer.checks.models import WorkCheck


def check_of(session: Session, upload: Upload) -> WorkCheck | None:
    """The check of an upload, whatever its state."""
    return session.scalar(select(WorkCheck).where(WorkCheck.upload_id == upload.id))


def names_and_hashes(session: Session, upload: Upload) -> Sequence[tuple[str, str]]:
    """The path and SHA-256 of every file that was sent."""
    rows = session.execute(select(UploadFile.path, UploadFile.sha256).where(UploadFile.upload_id == upload.id))
    return [(path, sha256) for path, sha256 in rows]


def cited_resources(session: Session, entry: Entry) -> Sequence[Resource]:
    """The files of the datasets that an entry cites."""
    query = select(Resource).join(Citation, Citation.dataset_id == Resource.dataset_id)
    return session.scalars(query.where(Citation.entry_id == entry.id).options(joinedload(Resource.dataset))).all()


def resources_within(session: Session, contents: Contents) -> Sequence[Resource]:
    """The files of the catalogue that are in a work for certain: the same bytes, or the very address."""
    if not contents.hashes and not contents.urls:
        return []
    same = or_(Resource.sha256.in_(sorted(contents.hashes)[:5_000]), Resource.url.in_(sorted(contents.urls)[:500]))
    return session.scalars(select(Resource).where(same).options(joinedload(Resource.dataset)).limit(50)).all()
