"""Changes in place, for files whose parts say at which byte others lie: nothing may move."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from submissions.intake.traces.trace import Trace

ZEROS = bytes(1 << 16)


@dataclass(frozen=True)
class Patch:
    """What a file tells at one place, and what to write over it: `content`, then zeros up to `size` bytes."""

    trace: Trace
    offset: int
    size: int
    content: bytes = b""


def apply(file: BinaryIO, patches: Iterable[Patch]) -> None:
    """Write the patches over an open file."""
    for patch in patches:
        file.seek(patch.offset)
        file.write(patch.content[: patch.size])
        left = patch.size - len(patch.content)
        while left > 0:
            left -= file.write(ZEROS[: min(left, len(ZEROS))])
