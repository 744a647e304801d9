"""Give every entry its jurors with loads as even as they can be, or say which entries stand in each other's way.

Entries are served one after the other, those with fewest jurors first; one that finds no free juror lets others pass
entries on along a chain (augmenting paths). Then the longest lists are shortened along chains until none helps, which
reaches the least sum of squared loads (Harvey, Ladner, Lovász and Tamir, "Semi-matchings for bipartite graphs and load
balancing", Journal of Algorithms 59, 2006).
"""

import numpy as np

from judging.panels.assignment.instance import Instance
from judging.panels.assignment.plan import Plan
from judging.ranking.arrays import Floats, Ints


class Blocked(Exception):
    """No legal assignment: these entries, all needed for it, ask for more reviews than the jurors they may use give."""

    def __init__(self, entries: Ints, jurors: Ints, asked: int, given: int) -> None:
        self.entries, self.jurors = entries, jurors
        self.asked, self.given = asked, given
        self.reason = (
            f"{len(entries)} of the entries need {asked} reviews, and the {len(jurors)} jurors who may judge them can"
            f" give {given}. Add jurors without a conflict, raise what they may take, or ask for fewer reviews of each"
            " entry."
        )
        super().__init__(self.reason)


def fill(instance: Instance) -> Plan:
    """A legal plan by lot, seeded. Raises Blocked when there is none."""
    plan, random = Plan.empty(instance), np.random.default_rng(instance.seed)
    entries = random.permutation(len(instance.entries))
    choices = instance.allowed.sum(axis=1)
    for entry in entries[np.argsort(choices[entries], kind="stable")].tolist():
        _serve(plan, entry, random.random(len(instance.jurors)))
        if lacking(plan, entry):
            raise _blocked(plan, entry)
    return plan


def even(plan: Plan) -> None:
    """Exchange until the sum of squared loads is least."""
    while any(_shorten(plan, longest) for longest in range(int(plan.load.max(initial=0)), 1, -1)):
        pass


def lacking(plan: Plan, entry: int) -> int:
    """How many jurors an entry still lacks."""
    return int(plan.instance.wanted[entry] - plan.chosen[entry].sum())


def _serve(plan: Plan, entry: int, lot: Floats) -> None:
    """The least loaded jurors, by lot among equals; where they do not suffice, those whom a chain makes free."""
    open_jurors = np.flatnonzero(plan.free[entry] & plan.has_room)
    order = np.argsort(plan.load[open_jurors] + lot[open_jurors])
    for juror in open_jurors[order[: lacking(plan, entry)]].tolist():
        plan.give(entry, juror)
    while lacking(plan, entry) and push(plan, entry):
        pass


def push(plan: Plan, entry: int) -> bool:
    """Give an entry one more juror, others passing entries on where needed; False when no chain leads there."""
    chain = plan.chain(np.flatnonzero(plan.free[entry]), plan.has_room)
    if chain is None:
        return False
    juror = chain[-1][0] if chain else int(np.flatnonzero(plan.free[entry] & plan.has_room)[0])
    plan.follow(chain)
    plan.give(entry, juror)
    return True


def _shorten(plan: Plan, longest: int) -> bool:
    """Pass entries on from jurors with so many to some with two fewer; whether that was possible at all."""
    changed = False
    while True:
        starts = np.flatnonzero(plan.load == longest)
        chain = plan.chain(starts, plan.has_room & (plan.load <= longest - 2)) if len(starts) else None
        if chain is None:
            return changed
        plan.follow(chain)
        changed = True


def _blocked(plan: Plan, entry: int) -> Blocked:
    """The entries around one that could not be served, down to a set from which none can be left out.

    Every blocking set among the entries served so far holds `entry`, since without it they can all be served. When it
    lacks one review only, the entries that chains from it reach are the smallest such set (the minimal cut). While it
    lacks more, some other entry of that set can be left out, unless each of them frees all that is lacking.
    """
    while lacking(plan, entry) > 1 and _leave_one_out(plan, entry):
        pass
    entries = _around(plan, entry)
    jurors = np.flatnonzero((plan.instance.allowed & ~plan.instance.fixed)[entries].any(axis=0))
    return Blocked(entries, jurors, *_counted(plan.instance, entries, jurors))


def _leave_one_out(plan: Plan, entry: int) -> bool:
    """Leave out another entry without which `entry` still lacks a review; False when there is none."""
    freed = (plan.movable & plan.free[entry]).sum(axis=1)
    others = [other for other in _around(plan, entry) if other != entry and freed[other] < lacking(plan, entry)]
    return any(_still_blocked_without(plan, other, entry) for other in others)


def _around(plan: Plan, entry: int) -> Ints:
    """The entry, and those of the jurors to whom chains from it lead."""
    reached = plan.reachable(np.flatnonzero(plan.free[entry]))
    around = np.flatnonzero(plan.movable[:, reached].any(axis=1))
    return np.union1d(around, [entry])


def _still_blocked_without(plan: Plan, other: int, entry: int) -> bool:
    """Leave `other` out for good if `entry` then still lacks a review; otherwise change nothing."""
    before = plan.chosen.copy(), plan.free.copy(), plan.load.copy()
    for juror in np.flatnonzero(plan.movable[other]).tolist():
        plan.take(other, juror)
    while lacking(plan, entry) and push(plan, entry):
        pass
    if lacking(plan, entry):
        return True
    plan.chosen, plan.free, plan.load = before
    return False


def _counted(instance: Instance, entries: Ints, jurors: Ints) -> tuple[int, int]:
    """Reviews that these entries still need, and those that these jurors can still give them."""
    asked = int((instance.wanted - instance.fixed.sum(axis=1))[entries].sum())
    usable = (instance.allowed & ~instance.fixed)[entries].sum(axis=0)[jurors]
    room = np.maximum(instance.most - instance.fixed.sum(axis=0), 0)[jurors]
    return asked, int(np.minimum(room, usable).sum())
