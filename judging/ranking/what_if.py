"""What would change if one juror were left out, a criterion weighed a tenth more or less, or another method ranked."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from judging.ranking.arrays import Flags, Floats
from judging.ranking.design import components_of
from judging.ranking.marks import Marks
from judging.ranking.methods import DEFAULT, METHODS, MODELS, estimate_of, finalists_among
from judging.ranking.places import ranks_with_finalists
from judging.ranking.reviews import Reviews, reviews_of

SHIFT = 0.1


@dataclass(frozen=True)
class Change:
    """What was changed, the places that follow (entries without place left out), and who enters or leaves the top.

    `is_comparable` is False where the change leaves entries that no common juror links: then there are no places.
    """

    what: str
    places: Mapping[str, int]
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    is_comparable: bool = True


def places_by(reviews: Reviews, method: str = DEFAULT, finalists: Collection[str] = ()) -> dict[str, int]:
    """The place of each entry, finalists first; nothing where a model meets several components."""
    judged = reviews.judged()
    if method in MODELS and not components_of(judged).is_connected:
        return {}
    ranks = ranks_with_finalists(estimate_of(judged, method).ranked_by, finalists_among(judged, finalists))
    return dict(zip(judged.entries, ranks.tolist(), strict=True))


def without_each_juror(
    reviews: Reviews, *, top: int, method: str = DEFAULT, finalists: Collection[str] = ()
) -> list[Change]:
    """One change for each juror with reviews, by name."""
    now = places_by(reviews, method, finalists)
    return [
        _change(name, now, places_by(reviews.where(reviews.juror != juror), method, finalists), top)
        for juror, name in enumerate(reviews.jurors)
        if reviews.by_juror[juror]
    ]


def with_other_methods(
    reviews: Reviews, *, top: int, method: str = DEFAULT, finalists: Collection[str] = ()
) -> list[Change]:
    """One change for each other method."""
    now = places_by(reviews, method, finalists)
    return [_change(other, now, places_by(reviews, other, finalists), top) for other in METHODS if other != method]


def with_other_weights(
    marks: Marks,
    weights: Mapping[str, float],
    *,
    top: int,
    method: str = DEFAULT,
    finalists: Collection[str] = (),
) -> list[Change]:
    """Each criterion a tenth heavier, then a tenth lighter: “craft +10 %”, “craft -10 %”."""
    now = places_by(reviews_of(marks, weights), method, finalists)
    return [
        _change(what, now, places_by(reviews_of(marks, shifted), method, finalists), top)
        for what, shifted in _shifted(weights)
    ]


def agreement_with_others(reviews: Reviews) -> dict[str, float | None]:
    """Each juror's correlation with the mean of the others' marks of the same entries; None for fewer than 3.

    To be shown, never to exclude: honest jurors fall low by chance.
    """
    totals = np.bincount(reviews.entry, weights=reviews.score, minlength=len(reviews.entries))
    others = reviews.by_entry[reviews.entry] - 1
    rest = (totals[reviews.entry] - reviews.score) / np.maximum(others, 1)
    return {
        name: _correlation(reviews, rest, (reviews.juror == juror) & (others > 0))
        for juror, name in enumerate(reviews.jurors)
    }


def _correlation(reviews: Reviews, rest: Floats, own: Flags) -> float | None:
    marks, theirs = reviews.score[own], rest[own]
    if len(marks) < 3 or not np.ptp(marks) or not np.ptp(theirs):
        return None
    return float(np.corrcoef(marks, theirs)[0, 1])


def _shifted(weights: Mapping[str, float]) -> Iterator[tuple[str, dict[str, float]]]:
    for criterion in sorted(weights):
        for sign, factor in (("+", 1 + SHIFT), ("-", 1 - SHIFT)):
            yield f"{criterion} {sign}10 %", {**weights, criterion: weights[criterion] * factor}


def _change(what: str, now: Mapping[str, int], then: Mapping[str, int], top: int) -> Change:
    first, later = (sorted(entry for entry, place in places.items() if place <= top) for places in (now, then))
    enters = tuple(entry for entry in later if entry not in first)
    leaves = tuple(entry for entry in first if entry not in later) if then else ()
    return Change(what, then, enters, leaves, is_comparable=bool(then))
