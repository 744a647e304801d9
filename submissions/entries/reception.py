"""From the bytes that a team sends to stored files: kept on disk as they come, judged apart, stored when good."""

import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore
from typing import BinaryIO

from hackaviz.kernel.storage import Storage, StoredBlob
from submissions.entries.refusals import FileTooLarge
from submissions.intake.antivirus import Scan, Verdict, scan
from submissions.intake.check import check_file_confined
from submissions.intake.files import PublicFile, public_files
from submissions.intake.limits import Limits
from submissions.intake.report import CheckReport, refusal
from submissions.intake.upload import Upload as NamedFile

CHUNK_BYTES = 1024 * 1024
SMALL_BYTES = 1024 * 1024
WRITERS, MOST_WAITING = 8, 16


@dataclass(frozen=True)
class StoredFile:
    """A file that browsers may ask for, and where its bytes are."""

    path: str
    media_type: str
    blob: StoredBlob


@dataclass(frozen=True)
class Received:
    """A file, what intake says of it, and, when it is accepted, where its bytes are.

    `scan` is what the antivirus says of an accepted file; None where none is configured.
    """

    file_name: str
    report: CheckReport
    original: StoredBlob | None = None
    files: tuple[StoredFile, ...] = ()
    scan: Scan | None = None


@contextmanager
def kept_on_disk(stream: BinaryIO, limit: int) -> Iterator[Path]:
    """The bytes of a stream as a file until the block ends. Raises FileTooLarge as soon as they pass `limit`."""
    with tempfile.TemporaryDirectory(prefix="upload-") as folder:
        path, total = Path(folder, "file"), 0
        with path.open("wb", buffering=0) as file:
            while chunk := stream.read(CHUNK_BYTES):
                total += len(chunk)
                if total > limit:
                    raise FileTooLarge(limit)
                file.write(chunk)
        yield path


def examine(
    path: Path, name: str, *, storage: Storage, limits: Limits = Limits(), antivirus_url: str | None = None
) -> Received:
    """Judge a file in a confined process; store it, and the files it holds, when nothing speaks against it.

    Needs no transaction: rows that name the blobs are written afterwards.
    """
    report = check_file_confined(path, name, limits)
    file_name = NamedFile(path, name, limits).public_name
    if not report.accepted or report.kind is None:
        return Received(file_name, report)
    found = _scan(path, antivirus_url)
    if found is not None and found.verdict is Verdict.INFECTED:
        refused = refusal("not-allowed.infected", item=file_name, signature=found.told)
        return Received(file_name, replace(report, entry_point=None, files=0, reasons=refused.reasons))
    with path.open("rb") as file:
        original = storage.write(file)
    files = tuple(_store_all(public_files(path, report.kind, name, limits), storage))
    return Received(file_name, report, original, files, found)


def _scan(path: Path, antivirus_url: str | None) -> Scan | None:
    if antivirus_url is None:
        return None
    with path.open("rb") as file:
        return scan(file, antivirus_url)


def _store_all(files: Iterable[PublicFile], storage: Storage) -> list[StoredFile]:
    """Store the files of a work. Making a file durable is mostly waiting: small ones wait side by side."""
    waiting: list[tuple[PublicFile, Future[StoredBlob]]] = []
    room = BoundedSemaphore(MOST_WAITING)
    with ThreadPoolExecutor(WRITERS) as writers:
        for public in files:
            stream = BytesIO(public.stream.read()) if public.bytes <= SMALL_BYTES else public.stream
            room.acquire()
            writing = writers.submit(storage.write, stream)
            writing.add_done_callback(lambda _: room.release())
            if stream is public.stream:
                # It is read from the archive, which then goes on to the next file.
                writing.result()
            waiting.append((public, writing))
        return [StoredFile(public.path, public.media_type, writing.result()) for public, writing in waiting]
