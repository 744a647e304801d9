"""Blobs as files. Written aside, made durable, then moved into place in one step."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from hackaviz.kernel.storage.blobs import (
    BlobMissing,
    Readable,
    Slice,
    Storage,
    StorageUnavailable,
    StoredBlob,
    copy_hashed,
    is_key,
)


class DiskStorage(Storage):
    """A folder: `sha256/ab/…` for blobs, `unfinished/` for those being written, both in one file system."""

    def __init__(self, root: str | Path) -> None:
        self._root = Path(root)
        self._unfinished = self._root / "unfinished"

    def write(self, stream: Readable, *, limit: int | None = None) -> StoredBlob:
        with _disk_errors():
            self._unfinished.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=self._unfinished)
        part = Path(name)
        try:
            blob = _fill(descriptor, stream, limit=limit)
            with _disk_errors():
                self._publish(part, self._root / blob.key)
        finally:
            part.unlink(missing_ok=True)
        return blob

    def _publish(self, part: Path, final: Path) -> None:
        final.parent.mkdir(parents=True, exist_ok=True)
        # Also when the blob is there already: its date becomes now, and a damaged file is healed.
        part.replace(final)
        for folder in (final.parent, final.parent.parent, self._root):
            _sync_folder(folder)

    def open(self, key: str, *, start: int = 0, length: int | None = None) -> BinaryIO:
        with _disk_errors(key):
            stream = self._path(key).open("rb")
            stream.seek(start)
        return stream if length is None else BufferedReader(Slice(stream, length))

    def size(self, key: str) -> int:
        with _disk_errors(key):
            return self._path(key).stat().st_size

    def exists(self, key: str) -> bool:
        return is_key(key) and (self._root / key).is_file()

    def delete(self, key: str) -> None:
        if is_key(key):
            with _disk_errors():
                (self._root / key).unlink(missing_ok=True)

    def keys(self) -> Iterator[str]:
        for path in self._root.glob("sha256/*/*"):
            key = path.relative_to(self._root).as_posix()
            if is_key(key):
                yield key

    def discard_unfinished(self, *, before: datetime) -> int:
        with _disk_errors():
            left = [part for part in self._unfinished.glob("*") if part.stat().st_mtime < before.timestamp()]
            for part in left:
                part.unlink(missing_ok=True)
        return len(left)

    def check(self) -> None:
        with _disk_errors():
            self._unfinished.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._unfinished) as probe:
                probe.write(b"probe")

    def _path(self, key: str) -> Path:
        if not is_key(key):
            raise BlobMissing(key)
        return self._root / key


def _fill(descriptor: int, stream: Readable, *, limit: int | None) -> StoredBlob:
    with open(descriptor, "wb", buffering=0) as file:

        def write(chunk: bytes) -> None:
            with _disk_errors():
                view = memoryview(chunk)
                while view:
                    view = view[file.write(view) :]

        blob = copy_hashed(stream, write, limit=limit)
        with _disk_errors():
            os.fsync(descriptor)
    return blob


def _sync_folder(folder: Path) -> None:
    # A rename is durable only once the folder that names the file is on disk.
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _disk_errors(key: str | None = None) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        if key is not None:
            raise BlobMissing(key) from error
        raise StorageUnavailable(f"The storage folder cannot be used: {error.strerror}.") from error
    except OSError as error:
        raise StorageUnavailable(f"The storage folder cannot be used: {error.strerror}.") from error
