"""Which pool pays which award. Pure and exact, in cents.

All awards are paid whenever any funding can pay them. Among the fundings that do, pools that may pay fewer of the
awards are spent first; pools that may pay as many share what they pay in proportion to their amounts, as nearly as
such fundings allow.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from judging.prizes.flow import Flow


@dataclass(frozen=True)
class Need:
    """An award to be paid."""

    id: Hashable
    challenge: Hashable | None
    cents: int


@dataclass(frozen=True)
class Pool:
    """Money that is still free; `challenges` and `needs` are where it may go, None for anywhere. Both must allow it."""

    id: Hashable
    cents: int
    challenges: frozenset[Hashable] | None = None
    needs: frozenset[Hashable] | None = None

    def may_pay(self, need: Need) -> bool:
        """Whether this money was given for such an award."""
        of_challenge = self.challenges is None or need.challenge in self.challenges
        return of_challenge and (self.needs is None or need.id in self.needs)


@dataclass(frozen=True)
class Funding:
    """Cents of an award from a pool."""

    need: Hashable
    pool: Hashable
    cents: int


class Shortfall(Exception):
    """The pools cannot pay: `cents` are missing for `needs`, the fewest that lack as much, and only `pools` may pay
    these.
    """

    def __init__(self, cents: int, needs: tuple[Hashable, ...], pools: tuple[Hashable, ...]) -> None:
        super().__init__(f"{cents} cents are missing for {needs}")
        self.cents = cents
        self.needs = needs
        self.pools = pools


def fund(needs: Sequence[Need], pools: Sequence[Pool]) -> list[Funding]:
    """Pay every award in full, in the order of the needs, each by pools in their order. Raises Shortfall."""
    payable = [sum(1 << number for number, need in enumerate(needs) if pool.may_pay(need)) for pool in pools]
    flow = Flow(payable, [need.cents for need in needs])
    by_width = sorted((number for number, pool in enumerate(pools) if pool.cents), key=lambda n: payable[n].bit_count())
    for _width, group in groupby(by_width, key=lambda number: payable[number].bit_count()):
        _spend(flow, {number: pools[number].cents for number in group})
    if any(flow.unpaid):
        raise _shortfall(flow, needs, pools)
    return [
        Funding(need.id, pools[payer].id, flow.paid[payer][number])
        for number, need in enumerate(needs)
        for payer in sorted(flow.payers[number])
    ]


def _spend(flow: Flow, amounts: Mapping[int, int]) -> None:
    """Let pools of equal rank pay what those before them left, as much as they can together."""
    ideal = _proportional(flow, amounts)
    for pool, cents in ideal.items():
        flow.push(pool, int(cents))
    spare = sum(cents - int(cents) for cents in ideal.values())
    for pool in sorted(ideal, key=lambda pool: (int(ideal[pool]) - ideal[pool], pool)):
        if spare and ideal[pool] > int(ideal[pool]):
            spare -= flow.push(pool, 1)


def _proportional(flow: Flow, amounts: Mapping[int, int]) -> dict[int, Fraction]:
    """What each pool would give if cents could be split: the least sum of (given² / amount).

    What a set of pools can pay together is a submodular function of the set, so this is a lexicographically optimal
    base of a polymatroid: the set that can give the least of its money gives that share of it, then the others go on
    (Fujishige 1980, Mathematics of Operations Research 5:2).
    """
    before, waiting, ideal = flow.copy(), dict(amounts), dict[int, Fraction]()
    while waiting:
        block, share = _most_bound(before, waiting)
        for pool in block:
            ideal[pool] = share * waiting[pool]
            before.push(pool, waiting.pop(pool))
    return dict(sorted(ideal.items()))


def _most_bound(before: Flow, amounts: Mapping[int, int]) -> tuple[list[int], Fraction]:
    """The pools that can give the smallest share of their money together, and that share (Dinkelbach's iteration)."""
    block = list(amounts)
    while True:
        together = before.copy()
        share = Fraction(
            sum(together.push(pool, amounts[pool]) for pool in block), sum(amounts[pool] for pool in block)
        )
        narrower = _cannot_give(before, amounts, share)
        if not narrower:
            return block, share
        block = narrower


def _cannot_give(before: Flow, amounts: Mapping[int, int], share: Fraction) -> list[int]:
    """The pools whose awards are paid before all of them have given this share of their money; none when all can."""
    trial = before.copy(scale=share.denominator)
    wanted = {pool: cents * share.numerator for pool, cents in amounts.items()}
    blocked = [pool for pool, cents in wanted.items() if trial.push(pool, cents) < cents]
    reached = set[int]().union(*(trial.reach(pool)[0] for pool in blocked))
    return [pool for pool in amounts if pool in reached]


def _shortfall(flow: Flow, needs: Sequence[Need], pools: Sequence[Pool]) -> Shortfall:
    """The awards for which no free money can be reached: all pools that may pay them are spent on them."""
    short = {number for number, cents in enumerate(flow.unpaid) if cents}
    while True:
        payers = [number for number, pool in enumerate(pools) if any(pool.may_pay(needs[each]) for each in short)]
        wider = short.union(*(flow.paid[payer] for payer in payers))
        if wider == short:
            break
        short = wider
    named = tuple(need.id for number, need in enumerate(needs) if number in short)
    return Shortfall(sum(flow.unpaid), named, tuple(pools[payer].id for payer in payers))
