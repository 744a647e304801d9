"""Blobs as files. Written aside, made durable, then moved into place in one step."""

import fcntl
import math
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import BufferedReader, FileIO
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
from hackaviz.kernel.storage.incoming import Appending, WrongOffset


class DiskStorage(Storage):
    """A folder: `sha256/ab/…` for blobs, `unfinished/` for those being written, both in one file system.

    What arrives in several requests lies in `incoming/`.
    """

    def __init__(self, root: str | Path) -> None:
        self._root = Path(root)
        self._unfinished = self._root / "unfinished"
        self.incoming = DiskIncoming(self._root / "incoming")
        # Folders whose own names this process has made durable; none is ever removed.
        self._durable: set[Path] = set()

    def write(self, stream: Readable, *, limit: int | None = None) -> StoredBlob:
        with disk_errors():
            self._unfinished.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=self._unfinished)
        part = Path(name)
        try:
            blob = _fill(descriptor, stream, limit=limit)
            with disk_errors():
                self._publish(part, self._root / blob.key)
        finally:
            part.unlink(missing_ok=True)
        return blob

    def _publish(self, part: Path, final: Path) -> None:
        final.parent.mkdir(parents=True, exist_ok=True)
        # Also when the blob is there already: its date becomes now, and a damaged file is healed.
        part.replace(final)
        _sync_folder(final.parent)
        if final.parent not in self._durable:
            _sync_folder(final.parent.parent)
            _sync_folder(self._root)
            self._durable.add(final.parent)

    def open(self, key: str, *, start: int = 0, length: int | None = None) -> BinaryIO:
        with disk_errors(key):
            stream = self._path(key).open("rb")
            stream.seek(start)
        return stream if length is None else BufferedReader(Slice(stream, length))

    def size(self, key: str) -> int:
        with disk_errors(key):
            return self._path(key).stat().st_size

    def exists(self, key: str) -> bool:
        return is_key(key) and (self._root / key).is_file()

    def delete(self, key: str, *, before: datetime | None = None) -> None:
        if not is_key(key):
            return
        path = self._root / key
        with disk_errors():
            if before is None or _written_at(path) < before.timestamp():
                path.unlink(missing_ok=True)

    def keys(self, *, before: datetime | None = None) -> Iterator[str]:
        for path in self._root.glob("sha256/*/*"):
            key = path.relative_to(self._root).as_posix()
            if is_key(key) and (before is None or _written_at(path) < before.timestamp()):
                yield key

    def discard_unfinished(self, *, before: datetime) -> int:
        with disk_errors():
            left = [part for part in self._unfinished.glob("*") if _written_at(part) < before.timestamp()]
            for part in left:
                part.unlink(missing_ok=True)
        return len(left)

    def check(self) -> None:
        with disk_errors():
            self._unfinished.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._unfinished) as probe:
                probe.write(b"probe")

    def _path(self, key: str) -> Path:
        if not is_key(key):
            raise BlobMissing(key)
        return self._root / key


class DiskIncoming(Appending):
    """One file for each transfer; its length is what has arrived. Names are ours: letters, digits, `_` and `-`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self, name: str) -> None:
        with disk_errors():
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / name).touch()
            _sync_folder(self._folder)

    def offset(self, name: str) -> int:
        with disk_errors(name), (self._folder / name).open("rb") as file:
            # What a killed writer has left unsynced becomes durable before anybody builds on it.
            os.fsync(file.fileno())
            return os.fstat(file.fileno()).st_size

    @contextmanager
    def appending(self, name: str, *, at: int) -> Iterator[Callable[[bytes], None]]:
        with disk_errors(name):
            file = (self._folder / name).open("r+b", buffering=0)
        with file:
            line = _Line(file, at)
            line.write(b"")
            try:
                yield line.write
            finally:
                with disk_errors():
                    os.fsync(file.fileno())

    @contextmanager
    def on_disk(self, name: str) -> Iterator[Path]:
        path = self._folder / name
        if not path.exists():
            raise BlobMissing(name)
        yield path

    def discard(self, name: str, multipart_id: str | None) -> None:
        with disk_errors():
            (self._folder / name).unlink(missing_ok=True)

    def untouched(self, *, since: datetime) -> Sequence[tuple[str, str | None]]:
        with disk_errors():
            return [(file.name, None) for file in self._folder.glob("*") if _written_at(file) < since.timestamp()]


class _Line:
    """What one sender writes: each chunk goes where the one before ended, or nowhere."""

    def __init__(self, file: FileIO, offset: int) -> None:
        self._file, self._offset = file, offset

    def write(self, chunk: bytes) -> None:
        with disk_errors():
            # Two senders of one file: whoever holds the lock looks where the file ends before it writes.
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                end = self._file.seek(0, os.SEEK_END)
                if end != self._offset:
                    raise WrongOffset(end)
                _write_all(self._file, chunk)
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)
        self._offset += len(chunk)


def _written_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        # Somebody has just finished or discarded it.
        return math.inf


def _write_all(file: FileIO, chunk: bytes) -> None:
    view = memoryview(chunk)
    while view:
        view = view[file.write(view) :]


def _fill(descriptor: int, stream: Readable, *, limit: int | None) -> StoredBlob:
    with open(descriptor, "wb", buffering=0) as file:

        def write(chunk: bytes) -> None:
            with disk_errors():
                _write_all(file, chunk)

        blob = copy_hashed(stream, write, limit=limit)
        with disk_errors():
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
def disk_errors(key: str | None = None) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        if key is not None:
            raise BlobMissing(key) from error
        raise StorageUnavailable(f"The storage folder cannot be used: {error.strerror}.") from error
    except OSError as error:
        raise StorageUnavailable(f"The storage folder cannot be used: {error.strerror}.") from error
