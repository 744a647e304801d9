"""Why two datasets may be one, and numbers of files once they are."""

from collections.abc import Iterable
from enum import StrEnum


class Alike(StrEnum):
    """What two datasets share."""

    TITLE = "title"
    PAGE = "page"
    FILE = "file"


# More datasets than these share a page when it is that of a portal, and not of one of them.
MOST_ALIKE = 5


def in_order(first: int, second: int) -> tuple[int, int]:
    """The numbers of a pair, the lower one first."""
    return (first, second) if first < second else (second, first)


def joined_usage(kept: str, other: str, longest: int) -> str:
    """How an entry uses what it cited twice: both sentences where they differ and there is room."""
    if not other or other in kept:
        return kept
    both = f"{kept} {other}".strip()
    return both if len(both) <= longest else kept


def free_positions(taken: Iterable[int], number: int) -> range:
    """Positions for `number` more files, behind those that are taken."""
    start = max(taken, default=-1) + 1
    return range(start, start + number)
