"""A chain of digests: each link holds the digest of the one before, so that nothing in between changes unseen. Pure.

A chain whose end was cut off is whole in itself: what tells is its last digest, kept elsewhere (in a sealed result).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

# What the first link holds in place of an earlier digest.
BEGINNING = "0" * 64


class ChainRow(Protocol):
    """A link as a database or a file has it."""

    @property
    def number(self) -> int: ...

    @property
    def content(self) -> Mapping[str, Any]: ...

    @property
    def previous_sha256(self) -> str: ...

    @property
    def sha256(self) -> str: ...


@dataclass(frozen=True)
class Link:
    """One act. `content` is plain JSON, `sha256` the digest of the previous digest and of it."""

    number: int
    content: Mapping[str, Any]
    previous_sha256: str
    sha256: str


def canonical(content: Any) -> str:
    """The one way to write plain JSON: sorted keys, no spaces, every character as itself."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(previous: str, content: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the previous digest, a line end, and the canonical content."""
    return sha256(f"{previous}\n{canonical(content)}".encode()).hexdigest()


def next_link(last: ChainRow | None, content: Mapping[str, Any]) -> Link:
    """The link that follows the last one."""
    previous = last.sha256 if last else BEGINNING
    return Link(last.number + 1 if last else 1, content, previous, digest(previous, content))


def commitment(salt: str, *texts: str) -> str:
    """A digest that binds to texts without telling them; whoever has the salt and the texts can check it."""
    return sha256(canonical([salt, *texts]).encode()).hexdigest()


def verify_chain(rows: Sequence[ChainRow]) -> list[str]:
    """What is wrong with a chain, in its order, in plain English; nothing when it is whole."""
    problems, previous = [], BEGINNING
    for number, row in enumerate(rows, start=1):
        if row.number != number:
            problems.append(f"Link {number} is missing: {row.number} follows {number - 1}.")
            break
        if row.previous_sha256 != previous:
            problems.append(f"Link {number} does not follow from link {number - 1}.")
        if row.sha256 != digest(row.previous_sha256, row.content):
            problems.append(f"Link {number} was changed after it was written.")
        previous = row.sha256
    return problems
