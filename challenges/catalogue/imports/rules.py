"""The life of an import, when a source is harvested again, and when a loss needs a person's word."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum


class ImportState(StrEnum):
    """Where an import stands. Asked: it is being looked at, nothing changes. Confirmed: it is being written."""

    ASKED = "asked"
    READY = "ready"
    CONFIRMED = "confirmed"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    SET_ASIDE = "set-aside"


class Change(StrEnum):
    """What an import makes of a record."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    REJECTED = "rejected"


class Rhythm(StrEnum):
    """How often a source is harvested again."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


S = ImportState
STEPS: Mapping[ImportState, frozenset[ImportState]] = {
    S.ASKED: frozenset({S.READY, S.CONFIRMED, S.FAILED, S.SET_ASIDE}),
    S.READY: frozenset({S.CONFIRMED, S.SET_ASIDE}),
    S.CONFIRMED: frozenset({S.DONE, S.STOPPED, S.FAILED}),
    S.STOPPED: frozenset({S.CONFIRMED, S.SET_ASIDE}),
    S.DONE: frozenset(),
    S.FAILED: frozenset(),
    S.SET_ASIDE: frozenset(),
}
# A source has one of these at a time.
OPEN = (S.ASKED, S.READY, S.CONFIRMED)
# What a job works on.
UNDER_WAY = (S.ASKED, S.CONFIRMED)
# Tries of a job, each ended by the death of its process without one record more.
MOST_TRIES = 5
# At this hour, UTC, sources are harvested again.
NIGHT = 2


def may_become(before: ImportState, after: ImportState) -> bool:
    """Whether an import may go from one state to another."""
    return after in STEPS[before]


def next_harvest(rhythm: Rhythm, after: datetime) -> datetime:
    """The night of the next harvest: a day, a week or a month after the day of `after` (UTC)."""
    night = after.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    if rhythm is Rhythm.MONTHLY:
        return _a_month_later(night)
    return night + timedelta(days=1 if rhythm is Rhythm.DAILY else 7)


def _a_month_later(moment: datetime) -> datetime:
    year, month = (moment.year + 1, 1) if moment.month == 12 else (moment.year, moment.month + 1)
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def loses_much(gone: int, known: int) -> bool:
    """Whether so many of the datasets of a source are gone that its answer may be broken: half, or a fifth of many."""
    return 2 * gone > known or (gone >= 10 and 5 * gone > known)
