"""Krippendorff's alpha for nominal, ordinal and interval marks; missing marks are allowed.

alpha = 1 - observed / expected disagreement, over entries with two marks or more (Krippendorff, "Computing
Krippendorff's Alpha-Reliability", 2011). For ordinal marks the distance between two values is that of their mean ranks
in all such marks, so that it is the interval alpha of mean ranks.
"""

import numpy as np

from judging.ranking.arrays import Floats, Ints
from judging.ranking.places import NOISE_DECIMALS
from judging.ranking.reviews import Reviews


def alphas(reviews: Reviews) -> dict[str, float | None]:
    """The three figures; None where there is nothing to pair, or all such marks are equal."""
    paired = reviews.where(reviews.by_entry[reviews.entry] > 1)
    if not len(paired.score):
        return dict.fromkeys(("nominal", "ordinal", "interval"))
    values, value, count = np.unique(np.round(paired.score, NOISE_DECIMALS), return_inverse=True, return_counts=True)
    mean_rank = np.cumsum(count) - (count - 1) / 2
    return {
        "nominal": _nominal(paired, value, count),
        "ordinal": _interval(paired, mean_rank[value]),
        "interval": _interval(paired, (values / (np.abs(values).max() or 1.0))[value]),
    }


def _nominal(paired: Reviews, value: Ints, count: Ints) -> float | None:
    """Pairs of marks of one entry that differ, each weighing 1 / (its marks - 1), against pairs of any two marks."""
    total = len(value)
    cells, same = np.unique(paired.entry * len(count) + value, return_counts=True)
    weight = 1 / (paired.by_entry[cells // len(count)] - 1)
    observed = total - (same * (same - 1) * weight).sum()
    expected = (total**2 - (count**2).sum()) / (total - 1)
    return float(1 - observed / expected) if expected else None


def _interval(paired: Reviews, number: Floats) -> float | None:
    """As above with squared differences: both sums follow from sums and sums of squares."""
    total = len(number)
    centred = number - number.mean()
    marks = paired.by_entry
    sums, squares = (np.bincount(paired.entry, weights=power, minlength=len(marks)) for power in (centred, centred**2))
    observed = ((marks * squares - sums**2)[marks > 1] / (marks[marks > 1] - 1)).sum()
    expected = total * (centred**2).sum() / (total - 1)
    return float(1 - observed / expected) if expected > 1e-24 * max(1.0, float(number @ number)) else None
