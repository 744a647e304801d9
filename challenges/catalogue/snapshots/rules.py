"""When a frozen copy is tried again, when it may be let go, and what it is called. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import unquote, urlsplit

MOST_ATTEMPTS = 5
FIRST_WAIT = timedelta(minutes=5)


class SnapshotState(StrEnum):
    """Whether the bytes are here."""

    WAITING = "waiting"
    KEPT = "kept"
    FAILED = "failed"


def next_try(attempts: int, now: datetime) -> datetime:
    """When a file that was asked for so many times is asked for again: 5, 10, 20, 40 minutes later."""
    doubled: int = 2 ** max(0, attempts - 1)
    return now + FIRST_WAIT * doubled


def may_still_choose(submission_closes_at: datetime, now: datetime) -> bool:
    """Whether copies may be pinned or let go: until hand-in closes. After that the jury works with what teams had."""
    return now <= submission_closes_at


def name_of_link(url: str, file_format: str) -> str:
    """What to call the file at an address: the last part of its path, with the format where that has no ending."""
    last = unquote(urlsplit(url).path).rstrip("/").rsplit("/", 1)[-1] or "data"
    return last if "." in last.strip(".") or not file_format or file_format == "other" else f"{last}.{file_format}"
