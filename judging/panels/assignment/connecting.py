"""Join the components of a plan by exchanges: swaps that keep every load, then moves that change two loads a little.

Only pairs that lie on a cycle are given up, or the single review of a juror who then drops out, so that what hung
together still does. Which pairs these are depends on a spanning tree; a few random ones are tried.
"""

from collections.abc import Iterator

import numpy as np

from judging.panels.assignment.plan import Plan
from judging.ranking.arrays import Flags

TREES = 8
MOST_LOOKED_AT = 400


def connect(plan: Plan, random: np.random.Generator) -> bool:
    """Exchange until the plan is connected; False, with fewer components perhaps, when no exchange is found."""
    while not plan.is_connected():
        if not any(step(plan, random) for step in (_swap, _move) for _tree in range(TREES)):
            return False
    return True


def even_within(plan: Plan, random: np.random.Generator) -> None:
    """Pass single entries to jurors with two fewer as long as the plan stays connected."""
    while any(_passed_on(plan, juror, random) for juror in np.argsort(-plan.load, kind="stable").tolist()):
        pass


def _swap(plan: Plan, random: np.random.Generator) -> bool:
    """Two jurors of different components exchange an entry each."""
    of_entry, of_juror = plan.components()
    for entry, juror in _loose(plan, random):
        elsewhere = (of_juror >= 0) & (of_juror != of_entry[entry])
        others = np.flatnonzero(plan.free[entry] & elsewhere)
        theirs = plan.movable[:, others] & (plan.free[:, juror] & (of_entry != of_entry[entry]))[:, None]
        if theirs.any():
            their_entry, place = np.argwhere(theirs)[random.integers(theirs.sum())]
            plan.follow([(juror, entry, int(others[place])), (int(others[place]), int(their_entry), juror)])
            return True
    return False


def _move(plan: Plan, random: np.random.Generator) -> bool:
    """One entry passes to a juror of another component, where the squared loads grow least."""
    of_entry, of_juror = plan.components()
    single = np.argwhere(plan.movable & (plan.load == 1)).tolist()
    best: tuple[int, int, int, int] | None = None
    for entry, juror in [*_loose(plan, random), *single[:MOST_LOOKED_AT]]:
        takers = np.flatnonzero(plan.free[entry] & plan.has_room & (of_juror >= 0) & (of_juror != of_entry[entry]))
        if len(takers):
            taker = int(takers[plan.load[takers].argmin()])
            growth = int(plan.load[taker] - plan.load[juror])
            best = min(best or (growth, juror, entry, taker), (growth, juror, entry, taker))
    if best is not None:
        plan.follow([best[1:]])
    return best is not None


def _loose(plan: Plan, random: np.random.Generator) -> Iterator[tuple[int, int]]:
    """Pairs (entry, juror) on cycles, by lot: those outside a random spanning forest."""
    loose = np.argwhere(plan.movable & ~spanning_forest(plan, random))
    yield from random.permutation(loose)[:MOST_LOOKED_AT].tolist()


def spanning_forest(plan: Plan, random: np.random.Generator) -> Flags:
    """The chosen pairs of a random spanning forest, entries x jurors."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import minimum_spanning_tree

    entry, juror = np.nonzero(plan.chosen)
    entries, jurors = plan.chosen.shape
    weights = 1 + random.random(len(entry))
    graph = coo_array((weights, (entry, entries + juror)), shape=(entries + jurors,) * 2)
    tree = minimum_spanning_tree(graph.tocsr()).tocoo()
    forest = np.zeros(plan.chosen.shape, dtype=bool)
    forest[np.minimum(tree.row, tree.col), np.maximum(tree.row, tree.col) - entries] = True
    return forest


def _passed_on(plan: Plan, juror: int, random: np.random.Generator) -> bool:
    for entry in random.permutation(np.flatnonzero(plan.movable[:, juror])).tolist():
        takers = np.flatnonzero(plan.free[entry] & plan.has_room & _in_use(plan) & (plan.load <= plan.load[juror] - 2))
        for taker in takers[np.argsort(plan.load[takers], kind="stable")].tolist():
            plan.follow([(juror, entry, taker)])
            if plan.is_connected():
                return True
            plan.follow([(taker, entry, juror)])
    return False


def _in_use(plan: Plan) -> Flags:
    used: Flags = plan.load > 0
    return used
