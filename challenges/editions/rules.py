"""The calendar of an edition: which phase it is, what is open, what cannot be. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from flask_babel import lazy_gettext as _l

from hackaviz.kernel.errors import Invalid


class Dates(Protocol):
    """The dates that an organiser chooses."""

    @property
    def registration_opens_at(self) -> datetime: ...

    @property
    def registration_closes_at(self) -> datetime: ...

    @property
    def submission_opens_at(self) -> datetime: ...

    @property
    def submission_closes_at(self) -> datetime: ...

    @property
    def judging_opens_at(self) -> datetime: ...

    @property
    def judging_closes_at(self) -> datetime: ...

    @property
    def results_expected_at(self) -> datetime: ...


class Calendar(Dates, Protocol):
    """The dates of an edition, with the end of the embargo once it is decided; an Edition row is one."""

    @property
    def results_public_at(self) -> datetime | None: ...


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
    """The phase at an instant. A deadline belongs to the phase it ends: exactly then one may still hand in."""
    if results_are_public(calendar, now):
        return Phase.RESULTS
    if submission_is_open(calendar, now):
        return Phase.SUBMISSION
    for step in _STEPS:
        if now < getattr(calendar, step.until):
            return step.phase
    return Phase.DELIBERATION


def registration_is_open(calendar: Calendar, now: datetime) -> bool:
    """Whether people may register: not once results are decided, even if the dates would allow it."""
    window = calendar.registration_opens_at <= now <= calendar.registration_closes_at
    return window and calendar.results_public_at is None


def submission_is_open(calendar: Calendar, now: datetime) -> bool:
    """Whether a team may hand in; the deadline itself still counts."""
    return calendar.submission_opens_at <= now <= calendar.submission_closes_at


def judging_is_open(calendar: Calendar, now: datetime) -> bool:
    """Whether jurors may review: not once results are decided, even if the dates would allow it."""
    window = calendar.judging_opens_at <= now <= calendar.judging_closes_at
    return window and calendar.results_public_at is None


def results_are_public(calendar: Calendar, now: datetime) -> bool:
    """Whether the embargo is over: from then on entries and winners may be seen."""
    return calendar.results_public_at is not None and now >= calendar.results_public_at


class StepState(StrEnum):
    """Where a step of the calendar stands."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True)
class Step:
    """One of the four steps that people read; `closes_at` is None for the moment of the results."""

    name: str
    opens_at: datetime
    closes_at: datetime | None
    state: StepState


def steps(calendar: Calendar, now: datetime) -> list[Step]:
    """Registration, submission, judging and results, each with its dates. Two may be under way at once.

    Results that come before the jury's last day end every step.
    """
    spans = {
        "registration": (calendar.registration_opens_at, calendar.registration_closes_at),
        "submission": (calendar.submission_opens_at, calendar.submission_closes_at),
        "judging": (calendar.judging_opens_at, calendar.judging_closes_at),
    }
    is_over = results_are_public(calendar, now)
    results_at = calendar.results_public_at or calendar.results_expected_at
    return [
        *(Step(name, *dates, StepState.DONE if is_over else _state(*dates, now)) for name, dates in spans.items()),
        Step("results", results_at, None, StepState.DONE if is_over else StepState.NEXT),
    ]


def _state(opens_at: datetime, closes_at: datetime, now: datetime) -> StepState:
    if now < opens_at:
        return StepState.NEXT
    return StepState.NOW if now <= closes_at else StepState.DONE


@dataclass(frozen=True)
class Deadline:
    """The next instant that people wait for, and what ends or begins then."""

    name: str
    at: datetime


def next_deadline(calendar: Calendar, now: datetime) -> Deadline | None:
    """What the countdown counts to; None once results are public or when only the jury's word is awaited."""
    phase = phase_of(calendar, now)
    if phase is Phase.REGISTRATION and registration_is_open(calendar, now):
        return Deadline("registration_closes", calendar.registration_closes_at)
    awaited = {
        Phase.ANNOUNCED: Deadline("registration_opens", calendar.registration_opens_at),
        Phase.REGISTRATION: Deadline("submission_opens", calendar.submission_opens_at),
        Phase.SUBMISSION: Deadline("submission_closes", calendar.submission_closes_at),
        Phase.BEFORE_JUDGING: Deadline("judging_opens", calendar.judging_opens_at),
        Phase.JUDGING: Deadline("judging_closes", calendar.judging_closes_at),
        Phase.DELIBERATION: Deadline("results", calendar.results_public_at or calendar.results_expected_at),
    }.get(phase)
    return awaited if awaited is not None and awaited.at > now else None


_SHOWN_FIRST = (
    Phase.SUBMISSION,
    Phase.REGISTRATION,
    Phase.JUDGING,
    Phase.BEFORE_JUDGING,
    Phase.DELIBERATION,
    Phase.ANNOUNCED,
)
AnyCalendar = TypeVar("AnyCalendar", bound=Calendar)


def edition_to_show(editions: Sequence[AnyCalendar], now: datetime) -> AnyCalendar | None:
    """Which of the published editions the home page shows: the one that people can act in, else the newest.

    `editions` come newest first, which also decides between two in the same phase.
    """
    for phase in _SHOWN_FIRST:
        for edition in editions:
            if phase_of(edition, now) is phase:
                return edition
    return editions[0] if editions else None


def check_dates(calendar: Dates) -> None:
    """Raise Invalid, naming the field, when dates are out of order."""
    for name, is_wrong, message in (
        (
            "registration_closes_at",
            calendar.registration_closes_at <= calendar.registration_opens_at,
            _l("Registration closes after it opens. Choose a later date."),
        ),
        (
            "submission_opens_at",
            calendar.submission_opens_at < calendar.registration_opens_at,
            _l("Hand-in opens with registration or after it. Choose a later date."),
        ),
        (
            "submission_closes_at",
            calendar.submission_closes_at <= calendar.submission_opens_at,
            _l("Hand-in closes after it opens. Choose a later date."),
        ),
        (
            "judging_opens_at",
            calendar.judging_opens_at < calendar.submission_closes_at,
            _l("The jury starts once hand-in is closed. Choose a later date."),
        ),
        (
            "judging_closes_at",
            calendar.judging_closes_at <= calendar.judging_opens_at,
            _l("The jury ends after it starts. Choose a later date."),
        ),
        (
            "results_expected_at",
            calendar.results_expected_at < calendar.judging_closes_at,
            _l("Results come once the jury has ended. Choose a later date."),
        ),
    ):
        if is_wrong:
            raise Invalid(message, field=name)


def check_numbers(*, smallest_team: int, largest_team: int, reviews_needed: int) -> None:
    """Raise Invalid, naming the field, when sizes of teams or the number of reviews make no sense."""
    if smallest_team < 1:
        raise Invalid(_l("A team has one member or more."), field="smallest_team")
    if largest_team < smallest_team:
        raise Invalid(_l("The largest team is smaller than the smallest one."), field="largest_team")
    if reviews_needed < 1:
        raise Invalid(_l("An entry needs one review or more."), field="reviews_needed")
