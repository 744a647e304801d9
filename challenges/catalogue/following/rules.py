"""What followers of a dataset are told: what is known of it now, compared with what they were told last. Pure.

Nothing depends on who changed it or how: a steward, a harvest and a merge are seen alike.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

# A change is told within the hour; then nothing more for a day, so that many changes are one letter.
LOOK_EVERY = timedelta(hours=1)
REST_AFTER_LETTER = timedelta(days=1)
MOST_NAMED = 10


class ChangeKind(StrEnum):
    """What happened to a dataset."""

    VANISHED = "vanished"
    LISTED_AGAIN = "listed-again"
    LINK_DEAD = "link-dead"
    LINK_ANSWERS = "link-answers"
    NEW_FILE = "new-file"
    FILE_CHANGED = "file-changed"
    FILE_GONE = "file-gone"
    DATA_CHANGED = "data-changed"
    LICENCE = "licence"


@dataclass(frozen=True)
class Known:
    """What followers know. `files` are SHA-256 by name or address, empty where nobody knows it."""

    licence: str
    availability: str
    is_listed: bool = True
    modified_on: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)


@dataclass(frozen=True)
class Change:
    """One thing that happened, and the files it happened to."""

    kind: ChangeKind
    names: tuple[str, ...] = ()


def changes_between(before: Known, after: Known) -> list[Change]:
    """What followers should be told, in the order of `ChangeKind`."""
    return [*_listing(before, after), *_link(before, after), *_files(before, after), *_licence(before, after)]


def _listing(before: Known, after: Known) -> list[Change]:
    if before.is_listed == after.is_listed:
        return []
    return [Change(ChangeKind.LISTED_AGAIN if after.is_listed else ChangeKind.VANISHED)]


def _link(before: Known, after: Known) -> list[Change]:
    """Whether the link still answers; of data that is here or comes here, its files tell more."""
    if (before.availability, after.availability) == ("reachable", "described"):
        return [Change(ChangeKind.LINK_DEAD)]
    if (before.availability, after.availability) == ("described", "reachable"):
        return [Change(ChangeKind.LINK_ANSWERS)]
    return []


def _files(before: Known, after: Known) -> list[Change]:
    old, new = before.files, after.files
    kinds = {
        ChangeKind.NEW_FILE: new.keys() - old.keys(),
        # A digest that is learnt is no change.
        ChangeKind.FILE_CHANGED: {name for name in new.keys() & old.keys() if old[name] and new[name] != old[name]},
        ChangeKind.FILE_GONE: old.keys() - new.keys(),
    }
    changes = [Change(kind, tuple(sorted(names)[:MOST_NAMED])) for kind, names in kinds.items() if names]
    if not changes and after.modified_on > before.modified_on:
        return [Change(ChangeKind.DATA_CHANGED)]
    return changes


def _licence(before: Known, after: Known) -> list[Change]:
    return [Change(ChangeKind.LICENCE)] if before.licence != after.licence else []
