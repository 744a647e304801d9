"""What a team may be, and until when it may change. Pure: plain values in, plain values out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from hackaviz.kernel.identifiers import fold

INVITATION_LIFETIME = timedelta(days=14)


class RosterCalendar(Protocol):
    """The dates between which teams form and change; an Edition row is one."""

    registration_opens_at: datetime
    submission_closes_at: datetime


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


def first_free_seat(taken: Collection[int], largest: int) -> int | None:
    """The lowest seat number that nobody holds; None when the team is full."""
    return next((seat for seat in range(1, largest + 1) if seat not in taken), None)


def folded_name(name: str) -> str:
    """What makes two team names the same: case, accents and spaces do not count."""
    return fold(" ".join(name.split()))
