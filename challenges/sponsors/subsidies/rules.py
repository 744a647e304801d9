"""What a subsidy may be. Pure: integer cents, rates in hundredths of a percent."""

from dataclasses import dataclass
from enum import StrEnum

WHOLE = 10_000


class SubsidyState(StrEnum):
    """How far a subsidy has come: what is only requested is not money."""

    REQUESTED = "requested"
    GRANTED = "granted"
    RECEIVED = "received"
    REFUSED = "refused"


NEXT = {
    SubsidyState.REQUESTED: (SubsidyState.GRANTED, SubsidyState.REFUSED),
    SubsidyState.GRANTED: (SubsidyState.RECEIVED,),
    SubsidyState.RECEIVED: (),
    SubsidyState.REFUSED: (),
}


@dataclass(frozen=True)
class Terms:
    """What a subsidy is asked on: the cost without and with tax, the share of which, at most how much (None: no limit).

    `on_cost_with_tax` says which of the two costs the rate applies to.
    """

    cost_without_tax: int
    cost_with_tax: int
    on_cost_with_tax: bool
    rate: int
    ceiling: int | None = None

    @property
    def eligible_cost(self) -> int:
        """The cost that the rate applies to."""
        return self.cost_with_tax if self.on_cost_with_tax else self.cost_without_tax

    @property
    def largest(self) -> int:
        """The most that may be asked, rounded down to the cent."""
        share = self.eligible_cost * self.rate // WHOLE
        return share if self.ceiling is None else min(share, self.ceiling)


def may_become(before: SubsidyState, after: SubsidyState) -> bool:
    """Whether a subsidy in one state may come to another."""
    return after in NEXT[before]


def rate_of(cents: int, cost: int) -> int:
    """The share of a cost in hundredths of a percent, rounded to the nearest; 0 of nothing."""
    return (cents * WHOLE * 2 + cost) // (2 * cost) if cost else 0
