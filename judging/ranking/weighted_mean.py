"""Rank entries by the mean of their finished reviews, each the weighted mean of its marks. Pure and exact.

A review's score is sum(weight x mark) / sum(weight) over the criteria it has: a missing mark is missing, never 0. An
entry's score is the plain mean of its reviews' scores. Scores are compared at four decimals, so that equal work shares
a place, and places are competition ranks (1, 1, 3). An entry with fewer reviews than the edition asks for is not
ranked.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from statistics import mean

from judging.ranking.tie_breaks import TieBreak

PLACES = 4


@dataclass(frozen=True)
class ReviewMarks:
    """The marks of one finished review: criterion → mark. An empty mapping says nothing and is left out."""

    juror: Hashable
    entry: Hashable
    marks: Mapping[Hashable, int]


@dataclass(frozen=True)
class RankedEntry:
    """An entry’s score to four decimals, its place, how many reviews made it; the first two None when not ranked.

    `parted_by` is the step of the chain of ties that parted it from entries with the same score.
    """

    entry: Hashable
    score: Decimal | None
    place: int | None
    reviews: int
    parted_by: TieBreak | None = None

    @property
    def is_ranked(self) -> bool:
        """Whether it had reviews enough."""
        return self.place is not None


def review_score(marks: Mapping[Hashable, int], weights: Mapping[Hashable, int]) -> Fraction | None:
    """The weighted mean of the marks there are, None without any. Raises KeyError for a criterion without weight."""
    total = sum(weights[criterion] for criterion in marks)
    if not total:
        return None
    return Fraction(sum(weights[criterion] * mark for criterion, mark in marks.items()), total)


def rank(
    entries: Iterable[Hashable],
    reviews: Iterable[ReviewMarks],
    weights: Mapping[Hashable, int],
    *,
    reviews_needed: int,
) -> list[RankedEntry]:
    """Every entry once, best first, those not ranked last; the order of the input breaks no tie in place."""
    scores = _scores_by_entry(reviews, weights)
    means = {entry: _rounded(mean(given)) for entry, given in scores.items() if len(given) >= reviews_needed}
    ranked = [
        RankedEntry(
            entry=entry,
            score=means.get(entry),
            place=_place(means[entry], list(means.values())) if entry in means else None,
            reviews=len(scores.get(entry, ())),
        )
        for entry in entries
    ]
    return sorted(ranked, key=lambda row: (row.place is None, row.place or 0))


def _scores_by_entry(
    reviews: Iterable[ReviewMarks], weights: Mapping[Hashable, int]
) -> Mapping[Hashable, Sequence[Fraction]]:
    scores: dict[Hashable, list[Fraction]] = defaultdict(list)
    for review in reviews:
        score = review_score(review.marks, weights)
        if score is not None:
            scores[review.entry].append(score)
    return scores


def _rounded(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-PLACES), rounding=ROUND_HALF_EVEN)


def _place(score: Decimal, all_scores: Sequence[Decimal]) -> int:
    return 1 + sum(other > score for other in all_scores)
