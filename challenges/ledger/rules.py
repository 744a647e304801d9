"""What a ledger may say. Pure: plain values in, plain values out; amounts are integer cents.

Each pledge has the same set of accounts. What a giver owes the contest stands below zero on `SPONSOR`; everything else
says where that money is, at zero or more. So at any moment, for each pledge, all its accounts sum to zero.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum


class Custody(StrEnum):
    """Who holds a pledge's money."""

    ORGANISER = "organiser"
    CARRIER = "carrier"
    DIRECT = "direct"


class AccountKind(StrEnum):
    """Where money of a pledge can be."""

    SPONSOR = "sponsor"
    PROMISED = "promised"
    # Received and free; with the sponsor itself where it pays winners directly.
    HELD = "held"
    AWARDED = "awarded"
    PAID = "paid"
    COSTS = "costs"
    REFUNDED = "refunded"
    CARRIED_OVER = "carried_over"


# Money on these has left the pool for another use than a prize.
RELEASED = (AccountKind.COSTS, AccountKind.REFUNDED, AccountKind.CARRIED_OVER)


class TransactionKind(StrEnum):
    """What happened."""

    PLEDGE = "pledge"
    REDUCTION = "reduction"
    RECEIPT = "receipt"
    AWARD = "award"
    PAYMENT = "payment"
    COST = "cost"
    REFUND = "refund"
    CARRY_OVER = "carry_over"
    REVERSAL = "reversal"


# A pledge and one of its accounts.
Place = tuple[int, AccountKind]


@dataclass(frozen=True)
class Move:
    """Cents of a pledge that go from one of its accounts to another."""

    pledge_id: int
    source: AccountKind
    target: AccountKind
    cents: int


class NotBalanced(ValueError):
    """Lines that no transaction can have: they are nothing, or do not sum to zero."""


def lines_of(moves: Iterable[Move]) -> dict[Place, int]:
    """One signed amount for each account that the moves touch; they sum to zero. Raises NotBalanced for nothing."""
    lines: dict[Place, int] = defaultdict(int)
    for move in moves:
        lines[move.pledge_id, move.source] -= move.cents
        lines[move.pledge_id, move.target] += move.cents
    return balanced({place: cents for place, cents in lines.items() if cents})


def opposite(lines: Mapping[Place, int]) -> dict[Place, int]:
    """What takes lines back."""
    return balanced({place: -cents for place, cents in lines.items()})


def balanced(lines: Mapping[Place, int]) -> dict[Place, int]:
    """The lines, in the order in which accounts are always locked. Raises NotBalanced."""
    if not lines or sum(lines.values()) != 0:
        raise NotBalanced(f"these lines are no transaction: {dict(lines)}")
    return dict(sorted(lines.items()))


def overdrawn(balances: Mapping[Place, int], lines: Mapping[Place, int]) -> list[Place]:
    """The accounts that the lines would take more from than there is."""
    return [place for place, cents in lines.items() if not may_stand(place[1], balances.get(place, 0) + cents)]


def may_stand(kind: AccountKind, cents: int) -> bool:
    """Whether an account may have this balance: what a giver owes is never above zero, all else never below."""
    return cents <= 0 if kind is AccountKind.SPONSOR else cents >= 0


@dataclass(frozen=True)
class Figures:
    """What became of pledges, in cents. Promised = expected + left + bound + paid + costs + refunded + carried over.

    `direct` is what sponsors promised to pay winners themselves: it is never expected nor received. `ready` is what of
    it is free still, a part of what is left.
    """

    promised: int = 0
    expected: int = 0
    left: int = 0
    bound: int = 0
    paid: int = 0
    costs: int = 0
    refunded: int = 0
    carried_over: int = 0
    direct: int = 0
    ready: int = 0

    @property
    def received(self) -> int:
        """What arrived with the organiser or a carrier."""
        return self.promised - self.expected - self.direct

    @property
    def at_hand(self) -> int:
        """What prizes may be paid from: received, or promised by sponsors that pay winners themselves."""
        return self.received + self.direct

    @property
    def held(self) -> int:
        """What the organiser or a carrier has and nobody was given."""
        return self.left - self.ready

    @property
    def released(self) -> int:
        """What left for another use than a prize."""
        return self.costs + self.refunded + self.carried_over

    @property
    def awarded(self) -> int:
        """What winners were promised, paid or not."""
        return self.bound + self.paid


def figures_of(balances: Iterable[tuple[AccountKind, Custody, int]]) -> Figures:
    """Add up the accounts of one pledge or of several."""
    sums: dict[Hashable, int] = defaultdict(int)
    for kind, custody, cents in balances:
        sums[kind] += cents
        sums[kind, custody] += cents
    return Figures(
        promised=-sums[AccountKind.SPONSOR],
        expected=sums[AccountKind.PROMISED],
        left=sums[AccountKind.HELD],
        bound=sums[AccountKind.AWARDED],
        paid=sums[AccountKind.PAID],
        costs=sums[AccountKind.COSTS],
        refunded=sums[AccountKind.REFUNDED],
        carried_over=sums[AccountKind.CARRIED_OVER],
        direct=-sums[AccountKind.SPONSOR, Custody.DIRECT],
        ready=sums[AccountKind.HELD, Custody.DIRECT],
    )


def sum_of(figures: Iterable[Figures]) -> Figures:
    """The figures of several pledges together."""
    each = list(figures)
    return Figures(**{field.name: sum(getattr(one, field.name) for one in each) for field in fields(Figures)})


def pledged(pledge_id: int, custody: Custody, cents: int) -> Sequence[Move]:
    """A promise; what a sponsor pays directly is ready at once, the rest is expected."""
    ready = AccountKind.HELD if custody is Custody.DIRECT else AccountKind.PROMISED
    return [Move(pledge_id, AccountKind.SPONSOR, ready, cents)]


def reduced(pledge_id: int, custody: Custody, cents: int) -> Sequence[Move]:
    """A promise that is less than it was: what did not arrive, or a direct sponsor has free, is owed no more."""
    free = AccountKind.HELD if custody is Custody.DIRECT else AccountKind.PROMISED
    return [Move(pledge_id, free, AccountKind.SPONSOR, cents)]


def awarded(parts: Mapping[int, int]) -> Sequence[Move]:
    """Money of pledges (pledge → cents) bound to an award."""
    return [Move(pledge_id, AccountKind.HELD, AccountKind.AWARDED, cents) for pledge_id, cents in parts.items()]


def paid(parts: Mapping[int, int]) -> Sequence[Move]:
    """Bound money that reached a winner."""
    return [Move(pledge_id, AccountKind.AWARDED, AccountKind.PAID, cents) for pledge_id, cents in parts.items()]
