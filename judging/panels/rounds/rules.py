"""When a round is open, and what a plan of rounds may be. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask_babel import lazy_gettext as _l

from challenges.editions.rules import Calendar, judging_is_open
from hackaviz.kernel.errors import Invalid


class Span(Protocol):
    """From when to when; a Round row is one."""

    @property
    def opens_at(self) -> datetime: ...

    @property
    def closes_at(self) -> datetime: ...

    @property
    def opens_with_jury(self) -> bool: ...

    @property
    def closes_with_jury(self) -> bool: ...


@dataclass(frozen=True)
class Window:
    """When reviews are written; both ends belong to it."""

    opens_at: datetime
    closes_at: datetime


def window_of(edition: Calendar, round_: Span | None) -> Window:
    """The round's dates within the edition's; the edition's own where it has no rounds.

    The first round opens with the jury and the last one closes with it, whatever the edition's dates have become.
    """
    if round_ is None:
        return Window(edition.judging_opens_at, edition.judging_closes_at)
    return Window(
        edition.judging_opens_at if round_.opens_with_jury else max(round_.opens_at, edition.judging_opens_at),
        edition.judging_closes_at if round_.closes_with_jury else min(round_.closes_at, edition.judging_closes_at),
    )


def round_is_open(edition: Calendar, round_: Span | None, now: datetime) -> bool:
    """Whether reviews of a round may be written: not once results are decided."""
    window = window_of(edition, round_)
    return window.opens_at <= now <= window.closes_at and judging_is_open(edition, now)


def check_plan(edition: Calendar, qualification_closes_at: datetime, finalists_open_at: datetime) -> None:
    """Raise Invalid, naming the field, when rounds are out of order or lie outside the edition's judging."""
    if not edition.judging_opens_at < qualification_closes_at < edition.judging_closes_at:
        message = _l("The qualification ends between the first and the last day of the jury. Choose another date.")
        raise Invalid(message, field="qualification_closes_at")
    if not qualification_closes_at <= finalists_open_at < edition.judging_closes_at:
        message = _l("The finalists’ round opens after the qualification and before the jury’s last day.")
        raise Invalid(message, field="finalists_open_at")
