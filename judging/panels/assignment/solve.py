"""The order in which an assignment is judged: legal, one connected design, even loads, preferences."""

from typing import Any

import numpy as np

from judging.panels.assignment.connecting import connect, even_within
from judging.panels.assignment.exact import best_connected, is_small
from judging.panels.assignment.expertise import most_preferred
from judging.panels.assignment.filling import Blocked, even, fill
from judging.panels.assignment.instance import Instance
from judging.panels.assignment.plan import Plan
from judging.ranking.arrays import Floats

DECIMALS = 6
SPLIT = "No exchange joins the parts of this jury: scores of entries in different parts cannot be compared."
NEVER = "No legal assignment joins all entries: scores of entries in different parts cannot be compared."


def solve(instance: Instance) -> tuple[Plan, tuple[str, ...]]:
    """The assignment, and warnings. Raises Blocked when no legal one exists.

    The best of all with the least squares is taken where it is connected. Otherwise small instances are searched
    exactly; in others exchanges join the parts, and where preferences split the jury, one reviewer of each entry is
    kept from an assignment by lot, as a bridge.
    """
    plan = fill(instance)
    even(plan)
    best = plan if instance.preference is None else most_preferred(plan, instance.preference)
    if best.is_connected():
        return best, ()
    if is_small(instance):
        exact = best_connected(instance)
        return (exact, ()) if exact else (best, (NEVER,))
    joined = _joined(instance, plan)
    return (joined, ()) if joined else (best, (SPLIT,))


def _joined(instance: Instance, plan: Plan) -> Plan | None:
    """A connected plan for an instance too large to search, from one that is even."""
    random, least = np.random.default_rng(instance.seed), plan.squares
    if not connect(plan, random):
        return None
    if plan.squares > least:
        even_within(plan, random)
    if instance.preference is None or plan.squares > least:
        return plan
    return _bridged(plan, instance.preference, random) or plan


def _bridged(plan: Plan, preference: Floats, random: np.random.Generator) -> Plan | None:
    """One reviewer of each entry as the plan has it, the others by preference, if that holds together."""
    bridge = np.where(plan.chosen, random.random(plan.chosen.shape), -1.0).argmax(axis=1)
    bridges = np.zeros_like(plan.chosen)
    bridges[np.arange(len(bridge)), bridge] = True
    preferred = most_preferred(plan, preference, bridges)
    return preferred if preferred.is_connected() or connect(preferred, random) else None


def answer(instance: Instance) -> dict[str, Any]:
    """The answer of the command: an assignment, or the entries that block each other."""
    try:
        plan, warnings = solve(instance)
    except Blocked as blocked:
        return {
            "infeasible": True,
            "reason": blocked.reason,
            "entries": [instance.entries[entry] for entry in blocked.entries],
            "jurors": [instance.jurors[juror] for juror in blocked.jurors],
        }
    objective = 0.0 if instance.preference is None else float(instance.preference[plan.chosen].sum())
    return {
        "assignments": [[instance.jurors[juror], instance.entries[entry]] for entry, juror in np.argwhere(plan.chosen)],
        "load": {str(juror): int(load) for juror, load in zip(instance.jurors, plan.load, strict=True)},
        "connected": plan.is_connected(),
        "objective": round(objective, DECIMALS),
        "warnings": list(warnings),
    }
