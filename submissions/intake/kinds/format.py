"""What a kind says of each file format that it covers."""

from collections.abc import Callable
from dataclasses import dataclass

from submissions.intake.report import Finding
from submissions.intake.upload import Upload


@dataclass(frozen=True)
class Format:
    """A format: its proper name, the kind of entry it makes, the ends of file names, how to recognise and check it.

    `recognise` tells by content alone. `inspect` reads the whole file and raises Refused when something is wrong;
    a format without it is recognised only to be refused by name.
    """

    name: str
    kind: str
    suffixes: tuple[str, ...]
    recognise: Callable[[Upload], bool]
    inspect: Callable[[Upload], Finding] | None = None


def begins_with(*signatures: bytes, at: int = 0) -> Callable[[Upload], bool]:
    """Recognise by bytes at a fixed place."""
    return lambda upload: upload.head.startswith(signatures, at)
