"""What a sponsor's money may do. Pure: plain values in, plain values out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from challenges.ledger.rules import Figures


class PrizeKind(StrEnum):
    """How a prize is won."""

    PLACE = "place"
    MENTION = "mention"
    SPONSOR_CHOICE = "sponsor_choice"
    AUDIENCE = "audience"
    IN_KIND = "in_kind"


# Prizes without a place stand after those that have one.
FIRST_WITHOUT_PLACE = 101


class PledgeFigures(Protocol):
    """The figures of a pledge; a Pledge row is one."""

    promised_cents: int
    received_cents: int
    allocated_cents: int
    released_cents: int

    @property
    def held_cents(self) -> int:
        """What may be allocated in all."""

    @property
    def is_direct(self) -> bool:
        """Whether the sponsor pays winners itself, so that nothing has to arrive first."""


@dataclass(frozen=True)
class Totals:
    """Sums over pledges, in cents. `released` is given back, carried over or spent on costs."""

    promised: int
    received: int
    held: int
    allocated: int
    released: int = 0

    @property
    def left(self) -> int:
        """Held, not allocated and not released."""
        return self.held - self.allocated - self.released


def totals_of(pledges: Iterable[PledgeFigures]) -> Totals:
    """Add up pledges."""
    pledges = list(pledges)
    return Totals(
        promised=sum(pledge.promised_cents for pledge in pledges),
        received=sum(pledge.received_cents for pledge in pledges),
        held=sum(pledge.held_cents for pledge in pledges),
        allocated=sum(pledge.allocated_cents for pledge in pledges),
        released=sum(pledge.released_cents for pledge in pledges),
    )


def expected_cents(pledge: PledgeFigures) -> int:
    """What still has to arrive; nothing where the sponsor pays winners directly."""
    return 0 if pledge.is_direct else pledge.promised_cents - pledge.received_cents


def least_promise(pledge: PledgeFigures) -> int:
    """What a promise cannot be less than: what arrived, or is awarded and spent where the sponsor pays directly."""
    return pledge.allocated_cents + pledge.released_cents if pledge.is_direct else pledge.received_cents


class DirectState(StrEnum):
    """How far a sponsor is that pays winners itself."""

    WITHDRAWN = "withdrawn"
    PROMISED = "promised"
    AWARDED = "awarded"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"


def direct_state(figures: Figures) -> DirectState:
    """From what its accounts say: paid only once nothing of it is left to award or to pay."""
    if not figures.promised:
        return DirectState.WITHDRAWN
    if not figures.paid:
        return DirectState.AWARDED if figures.bound else DirectState.PROMISED
    return DirectState.PARTLY_PAID if figures.bound or figures.left else DirectState.PAID


class AnnouncedPrize(Protocol):
    """A prize that money may be given for; a Prize row is one."""

    id: int
    challenge_id: int | None


def may_pay(prize: AnnouncedPrize, challenges: Collection[int], named: Collection[int]) -> bool:
    """Whether money given for these challenges and single prizes (for any when there are none) may pay a prize."""
    return not (challenges or named) or prize.id in named or prize.challenge_id in challenges


class Due(Protocol):
    """A part of a promise; an Instalment row is one."""

    due_on: date
    cents: int


def late_cents(pledge: PledgeFigures, due_on: date | None, instalments: Sequence[Due], today: date) -> int:
    """What should have arrived before today and has not: by the schedule, or all of it by one date."""
    if pledge.is_direct:
        return 0
    if instalments:
        due = sum(each.cents for each in instalments if each.due_on < today)
    else:
        due = pledge.promised_cents if due_on is not None and due_on < today else 0
    return max(0, due - pledge.received_cents)
