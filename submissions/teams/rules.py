"""What a team may be, and until when it may change. Pure: plain values in, plain values out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from hackaviz.kernel.identifiers import fold

INVITATION_LIFETIME = timedelta(days=14)


class Extension(Protocol):
    """More time for one team; a DeadlineExtension row is one."""

    closes_at: datetime


class RosterCalendar(Protocol):
    """The dates between which teams form and change; an Edition row is one."""

    registration_opens_at: datetime
    submission_closes_at: datetime


class TeamTime(Protocol):
    """A team with the time it was given; a Team row is one."""

    @property
    def edition(self) -> RosterCalendar: ...

    @property
    def extensions(self) -> Sequence[Extension]: ...


def team_deadline(team: TeamTime) -> datetime:
    """Until when a team may hand in: the last extension that it was given, else the deadline of its edition.

    Every page, rule and letter that knows a deadline of a team asks here.
    """
    return team.extensions[-1].closes_at if team.extensions else team.edition.submission_closes_at


@dataclass(frozen=True)
class Statement:
    """What a person states of themselves at registration; organisers confirm it."""

    is_student: bool
    school: str = ""
    is_minor: bool = False


def name_in_public(name: str, is_minor: bool) -> str:
    """How a member is named to the public: in full, or a minor by the first name alone."""
    return name.split(maxsplit=1)[0] if is_minor and name.strip() else name


def roster_is_open(calendar: RosterCalendar, now: datetime) -> bool:
    """Whether teams may form and change; at exactly the submission deadline they still may."""
    return calendar.registration_opens_at <= now <= calendar.submission_closes_at


def team_may_change(team: TeamTime, now: datetime) -> bool:
    """Whether one team may still change: as long as it may hand in."""
    return team.edition.registration_opens_at <= now <= team_deadline(team)


def first_free_seat(taken: Collection[int], largest: int) -> int | None:
    """The lowest seat number that nobody holds; None when the team is full."""
    return next((seat for seat in range(1, largest + 1) if seat not in taken), None)


def folded_name(name: str) -> str:
    """What makes two team names the same: case, accents and spaces do not count."""
    return fold(" ".join(name.split()))
