"""Small instances, exactly: the least squares among connected designs, then the most preference among these.

A mixed integer programme finds the best design; while it falls apart, each group of entries that hangs together is
asked to share a juror with the rest, and the programme is solved again. A juror shared with the rest must review
inside and outside the group, so that no connected design is lost.
"""

from typing import Any

import numpy as np

from judging.panels.assignment.instance import Instance
from judging.panels.assignment.plan import Plan
from judging.ranking.arrays import Flags, Floats

MOST_PAIRS, MOST_ENTRIES = 120, 14
NODES = 20_000


def is_small(instance: Instance) -> bool:
    """Whether all designs can be searched."""
    return int(instance.allowed.sum()) <= MOST_PAIRS and len(instance.entries) <= MOST_ENTRIES


def best_connected(instance: Instance) -> Plan | None:
    """None when no legal design is connected."""
    programme = _Programme(instance)
    evenest = programme.best(programme.squares)
    if evenest is None or instance.preference is None:
        return evenest
    programme.keep_squares(evenest.squares)
    return programme.best(np.concatenate([-instance.preference[programme.pairs], programme.none])) or evenest


class _Programme:
    """Variables: one for each allowed pair, then one for each further entry that a juror may take."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.pairs = np.nonzero(instance.allowed)
        entry, juror = self.pairs
        reviews = int(instance.wanted.sum())
        steps = np.minimum(instance.most, np.minimum(reviews, instance.allowed.sum(axis=0)))
        self.owner = np.repeat(np.arange(len(steps)), steps)
        number = np.concatenate([np.arange(1, count + 1) for count in steps] or [np.zeros(0)])
        self.none = np.zeros(len(number))
        self.squares: Floats = np.concatenate([np.zeros(len(entry)), 2 * number - 1])
        self.rows: list[tuple[Floats, float, float]] = []
        self.cuts: list[Flags] = []
        for each in range(len(instance.entries)):
            self._row(entry == each, self.none, instance.wanted[each], instance.wanted[each])
        for each in range(len(steps)):
            self._row(juror == each, -(self.owner == each).astype(float), 0, 0)

        kept = instance.fixed[self.pairs]
        if kept.any():
            self._row(kept, self.none, kept.sum(), kept.sum())

        # A connected graph has as many edges as nodes, less one: more jurors than this cannot all be in use.
        in_use = np.concatenate([np.zeros(len(entry)), (number == 1).astype(float)])
        self.rows.append((in_use, 0, reviews - len(instance.entries) + 1))

    def keep_squares(self, squares: int) -> None:
        """Allow only designs with this sum of squared loads."""
        self.rows.append((self.squares, squares, squares))

    def best(self, cost: Floats) -> Plan | None:
        """The connected design that costs least."""
        while True:
            plan = self._solve(cost)
            if plan is None or plan.is_connected():
                return plan
            of_entry, _of_juror = plan.components()
            self.cuts += [of_entry == group for group in range(int(of_entry.max()) + 1)]

    def _row(self, pairs: Flags, steps: Floats, low: float, high: float) -> None:
        self.rows.append((np.concatenate([pairs.astype(float), steps]), low, high))

    def _solve(self, cost: Floats) -> Plan | None:
        from scipy.optimize import Bounds, LinearConstraint, milp

        jurors = len(self.instance.jurors)
        added = jurors * len(self.cuts)
        rows = [(np.concatenate([row, np.zeros(added)]), low, high) for row, low, high in self.rows]
        for number, group in enumerate(self.cuts):
            rows += self._cut(group, len(cost) + jurors * number, len(cost) + added)
        matrix, low, high = (np.array(part) for part in zip(*rows, strict=True))
        whole = np.concatenate([np.ones(len(cost)), np.zeros(added)])
        result: Any = milp(
            np.concatenate([cost, np.zeros(added)]),
            integrality=whole,
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, low, high),
            options={"mip_rel_gap": 0.0, "node_limit": NODES},
        )
        return self._plan(result.x) if result.status == 0 else None

    def _cut(self, group: Flags, first: int, width: int) -> list[tuple[Floats, float, float]]:
        """Some juror reviews inside and outside the group: shared <= reviews inside, shared <= outside, sum >= 1."""
        entry, juror = self.pairs
        jurors = len(self.instance.jurors)
        shared = np.zeros(width)
        shared[first : first + jurors] = 1
        rows = [(shared, 1.0, np.inf)]
        for each in range(jurors):
            for side in (group, ~group):
                row = np.zeros(width)
                row[: len(entry)] = (juror == each) & side[entry]
                row[first + each] = -1
                rows.append((row, 0.0, np.inf))
        return rows

    def _plan(self, values: Floats) -> Plan:
        chosen = np.zeros(self.instance.allowed.shape, dtype=bool)
        chosen[self.pairs] = values[: len(self.pairs[0])] > 0.5
        return Plan.of(self.instance, chosen)
