"""From marks on criteria to one score for each review."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from judging.ranking.arrays import Flags, Floats, Ints
from judging.ranking.marks import WHOLE, Marks
from judging.ranking.refusals import Refused, listed

SMALLEST_WEIGHT, LARGEST_WEIGHT = 1e-6, 1e6


@dataclass(frozen=True)
class Reviews:
    """One score for each pair of juror and entry, sorted by entry, then juror.

    `juror` and `entry` index the names, which include those without any review; the arrays have one item for each
    review.
    """

    jurors: tuple[str, ...]
    entries: tuple[str, ...]
    juror: Ints
    entry: Ints
    score: Floats

    @cached_property
    def by_entry(self) -> Ints:
        """How many reviews each entry has."""
        return np.bincount(self.entry, minlength=len(self.entries))

    @cached_property
    def by_juror(self) -> Ints:
        """How many reviews each juror gave."""
        return np.bincount(self.juror, minlength=len(self.jurors))

    @property
    def is_complete(self) -> bool:
        """Whether every juror reviewed every entry."""
        return len(self.score) == len(self.entries) * len(self.jurors)

    def where(self, chosen: Flags | Ints) -> "Reviews":
        """The same with only some of the reviews; names stay."""
        return Reviews(self.jurors, self.entries, self.juror[chosen], self.entry[chosen], self.score[chosen])

    def judged(self) -> "Reviews":
        """The same without the names that have no review."""
        entries, jurors = np.flatnonzero(self.by_entry), np.flatnonzero(self.by_juror)
        return Reviews(
            tuple(self.jurors[place] for place in jurors),
            tuple(self.entries[place] for place in entries),
            np.searchsorted(jurors, self.juror),
            np.searchsorted(entries, self.entry),
            self.score,
        )

    def table(self) -> Floats:
        """Entries x jurors, NaN where there is no review."""
        table = np.full((len(self.entries), len(self.jurors)), np.nan)
        table[self.entry, self.juror] = self.score
        return table


def reviews_of(marks: Marks, weights: Mapping[str, float] | None = None) -> Reviews:
    """Each review is sum(weight x mark) / sum(weight) over the criteria it has; without weights they are equal.

    A review whose criteria all weigh 0 is left out. Raises Refused for a weight of an unknown criterion, for one left
    out, and for weights that are negative or all 0.
    """
    weight = _weight_of_criteria(marks.criteria, weights)[marks.criterion]
    key = marks.entry * len(marks.jurors) + marks.juror
    pairs, review = np.unique(key, return_inverse=True)
    total = np.bincount(review, weights=weight, minlength=len(pairs))
    score = np.bincount(review, weights=weight * marks.score, minlength=len(pairs))
    counted = total > 0
    pairs = pairs[counted]
    jurors = max(len(marks.jurors), 1)
    return Reviews(marks.jurors, marks.entries, pairs % jurors, pairs // jurors, score[counted] / total[counted])


def _weight_of_criteria(criteria: tuple[str, ...], weights: Mapping[str, float] | None) -> Floats:
    if weights is None:
        return np.ones(len(criteria))
    unknown = sorted(set(weights) - set(criteria))
    if unknown and not set(criteria) - {WHOLE}:
        raise Refused("The file has no marks by criterion to weigh. Add a column criterion, or leave --weights out.")
    if unknown:
        raise Refused(f"No mark is for the criterion {listed(unknown)}. Weigh those of the file: {listed(criteria)}.")
    left_out = sorted(set(criteria) - set(weights))
    if left_out:
        raise Refused(f"The criterion {listed(left_out)} has no weight. Give one to each, 0 if it must not count.")
    weight = np.array([weights[criterion] for criterion in criteria], dtype=np.float64)
    if not (((weight == 0) | ((weight >= SMALLEST_WEIGHT) & (weight <= LARGEST_WEIGHT))).all() and weight.any()):
        raise Refused("Weights are 0 or from 0.000001 to 1000000, and not all 0.")
    return weight
