"""Who gets how much, and from whose money. Pure and exact, in cents."""

from collections import deque
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hackaviz.kernel.money import split_by_largest_remainder
from judging.ranking.weighted_mean import RankedEntry


@dataclass(frozen=True)
class OfferedPrize:
    """A prize for a place."""

    id: Hashable
    place: int
    cents: int


@dataclass(frozen=True)
class Share:
    """Cents of a prize for an entry."""

    prize: Hashable
    entry: Hashable
    cents: int


def eligible_places(ranking: Iterable[RankedEntry], passed_over: Collection[Hashable]) -> dict[Hashable, int]:
    """The places among ranked entries that may get a prize: whoever is passed over leaves their place to the next."""
    eligible = [row for row in ranking if row.place is not None and row.entry not in passed_over]
    return {row.entry: 1 + sum((other.place or 0) < (row.place or 0) for other in eligible) for row in eligible}


def share_prizes(prizes: Sequence[OfferedPrize], places: Mapping[Hashable, int]) -> list[Share]:
    """Give each prize to the entries at its place.

    Entries that share a place share the prizes of the places they fill together (the golf rule): two first entries
    share the first and the second prize. Each prize is split evenly; its odd cents go to the entries in the order
    given, going on where the prize before stopped, so that no two of them differ by more than a cent in all.
    """
    shares = []
    for place in sorted(set(places.values())):
        tied = [entry for entry, held in places.items() if held == place]
        filled = [prize for prize in prizes if place <= prize.place < place + len(tied)]
        shares += _split_among(sorted(filled, key=lambda prize: prize.place), tied)
    return shares


def _split_among(prizes: Sequence[OfferedPrize], entries: Sequence[Hashable]) -> list[Share]:
    shares, first = [], 0
    for prize in prizes:
        in_turn = [*entries[first:], *entries[:first]]
        parts = split_by_largest_remainder(prize.cents, [1] * len(entries))
        shares += [Share(prize.id, entry, cents) for entry, cents in zip(in_turn, parts, strict=True) if cents]
        first = (first + prize.cents % len(entries)) % len(entries)
    return shares


@dataclass(frozen=True)
class Pool:
    """Money of one pledge that is still free; `challenges` is where it may go, None for anywhere."""

    id: Hashable
    cents: int
    challenges: frozenset[Hashable] | None = None

    def may_pay(self, need: "Need") -> bool:
        """Whether this money was given for such a prize."""
        return self.challenges is None or need.challenge in self.challenges


@dataclass(frozen=True)
class Need:
    """An award to be paid."""

    id: Hashable
    challenge: Hashable | None
    cents: int


@dataclass(frozen=True)
class Funding:
    """Cents of an award from a pool."""

    need: Hashable
    pool: Hashable
    cents: int


class Shortfall(Exception):
    """The pools cannot pay: `cents` are missing for `needs`, and only `pools` may pay these."""

    def __init__(self, cents: int, needs: tuple[Hashable, ...], pools: tuple[Hashable, ...]) -> None:
        super().__init__(f"{cents} cents are missing for {needs}")
        self.cents = cents
        self.needs = needs
        self.pools = pools


def fund(needs: Sequence[Need], pools: Sequence[Pool]) -> list[Funding]:
    """Pay every award in full from money given for it, spending narrow pools before wide ones.

    Exact: finds a funding whenever there is one (maximum flow by shortest augmenting paths, Edmonds and Karp 1972).
    Paths that begin at a narrow pool are exhausted first, and a later path never takes back what a pool has given.
    Raises Shortfall with the awards that compete when there is none.
    """
    network = _Network(needs, pools)
    for pool in sorted(pools, key=lambda pool: sum(pool.may_pay(need) for need in needs)):
        while network.push_from(pool):
            pass
    missing = sum(need.cents for need in needs) - sum(network.paid.values())
    if missing:
        raise network.shortfall(missing)
    return [Funding(need, pool, cents) for (pool, need), cents in network.paid.items() if cents]


# A pool or an award, told apart by the first word: their identifiers may be equal.
_Node = tuple[str, Hashable]


class _Network:
    """Pools on the left, awards on the right, cents in between."""

    def __init__(self, needs: Sequence[Need], pools: Sequence[Pool]) -> None:
        self.needs = {need.id: need for need in needs}
        self.pools = {pool.id: pool for pool in pools}
        self.payers = {need.id: [pool.id for pool in pools if pool.may_pay(need)] for need in needs}
        self.payable = {pool.id: [need.id for need in needs if pool.may_pay(need)] for pool in pools}
        self.paid: dict[tuple[Hashable, Hashable], int] = {}

    def spent(self, pool: Hashable) -> int:
        return sum(self.paid.get((pool, need), 0) for need in self.payable[pool])

    def unpaid(self, need: Hashable) -> int:
        return self.needs[need].cents - sum(self.paid.get((pool, need), 0) for pool in self.payers[need])

    def push_from(self, pool: Pool) -> bool:
        """Send as much as one path carries; False when no path is left."""
        free = pool.cents - self.spent(pool.id)
        path = self._path(pool.id) if free else None
        if path is None:
            return False
        takes = list(zip(path[2::2], path[1::2], strict=False))
        amount = min([free, self.unpaid(path[-1]), *(self.paid[edge] for edge in takes)])
        for edge in zip(path[0::2], path[1::2], strict=True):
            self.paid[edge] = self.paid.get(edge, 0) + amount
        for edge in takes:
            self.paid[edge] -= amount
        return True

    def _path(self, start: Hashable) -> list[Hashable] | None:
        """Pool, award, pool, award …: each award but the last gives back what the next pool gave it."""
        came_from: dict[_Node, _Node | None] = {("pool", start): None}
        queue: deque[_Node] = deque([("pool", start)])
        while queue:
            kind, node = here = queue.popleft()
            if kind == "need" and self.unpaid(node):
                return _walk_back(here, came_from)
            for step in self._steps(kind, node):
                if step not in came_from:
                    came_from[step] = here
                    queue.append(step)
        return None

    def _steps(self, kind: str, node: Hashable) -> list[_Node]:
        if kind == "pool":
            return [("need", need) for need in self.payable[node]]
        return [("pool", pool) for pool in self.payers[node] if self.paid.get((pool, node))]

    def shortfall(self, missing: int) -> Shortfall:
        """The awards from which no free money can be reached, and the pools that may pay them."""
        short = {need for need in self.needs if self.unpaid(need)}
        while True:
            pools = {pool for need in short for pool in self.payers[need]}
            wider = short | {need for (pool, need), cents in self.paid.items() if cents and pool in pools}
            if wider == short:
                break
            short = wider
        in_order = tuple(need for need in self.needs if need in short)
        return Shortfall(missing, in_order, tuple(pool for pool in self.pools if pool in pools))


def _walk_back(end: _Node, came_from: Mapping[_Node, _Node | None]) -> list[Hashable]:
    path: list[Hashable] = []
    here: _Node | None = end
    while here is not None:
        path.append(here[1])
        here = came_from[here]
    return path[::-1]
