"""The most weight among assignments with given numbers of reviews for each entry and bounds for each juror.

A minimum cost flow, solved by successive shortest paths (Ahuja, Magnanti and Orlin, "Network Flows", 1993, chapter 9)
on jurors alone: passing an entry from juror a to juror b loses weight[e, a] - weight[e, b], and the cheapest such entry
is kept for each pair of jurors. It starts from prices of jurors at which each entry takes whom it prefers, so that only
what these prices leave over or short has to travel. Exact up to rounding.
"""

from collections import deque
from itertools import pairwise

import numpy as np

from judging.ranking.arrays import Flags, Floats, Ints

NEARLY = 1e-10
ROUNDS = 48
# Prices come from a part of the entries, which says as much of a crowd as all of them.
SAMPLE = 1_500


class Transport:
    """Choose `open` pairs: `need` for each entry, from `least` to `most` for each juror. A choice must exist.

    Nodes are the jurors and, last, the pool of reviews that jurors may have between `least` and `most`: `planned` is
    how many of them each juror is meant to have at the present prices.
    """

    def __init__(self, open_pairs: Flags, *, need: Ints, least: Ints, most: Ints, weight: Floats, seed: int) -> None:
        random = np.random.default_rng(seed)
        largest = float(np.abs(weight[open_pairs]).max(initial=0.0)) or 1.0
        self.open, self.least, self.most = open_pairs, least, most
        self.weight = np.where(open_pairs, weight / largest, -np.inf)
        self.jurors, self.pool = len(most), len(most)
        self.price = np.append(_prices(self.weight, need, least, most, random), 0.0)
        self.held = _taken(self.weight, need, most, self.price[:-1], random)
        self.planned = np.where(self.price[:-1] > 0, most, least)
        self.surplus = np.append(self.held.sum(axis=1) - self.planned, self.planned.sum() - need.sum())
        self.loss = np.full((self.jurors + 1, self.jurors + 1), np.inf)
        self.cheapest = np.full((self.jurors, self.jurors), -1)
        for juror in range(self.jurors):
            self._weigh(juror, np.arange(self.jurors))
            self._open_pool(juror)

    def solve(self) -> Flags:
        """The chosen pairs, entries x jurors."""
        while (self.surplus > 0).any():
            self._reprice()
            while (path := self._path()) is not None:
                self._send(path)
        return self.held.T.copy()

    def _reprice(self) -> None:
        """Lower prices by the distance from the nearest surplus (Dijkstra): then nothing is lost on shortest paths."""
        distance = np.where(self.surplus > 0, 0.0, np.inf)
        waiting = distance.copy()
        nearest = furthest = 0.0
        while np.isfinite(nearest):
            furthest, node = nearest, int(waiting.argmin())
            waiting[node] = np.inf
            through = distance[node] + self._reduced(node)
            closer = through < distance
            distance[closer] = waiting[closer] = through[closer]
            nearest = float(waiting.min())
        self.price -= np.minimum(distance, furthest)

    def _reduced(self, node: int) -> Floats:
        """What leaving a node costs at the present prices; never less than nothing, but for rounding."""
        return np.asarray(np.maximum(self.loss[node] - self.price[node] + self.price, 0.0))

    def _path(self) -> list[int] | None:
        """Nodes from a surplus to a deficit along which nothing is lost at the present prices."""
        came: dict[int, int] = dict.fromkeys(np.flatnonzero(self.surplus > 0).tolist(), -1)
        unseen = self.surplus <= 0
        waiting = deque(came)
        while waiting:
            node = waiting.popleft()
            following = np.flatnonzero((self._reduced(node) <= NEARLY) & unseen)
            unseen[following] = False
            for each in following.tolist():
                came[each] = node
                if self.surplus[each] < 0:
                    return _back_from(each, came)
                waiting.append(each)
        return None

    def _send(self, path: list[int]) -> None:
        """One review from the first to the last. Entries are named before any moves: moves change what is cheapest."""
        self.surplus[path[0]] -= 1
        self.surplus[path[-1]] += 1
        steps = list(pairwise(path))
        moves = [
            (giver, taker, int(self.cheapest[giver, taker])) for giver, taker in steps if self._is_move(giver, taker)
        ]
        for giver, taker in steps:
            if self.pool in (giver, taker):
                juror = min(giver, taker)
                self.planned[juror] += 1 if taker == self.pool else -1
                self._open_pool(juror)
        for giver, taker, entry in moves:
            self._pass_on(entry, giver, taker)

    def _is_move(self, giver: int, taker: int) -> bool:
        return self.pool not in (giver, taker)

    def _open_pool(self, juror: int) -> None:
        self.loss[juror, self.pool] = 0.0 if self.planned[juror] < self.most[juror] else np.inf
        self.loss[self.pool, juror] = 0.0 if self.planned[juror] > self.least[juror] else np.inf

    def _pass_on(self, entry: int, giver: int, taker: int) -> None:
        """Move an entry, and mend what is known of the cheapest entries of all who hold it."""
        self.held[giver, entry], self.held[taker, entry] = False, True
        self._weigh(giver, np.flatnonzero(self.cheapest[giver] == entry))
        self._offer(taker, entry, np.flatnonzero(self.open[entry] & ~self.held[:, entry]))
        for holder in np.flatnonzero(self.held[:, entry]).tolist():
            if self.cheapest[holder, taker] == entry:
                self._weigh(holder, np.array([taker]))
            self._offer(holder, entry, np.array([giver]))

    def _offer(self, holder: int, entry: int, takers: Ints) -> None:
        """An entry that these could take from its holder from now on."""
        loss = self.weight[entry, holder] - self.weight[entry, takers]
        cheaper = takers[loss < self.loss[holder, takers]]
        self.loss[holder, cheaper] = self.weight[entry, holder] - self.weight[entry, cheaper]
        self.cheapest[holder, cheaper] = entry

    def _weigh(self, holder: int, takers: Ints) -> None:
        """Find the cheapest entry of a juror for each of these from scratch."""
        entries = np.flatnonzero(self.held[holder])
        if not len(entries) or not len(takers):
            self.loss[holder, takers], self.cheapest[holder, takers] = np.inf, -1
            return
        theirs = self.weight[np.ix_(entries, takers)]
        loss = self.weight[entries, holder][:, None] - np.where(self.held[np.ix_(takers, entries)].T, -np.inf, theirs)
        best = loss.argmin(axis=0)
        self.loss[holder, takers] = loss[best, np.arange(len(takers))]
        self.cheapest[holder, takers] = np.where(np.isfinite(self.loss[holder, takers]), entries[best], -1)


