"""The most preference among all assignments with the least sum of squared loads.

Which these are follows from one of them by complementary slackness of the convex flow problem: let the height of a
juror be the longest list from which a chain leads there. Every such assignment gives the juror that many entries or
one fewer (or the maximum), and an entry uses only jurors of the least heights it can: pairs above are never chosen,
pairs below always. Among them, preference is a transportation problem, solved as a linear programme: its vertices are
whole. Pairs are priced in as they pay (column generation), so that millions need not be handed to the solver.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from judging.panels.assignment.plan import Plan
from judging.ranking.arrays import Flags, Floats, Ints

# Pairs given to the solver at once, and at first for each entry.
SMALL = 60_000
FIRST, PRICED_IN = 12, 4
# Weights are brought to this size, where the solver tells them apart; lots decide between equal ones.
UNIT, LOT = 1e3, 1e-6
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Face:
    """Pairs in every assignment with the least squares, pairs that may be in one, and the loads these allow."""

    fixed: Flags
    open: Flags
    least: Ints
    most: Ints


def face_of(plan: Plan) -> Face:
    """All assignments with the least sum of squared loads, from one of them."""
    height = _heights(plan)
    tall = np.where(plan.chosen, height, -1).max(axis=1, initial=-1)[:, None]
    fixed = plan.chosen & (height < tall)
    open_pairs = plan.instance.allowed & (height == tall)
    least = np.minimum(np.maximum(height - 1, 0), plan.instance.most)
    return Face(fixed, open_pairs, least, np.minimum(height, plan.instance.most))


def most_preferred(plan: Plan, preference: Floats, bridges: Flags | None = None) -> Plan:
    """Among the assignments with the least squares that hold the pairs `bridges`, the one preferred most."""
    face = face_of(plan)
    fixed = face.fixed if bridges is None else face.fixed | bridges
    held = fixed.sum(axis=0)
    problem = _Transport(
        open=face.open & ~fixed,
        start=plan.chosen & ~fixed,
        need=plan.instance.per_entry - fixed.sum(axis=1),
        least=np.maximum(face.least - held, 0),
        most=face.most - held,
        weight=_weights(preference, plan.instance.seed),
    )
    return Plan.of(plan.instance, problem.solve() | fixed)


def _heights(plan: Plan) -> Ints:
    """Of each juror: the longest list from which a chain leads there."""
    height = np.full(len(plan.load), -1)
    for load in np.unique(plan.load)[::-1].tolist():
        starts = np.flatnonzero((plan.load == load) & (height < 0))
        if len(starts):
            height[plan.reachable(starts) & (height < 0)] = load
    return height


def _weights(preference: Floats, seed: int) -> Floats:
    largest = float(np.abs(preference).max(initial=0.0)) or 1.0
    lots = LOT * np.random.default_rng(seed).random(preference.shape)
    weights: Floats = preference / largest * UNIT + lots
    return weights


@dataclass(frozen=True)
class _Transport:
    """Choose `open` pairs, `need` for each entry and from `least` to `most` for each juror; `start` is one choice."""

    open: Flags
    start: Flags
    need: Ints
    least: Ints
    most: Ints
    weight: Floats

    def solve(self) -> Flags:
        """The choice with the most weight."""
        used = self.open if self.open.sum() <= SMALL else self._promising()
        while True:
            chosen, by_entry, by_juror = self._programme(used)
            gain = np.where(self.open & ~used, self.weight - by_entry[:, None] - by_juror, -np.inf)
            if not (gain > TOLERANCE).any():
                return chosen
            width = min(PRICED_IN, gain.shape[1])
            best = np.argpartition(-gain, width - 1, axis=1)[:, :width]
            added = np.zeros_like(used)
            np.put_along_axis(added, best, np.take_along_axis(gain, best, axis=1) > TOLERANCE, axis=1)
            used = used | added

    def _promising(self) -> Flags:
        """The start, and the pairs with most weight for each entry once crowded jurors are made dearer."""
        weight = np.where(self.open, self.weight, -np.inf)
        price = _prices(weight, self.need, self.most)
        width = min(FIRST, weight.shape[1])
        best = np.argpartition(price - weight, width - 1, axis=1)[:, :width]
        promising = self.start.copy()
        np.put_along_axis(promising, best, True, axis=1)
        return promising & self.open | self.start

    def _programme(self, used: Flags) -> tuple[Flags, Floats, Floats]:
        """Solve over some pairs; the prices of entries and jurors say which others would pay."""
        from scipy.optimize import linprog
        from scipy.sparse import csr_array, vstack

        entry, juror = np.nonzero(used)
        entries, jurors = used.shape
        ones, columns = np.ones(len(entry)), np.arange(len(entry))
        by_entry = csr_array((ones, (entry, columns)), shape=(entries, len(entry)))
        by_juror = csr_array((ones, (juror, columns)), shape=(jurors, len(entry)))
        result: Any = linprog(
            -self.weight[entry, juror],
            A_ub=vstack([by_juror, -by_juror]),
            b_ub=np.concatenate([self.most, -self.least]),
            A_eq=by_entry,
            b_eq=self.need,
            bounds=(0, 1),
            method="highs-ds",
        )
        chosen = np.zeros_like(used)
        chosen[entry, juror] = result.x > 0.5
        above, below = np.split(result.ineqlin.marginals, 2)
        return chosen, -result.eqlin.marginals, below - above


def _prices(weight: Floats, need: Ints, most: Ints, rounds: int = 60) -> Floats:
    """Rough prices of jurors: raised where more entries want them than they may take, lowered where fewer do."""
    price = np.zeros(weight.shape[1])
    step = UNIT / 10
    width = int(need.max(initial=1))
    for _ in range(rounds):
        wanted = np.argpartition(price - weight, max(width - 1, 0), axis=1)[:, :width]
        asked = np.bincount(wanted.ravel(), minlength=len(price))
        price += step * np.clip((asked - most) / np.maximum(most, 1), -1, 1)
        step *= 0.93
    return price
