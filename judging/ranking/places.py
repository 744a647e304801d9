"""Scores as people compare them, and the places that follow."""

from collections.abc import Sequence

import numpy as np

from judging.ranking.arrays import Flags, Floats, Ints

DECIMALS = 4
# Two sums of the same marks may differ in the last bits; cut these first, lest a half falls on either side.
NOISE_DECIMALS = 9


def comparable(scores: Floats) -> Floats:
    """Scores at the published precision, 4 decimals; NaN stays."""
    rounded: Floats = np.round(np.round(scores, NOISE_DECIMALS), DECIMALS) + 0.0
    return rounded


def competition_ranks(scores: Floats) -> Ints:
    """Place of each score, highest first: 1, 1, 3. Scores equal at 4 decimals share a place; NaN has place 0."""
    seen = comparable(scores)
    ascending = np.sort(-seen[~np.isnan(seen)])
    places = np.searchsorted(ascending, -seen, side="left") + 1
    return np.where(np.isnan(seen), 0, places)


def ranks_with_finalists(scores: Floats, is_finalist: Flags) -> Ints:
    """The same with finalists before all others, whatever the score."""
    ahead, behind = (competition_ranks(scores[chosen]) for chosen in (is_finalist, ~is_finalist))
    ranks = np.zeros(len(scores), dtype=np.intp)
    ranks[is_finalist], ranks[~is_finalist] = ahead, np.where(behind > 0, behind + len(ahead), 0)
    return ranks


def tied_groups(ranks: Ints, names: Sequence[str]) -> list[list[str]]:
    """Names that share a place, two or more, best place first."""
    groups: dict[int, list[str]] = {}
    for rank, name in zip(ranks.tolist(), names, strict=True):
        groups.setdefault(rank, []).append(name)
    return [groups[rank] for rank in sorted(groups) if rank and len(groups[rank]) > 1]
