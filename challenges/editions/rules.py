"""The calendar of an edition: which phase it is, and what is open. Pure: plain values in, plain values out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Calendar(Protocol):
    """The dates of an edition; an Edition row is one."""

    registration_opens_at: datetime
    registration_closes_at: datetime
    submission_opens_at: datetime
    submission_closes_at: datetime
    judging_opens_at: datetime
    judging_closes_at: datetime
    results_public_at: datetime | None


class Phase(StrEnum):
    """Where an edition stands. Registration may still be open during submission; see `registration_is_open`."""

    ANNOUNCED = "announced"
    REGISTRATION = "registration"
    SUBMISSION = "submission"
    BEFORE_JUDGING = "before-judging"
    JUDGING = "judging"
    DELIBERATION = "deliberation"
    RESULTS = "results"


@dataclass(frozen=True)
class _Step:
    until: str
    phase: Phase


_STEPS = (
    _Step("registration_opens_at", Phase.ANNOUNCED),
    _Step("submission_opens_at", Phase.REGISTRATION),
    _Step("judging_opens_at", Phase.BEFORE_JUDGING),
    _Step("judging_closes_at", Phase.JUDGING),
)


def phase_of(calendar: Calendar, now: datetime) -> Phase:
    """The phase at an instant. A deadline belongs to the phase it ends: at exactly the deadline one may still hand in."""
    if results_are_public(calendar, now):
        return Phase.RESULTS
    if submission_is_open(calendar, now):
        return Phase.SUBMISSION
    for step in _STEPS:
        if now < getattr(calendar, step.until):
            return step.phase
    return Phase.DELIBERATION


def registration_is_open(calendar: Calendar, now: datetime) -> bool:
    """Whether people may register and form teams."""
    return calendar.registration_opens_at <= now <= calendar.registration_closes_at


def submission_is_open(calendar: Calendar, now: datetime) -> bool:
    """Whether a team may hand in; the deadline itself still counts."""
    return calendar.submission_opens_at <= now <= calendar.submission_closes_at


def judging_is_open(calendar: Calendar, now: datetime) -> bool:
    """Whether jurors may review."""
    return calendar.judging_opens_at <= now <= calendar.judging_closes_at


def results_are_public(calendar: Calendar, now: datetime) -> bool:
    """Whether the embargo is over: from then on entries and winners may be seen."""
    return calendar.results_public_at is not None and now >= calendar.results_public_at