def _back_from(last: int, came: dict[int, int]) -> list[int]:
    path = [last]
    while came[path[-1]] >= 0:
        path.append(came[path[-1]])
    return path[::-1]


def _prices(weight: Floats, need: Ints, least: Ints, most: Ints, random: np.random.Generator) -> Floats:
    """Raised where more entries want a juror than may have them, lowered where fewer do, in ever smaller steps."""
    price = np.zeros(len(most))
    chosen = random.permutation(len(need))[:SAMPLE]
    share, step = len(chosen) / max(len(need), 1), 0.25
    for _ in range(ROUNDS if len(need) > len(most) else 0):
        asked = _taken(weight[chosen], need[chosen], most, price, random).sum(axis=1) / max(share, 1e-9)
        price += step * np.clip((asked - np.clip(asked, least, most)) / np.maximum(most, 1), -1, 1)
        step *= 0.93
    return price


def _taken(weight: Floats, need: Ints, most: Ints, price: Floats, random: np.random.Generator) -> Flags:
    """Jurors x entries: each entry takes those with most weight less price; among equals the least loaded, by lot."""
    net = weight - price
    width = int(need.max(initial=0))
    held = np.zeros((len(most), len(need)), dtype=bool)
    if not width:
        return held
    lots, load = random.random(len(most)) / 2, np.zeros(len(most))
    last = -np.partition(-net, width - 1, axis=1)[:, width - 1]
    for entry in range(len(need)):
        wanted = np.flatnonzero(net[entry] >= last[entry] - NEARLY) if need[entry] == width else np.arange(len(most))
        order = np.lexsort((load[wanted] + lots[wanted], -np.round(net[entry, wanted] / NEARLY / 10)))
        taken = wanted[order[: need[entry]]]
        held[taken, entry] = True
        load[taken] += 1
    return held
