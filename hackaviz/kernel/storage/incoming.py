"""What is still arriving: bytes under a name of ours, before their content gives them a key.

On disk the application appends to a file; in a bucket the sender's browser puts parts with signed addresses. Each kind
of storage has one of the two as its `incoming`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hackaviz.kernel.errors import Conflict


class WrongOffset(Conflict):
    """The next byte is another one than the sender believes: `offset` says which."""

    code = "wrong-offset"

    def __init__(self, offset: int) -> None:
        super().__init__(f"This transfer goes on at byte {offset}.")
        self.offset = offset


class PartsMissing(Conflict):
    """The parts in the bucket are not the whole file."""

    code = "parts-missing"

    def __init__(self, have: int, wanted: int) -> None:
        super().__init__(f"{have} of {wanted} bytes are in the bucket.")


@dataclass(frozen=True)
class Part:
    """One part that is in the bucket; `number` counts from 1."""

    number: int
    bytes: int
    etag: str


class Incoming(ABC):
    """What both kinds of storage do with bytes that have all arrived, or never will."""

    @abstractmethod
    def on_disk(self, name: str) -> AbstractContextManager[Path]:
        """The whole file as a path, for as long as the block lasts. BlobMissing."""

    @abstractmethod
    def discard(self, name: str, multipart_id: str | None) -> None:
        """Forget it, whatever has arrived; what is already gone stays gone."""

    @abstractmethod
    def untouched(self, *, since: datetime) -> Sequence[tuple[str, str | None]]:
        """What lies here since before that instant, as `discard` takes it: its name, and the bucket's for its parts."""


class Appending(Incoming):
    """Incoming bytes on a disk of ours: appended in order by one writer at a time."""

    @abstractmethod
    def begin(self, name: str) -> None:
        """Make room for a file; where there is room already, what it holds stays."""

    @abstractmethod
    def offset(self, name: str) -> int:
        """How many bytes are durable. BlobMissing."""

    @abstractmethod
    def appending(self, name: str, *, at: int) -> AbstractContextManager[Callable[[bytes], None]]:
        """Write chunks one after the other from byte `at` on; durable once the block has ended. BlobMissing.

        WrongOffset, at once or at any chunk, when the file ends elsewhere: whoever comes second to an offset is
        refused, so that a sender who reconnects never waits for a line that is dead.
        """


class Multipart(Incoming):
    """Incoming bytes in a bucket: put there in parts by the sender, without passing through us."""

    # The parts of a file but the last have this size; S3 wants at least 5 MiB.
    part_bytes: int

    @abstractmethod
    def begin(self, name: str) -> str:
        """Open an upload in parts; the bucket's name for it."""

    @abstractmethod
    def part_address(self, name: str, multipart_id: str, number: int, length: int) -> str:
        """Where `length` bytes may be put as part `number`, for an hour."""

    @abstractmethod
    def list_address(self, name: str, multipart_id: str) -> str:
        """Where the sender reads which parts are there, for an hour."""

    @abstractmethod
    def parts(self, name: str, multipart_id: str) -> Sequence[Part]:
        """The parts that are there. BlobMissing."""

    @abstractmethod
    def complete(self, name: str, multipart_id: str, length: int) -> None:
        """Join the parts into one object of `length` bytes; nothing happens when that was done. PartsMissing."""
