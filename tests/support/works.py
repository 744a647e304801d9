"""Works as teams send them, judged by intake and stored, for tests that show them."""

import tempfile
from pathlib import Path

from sqlalchemy.orm import Session

from hackaviz.kernel.storage import Storage
from submissions.entries.models import Entry, Upload, UploadFile, UploadState
from submissions.entries.reception import examine

PAGE = b"<!doctype html><html lang=en><title>A work</title><h1>A work</h1></html>"


def send_work(session: Session, storage: Storage, entry: Entry, name: str, content: bytes) -> Upload:
    """An accepted file of an entry, as its upload would leave it; not handed in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(content)
        received = examine(path, name, storage=storage)
    report, original = received.report, received.original
    assert report.accepted and original is not None, report
    upload = Upload(
        entry=entry,
        sent_by_id=entry.team.captain.id,
        file_name=received.file_name,
        bytes=report.bytes,
        sha256=report.sha256,
        storage_key=original.key,
        state=UploadState.ACCEPTED,
        kind=report.kind,
        entry_point=report.entry_point,
        report=report.as_data(),
        received_at=entry.created_at,
        files=[
            UploadFile(
                path=file.path,
                media_type=file.media_type,
                bytes=file.blob.bytes,
                sha256=file.blob.sha256,
                storage_key=file.blob.key,
            )
            for file in received.files
        ],
    )
    session.add(upload)
    session.flush()
    entry.current_upload = upload
    return upload
