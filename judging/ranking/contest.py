"""The ranking of a contest by the terms that its organisers named. Pure: the same from a database and from a file.

Every place that ranks comes here: pages, prizes, published results, sealed results and their verification.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

import numpy as np

from judging.ranking.arrays import Flags
from judging.ranking.design import components_of
from judging.ranking.marks import Mark, marks_of
from judging.ranking.methods import MODELS, estimate_of
from judging.ranking.places import DECIMALS, comparable, competition_ranks
from judging.ranking.reviews import Reviews, reviews_of
from judging.ranking.tie_breaks import break_ties
from judging.ranking.weighted_mean import RankedEntry, ReviewMarks, rank, review_score

MEAN = "mean"
Weights = Mapping[Hashable, int]


class TieRule(StrEnum):
    """What becomes of equal scores."""

    SHARED = "shared"
    CHAIN = "chain"


@dataclass(frozen=True)
class Terms:
    """What ranks a challenge: a method by name, the rule for equal scores, the reviews that an entry needs."""

    method: str = MEAN
    ties: TieRule = TieRule.SHARED
    reviews_needed: int = 1


def rank_contest(
    entries: Iterable[Hashable],
    reviews: Iterable[ReviewMarks],
    weights: Weights,
    terms: Terms,
    finalists: Collection[Hashable] = (),
) -> list[RankedEntry]:
    """Every entry once, best first, those not ranked last. `weights` has the criteria in the order of the rubric.

    All reviews tell what jurors are like; an entry with fewer than it needs has no place. Nor has any where the method
    is a model and the jury falls into parts that share no juror. Finalists stand before all others, whatever the score:
    a second look decides among them, and nobody overtakes them without one.
    """
    given, asked = list(reviews), list(entries)
    if terms.method == MEAN:
        ranked = rank(asked, given, weights, reviews_needed=terms.reviews_needed)
    else:
        ranked = _ranked_by(terms, asked, given, weights)
    return finalists_first(ranked if terms.ties is TieRule.SHARED else _parted(ranked, given, weights), finalists)


def finalists_first(ranked: Sequence[RankedEntry], finalists: Collection[Hashable]) -> list[RankedEntry]:
    """The same with finalists ahead, each group in its order; equal entries of a group go on sharing a place."""
    placed = [row for row in ranked if row.place is not None]
    ahead = [row for row in placed if row.entry in finalists]
    behind = [row for row in placed if row.entry not in finalists]
    return [
        *_renumbered(ahead, 1),
        *_renumbered(behind, len(ahead) + 1),
        *(row for row in ranked if row.place is None),
    ]


def _renumbered(rows: Sequence[RankedEntry], first: int) -> Iterator[RankedEntry]:
    for _place, group in groupby(rows, key=lambda row: row.place):
        tied = list(group)
        yield from (replace(row, place=first) for row in tied)
        first += len(tied)


def principal_of(weights: Weights) -> Hashable | None:
    """The criterion that parts equal scores first: the heaviest, the first in the rubric among equals."""
    return max(weights, key=lambda criterion: weights[criterion]) if weights else None


def scored(reviews: Iterable[ReviewMarks], weights: Weights) -> Reviews:
    """Reviews as the methods take them: one score each, jurors and entries by name."""
    scores = ((review, review_score(review.marks, weights)) for review in reviews)
    return reviews_of(
        marks_of(
            Mark(str(review.juror), str(review.entry), float(score)) for review, score in scores if score is not None
        )
    )


def _ranked_by(
    terms: Terms, entries: Sequence[Hashable], reviews: Sequence[ReviewMarks], weights: Weights
) -> list[RankedEntry]:
    wanted = {str(entry) for entry in entries}
    judged = scored((review for review in reviews if str(review.entry) in wanted), weights).judged()
    counts = dict(zip(judged.entries, judged.by_entry.tolist(), strict=True))
    estimate = estimate_of(judged, terms.method)
    is_comparable = terms.method not in MODELS or components_of(judged).is_connected
    chosen: Flags = (judged.by_entry >= terms.reviews_needed) & is_comparable
    names = np.array(judged.entries, dtype=object)[chosen].tolist()
    places = dict(zip(names, competition_ranks(estimate.ranked_by[chosen]).tolist(), strict=True))
    scores = dict(zip(names, comparable(estimate.score[chosen]).tolist(), strict=True))
    rows = [
        RankedEntry(entry, _decimal(scores.get(str(entry))), places.get(str(entry)), counts.get(str(entry), 0))
        for entry in entries
    ]
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0))


def _decimal(score: float | None) -> Decimal | None:
    return None if score is None else Decimal(f"{score:.{DECIMALS}f}")


def _parted(ranked: Sequence[RankedEntry], reviews: Sequence[ReviewMarks], weights: Weights) -> list[RankedEntry]:
    """The same with equal places parted by the chain as far as it can."""
    rows = {row.entry: row for row in ranked if row.place is not None}
    groups = [[row.entry for row in group] for _place, group in groupby(rows.values(), key=lambda row: row.place)]
    scores, principal = _by_juror(reviews, weights)
    placed, place = list[RankedEntry](), 1
    for tied, step in break_ties(groups, scores, principal):
        placed += [replace(rows[entry], place=place, parted_by=step) for entry in tied]
        place += len(tied)
    return [*placed, *(row for row in ranked if row.place is None)]


def _by_juror(
    reviews: Sequence[ReviewMarks], weights: Weights
) -> tuple[dict[Hashable, dict[Hashable, Fraction]], dict[Hashable, dict[Hashable, Fraction]]]:
    """Each entry's scores by juror, and its marks on the principal criterion."""
    scores: dict[Hashable, dict[Hashable, Fraction]] = {}
    principal: dict[Hashable, dict[Hashable, Fraction]] = {}
    heaviest = principal_of(weights)
    for review in reviews:
        score = review_score(review.marks, weights)
        if score is not None:
            scores.setdefault(review.entry, {})[review.juror] = score
        if heaviest in review.marks:
            principal.setdefault(review.entry, {})[review.juror] = Fraction(review.marks[heaviest])
    return scores, principal


def tied_places(ranked: Iterable[RankedEntry]) -> list[list[Hashable]]:
    """The entries that share a place, two or more, best place first."""
    rows = [row for row in ranked if row.place is not None]
    shared = [place for place, count in sorted(Counter(row.place for row in rows).items()) if count > 1]
    return [[row.entry for row in rows if row.place == place] for place in shared]
