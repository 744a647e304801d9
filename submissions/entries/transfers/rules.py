"""When a file on its way may go on, and what becomes of a hand-in that waits for it. Pure.

A hand-in counts by the instant at which its small request arrives, however long its file then takes: at or before the
deadline it counts, later it does not. The file it names must have begun by then, and be whole before the grace ends.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class TransferState(StrEnum):
    """Where a file on its way stands."""

    BEGUN = "begun"
    WHOLE = "whole"
    EXAMINED = "examined"
    CANCELLED = "cancelled"
    ABANDONED = "abandoned"
    # Our own failure: every process that looked into the file was ended.
    FAILED = "failed"


class HandInState(StrEnum):
    """What became of a hand-in that waited for its file."""

    WAITING = "waiting"
    COUNTED = "counted"
    REFUSED = "refused"
    TOO_LATE = "too-late"


# Bytes may still come, or a job still has to look at them.
ON_THEIR_WAY = frozenset({TransferState.BEGUN, TransferState.WHOLE})
# What a hand-in may mean by a file that its page was sending: on a busy server that may be here, and examined, already.
SENT_FROM_A_PAGE = ON_THEIR_WAY | {TransferState.EXAMINED}
ABANDONED_AFTER = timedelta(days=1)
# How many files of the largest size a team may have sent, those it replaced included.
FILES_OF_A_TEAM = 40


@dataclass(frozen=True)
class Announced:
    """What a browser says of a file before it sends it. `fingerprint` is what it will know the file by."""

    file_name: str
    bytes: int
    fingerprint: str = ""


@dataclass(frozen=True)
class Closing:
    """The deadline of a team, and the grace that its edition gives to files that began before."""

    deadline: datetime
    grace: timedelta

    @property
    def grace_ends_at(self) -> datetime:
        """The last instant at which a file that a hand-in waits for may be whole."""
        return self.deadline + self.grace

    def counts(self, handed_in_at: datetime) -> bool:
        """Whether a hand-in that arrived then is in time; the deadline itself is."""
        return handed_in_at <= self.deadline

    def may_go_on(self, now: datetime, *, is_awaited: bool) -> bool:
        """Whether bytes of a file that has begun are still taken; `is_awaited` by a hand-in that came in time."""
        return now <= (self.grace_ends_at if is_awaited else self.deadline)

    def fate(self, *, whole_at: datetime | None, is_accepted: bool | None, now: datetime) -> HandInState:
        """What becomes of a hand-in that came in time. `is_accepted` is None until the file is examined.

        How long we take to examine a whole file is never held against its team.
        """
        if (whole_at or now) > self.grace_ends_at:
            return HandInState.TOO_LATE
        if whole_at is None or is_accepted is None:
            return HandInState.WAITING
        return HandInState.COUNTED if is_accepted else HandInState.REFUSED
