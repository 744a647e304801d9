"""The most preference among all assignments with the least sum of squared loads.

Which these are follows from one of them by complementary slackness of the convex flow problem: let the height of a
juror be the longest list from which a chain leads there. Every such assignment gives the juror that many entries or
one fewer (or the maximum), and an entry uses only jurors of the least heights it can: pairs above are never chosen,
pairs below always. Among them, preference is a transportation problem.
"""

from dataclasses import dataclass

import numpy as np

from judging.panels.assignment.plan import Plan
from judging.panels.assignment.transport import Transport
from judging.ranking.arrays import Flags, Floats, Ints


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
    kept = plan.instance.fixed
    tall = np.where(plan.movable, height, -1).max(axis=1, initial=-1)[:, None]
    fixed = kept | (plan.movable & (height < tall))
    open_pairs = plan.instance.allowed & ~kept & (height == tall)
    least = np.minimum(np.maximum(height - 1, 0), plan.instance.most)
    return Face(fixed, open_pairs, least, np.minimum(height, plan.instance.most))


def most_preferred(plan: Plan, preference: Floats, bridges: Flags | None = None) -> Plan:
    """Among the assignments with the least squares that hold the pairs `bridges`, the one preferred most."""
    face = face_of(plan)
    fixed = face.fixed if bridges is None else face.fixed | bridges
    held = fixed.sum(axis=0)
    problem = Transport(
        face.open & ~fixed,
        need=plan.instance.wanted - fixed.sum(axis=1),
        least=np.maximum(face.least - held, 0),
        most=np.maximum(face.most - held, 0),
        weight=preference,
        seed=plan.instance.seed,
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
