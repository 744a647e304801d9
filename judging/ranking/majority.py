"""Majority judgment (Balinski and Laraki, "Majority Judgment", MIT Press 2011)."""

from math import lcm

import numpy as np

from judging.ranking.arrays import Floats, Ints
from judging.ranking.ballots import incomplete
from judging.ranking.estimates import Estimate
from judging.ranking.places import NOISE_DECIMALS
from judging.ranking.reviews import Reviews

MOST_COPIES = 840


def estimate_majority(reviews: Reviews) -> Estimate:
    """The score is the majority grade: the median mark, the lower of the two in the middle for an even number.

    Equal grades are told apart by taking one majority grade away from each and comparing again, until they differ:
    the majority value, which reads the sorted marks from the middle outwards, lower before upper. Entries with
    different numbers of marks are compared as if each mark had been given so many times that the numbers agree.
    """
    marks = np.round(reviews.score, NOISE_DECIMALS)[np.lexsort((reviews.score, reviews.entry))]
    values = majority_values(marks, reviews.by_entry.tolist())
    best_last = np.lexsort(values.T[::-1])
    steps = (values[best_last][1:] != values[best_last][:-1]).any(axis=1)
    order = np.zeros(len(values))
    order[best_last[1:]] = np.cumsum(steps)
    return Estimate(values[:, 0], warnings=incomplete(reviews), order=order)


def majority_values(marks: Floats, counts: list[int]) -> Floats:
    """n x copies, from the marks of n entries one after the other, each ascending: higher rows are better."""
    copies = min(lcm(*counts), MOST_COPIES) if len(set(counts)) > 1 else counts[0]
    outwards = _from_the_middle(copies)
    rows, start = np.empty((len(counts), copies)), 0
    for row, count in enumerate(counts):
        rows[row] = marks[start + outwards * count // copies]
        start += count
    return rows


def _from_the_middle(count: int) -> Ints:
    """Places from 0 in the order in which majority grades are taken away: 5 gives 2 1 3 0 4, 4 gives 1 2 0 3."""
    middle = (count - 1) // 2
    below, above = range(middle - count % 2, -1, -1), range(middle + 1, count)
    pairs = [place for pair in zip(below, above, strict=True) for place in pair]
    return np.array([middle] * (count % 2) + pairs, dtype=np.intp)
