"""What every storage promises, and the parts that do not depend on where the bytes go."""

import hashlib
import io
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, Protocol

from typing_extensions import Buffer

from hackaviz.kernel.errors import NotFound, TooLarge, Unavailable

if TYPE_CHECKING:
    from hackaviz.kernel.storage.incoming import Appending, Multipart

CHUNK_BYTES = 1024 * 1024
KEY = re.compile(r"sha256/[0-9a-f]{2}/[0-9a-f]{62}")


class StorageUnavailable(Unavailable):
    """The storage does not answer, is full, or refuses us. Nothing that was stored before is lost."""


class BlobMissing(NotFound):
    """No blob has this key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"Nothing is stored under {key!r}.")


class Readable(Protocol):
    """What can be stored: an upload, an open file, a response of another host."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


@dataclass(frozen=True)
class StoredBlob:
    """Where the bytes went, how many they are, and their SHA-256 in hexadecimal."""

    key: str
    bytes: int
    sha256: str


class Storage(ABC):
    """Blobs by key. A key that is not one of ours names nothing: it is missing, never an error or another file.

    Every method raises StorageUnavailable when the storage itself fails. `incoming` takes what arrives in pieces.
    """

    incoming: "Appending | Multipart"

    @property
    def browsers_reach(self) -> str:
        """The scheme and host where browsers put parts themselves; none when all bytes come through the application."""
        return ""

    @abstractmethod
    def write(self, stream: Readable, *, limit: int | None = None) -> StoredBlob:
        """Store the stream; visible whole or not at all, and durable when this returns.

        Memory stays flat whatever the size. TooLarge beyond `limit` bytes, with nothing left behind.
        """

    @abstractmethod
    def open(self, key: str, *, start: int = 0, length: int | None = None) -> BinaryIO:
        """A stream to read once, forwards, then close; of a part as Python slices it. BlobMissing."""

    @abstractmethod
    def size(self, key: str) -> int:
        """Its bytes. BlobMissing."""

    @abstractmethod
    def exists(self, key: str) -> bool:
        """Whether it can be read."""

    @abstractmethod
    def delete(self, key: str, *, before: datetime | None = None) -> None:
        """Forget it; what is already gone stays gone. The caller knows that no row names it any more.

        What was written again since `before` stays: whoever wrote it is about to name it.
        """

    @abstractmethod
    def keys(self, *, before: datetime | None = None) -> Iterator[str]:
        """Every key, or those last written earlier than `before`, in no particular order."""

    @abstractmethod
    def discard_unfinished(self, *, before: datetime) -> int:
        """Remove what writers that died have left since earlier than `before`; returns how many.

        What is still arriving is none of it: `incoming` knows that.
        """

    @abstractmethod
    def check(self) -> None:
        """Return quietly when a write would work now, as far as a cheap test can tell."""

    def read_range(self, key: str, start: int, length: int) -> bytes:
        """A small part in memory, shorter where the blob ends. BlobMissing."""
        with self.open(key, start=start, length=length) as stream:
            return stream.read()


def is_key(key: str) -> bool:
    """Whether this has the form of our keys; anything else never reaches a path or a bucket."""
    return KEY.fullmatch(key) is not None


def copy_hashed(stream: Readable, write: Callable[[bytes], object], *, limit: int | None) -> StoredBlob:
    """Pass the stream on chunk by chunk and name it by its content. TooLarge as soon as `limit` is passed."""
    digest, total = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK_BYTES):
        total += len(chunk)
        if limit is not None and total > limit:
            raise TooLarge(f"This file has more than the {limit} bytes that are allowed.")
        digest.update(chunk)
        write(chunk)
    name = digest.hexdigest()
    return StoredBlob(key=f"sha256/{name[:2]}/{name[2:]}", bytes=total, sha256=name)


class Slice(io.RawIOBase):
    """The next `length` bytes of a stream, which it owns and closes."""

    def __init__(self, source: BinaryIO, length: int) -> None:
        super().__init__()
        self._source = source
        self._left = length

    def readable(self) -> bool:
        """It is for reading only."""
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        """Fill the buffer as far as the slice goes."""
        view = memoryview(buffer)
        chunk = self._source.read(min(self._left, len(view)))
        view[: len(chunk)] = chunk
        self._left -= len(chunk)
        return len(chunk)

    def close(self) -> None:
        """Close the stream below too."""
        self._source.close()
        super().close()
