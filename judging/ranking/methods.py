"""The methods by name, and the ranking that each gives."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from judging.ranking.additive import AdditiveFit, estimate_additive, fit_additive, severity_of
from judging.ranking.arrays import Flags, Floats, Ints
from judging.ranking.ballots import estimate_borda, estimate_schulze
from judging.ranking.design import Components, components_of
from judging.ranking.estimates import Estimate
from judging.ranking.majority import estimate_majority
from judging.ranking.means import estimate_mean, estimate_trimmed, estimate_zscore
from judging.ranking.mixed import estimate_mixed
from judging.ranking.places import ranks_with_finalists
from judging.ranking.ranges import TOPS, Ranges, ranges_of
from judging.ranking.refusals import listed
from judging.ranking.reviews import Reviews

DEFAULT = "blup"
MODELS: dict[str, Callable[[Reviews, AdditiveFit], Estimate]] = {
    "blup": estimate_mixed,
    "additive": lambda _reviews, fit: estimate_additive(fit),
}
OTHERS: dict[str, Callable[[Reviews], Estimate]] = {
    "mean": estimate_mean,
    "zscore": estimate_zscore,
    "trimmed": estimate_trimmed,
    "borda": estimate_borda,
    "schulze": estimate_schulze,
    "majority": estimate_majority,
}
METHODS = (*MODELS, *OTHERS)


@dataclass(frozen=True)
class Ranking:
    """What a method says of the entries and jurors of `reviews`, all of which have reviews.

    `rank` is 0 for all where a model meets several components. `ranges` and `error` are None without a model, or
    where its uncertainty is not known.
    """

    method: str
    reviews: Reviews
    components: Components
    score: Floats
    rank: Ints
    error: Floats | None
    ranges: Ranges | None
    severity: Floats
    warnings: tuple[str, ...]


def rank(
    reviews: Reviews,
    method: str = DEFAULT,
    tops: tuple[int, ...] = TOPS,
    finalists: Collection[str] = (),
) -> Ranking:
    """Rank the entries that have reviews; `tops` are the numbers of first places whose chance is asked.

    Finalists stand before all others, in each draw too.

    Raises Refused where a method cannot take so many entries.
    """
    reviews = reviews.judged()
    components = components_of(reviews)
    additive = fit_additive(reviews, components)
    estimate = estimate_of(reviews, method, additive)
    comparable = components.is_connected or method not in MODELS
    ahead = finalists_among(reviews, finalists)
    ranks = ranks_with_finalists(estimate.ranked_by, ahead) if comparable else np.zeros(len(ahead), dtype=np.intp)
    spread = estimate.spread if comparable else None
    return Ranking(
        method,
        reviews,
        components,
        estimate.score,
        ranks,
        error=estimate.spread.standard_errors() if estimate.spread else None,
        ranges=ranges_of(estimate.score, spread, ranks, tops, ahead) if spread else None,
        severity=severity_of(additive),
        warnings=(*_disconnected(reviews, components), *_equal(reviews), *estimate.warnings),
    )


def finalists_among(reviews: Reviews, finalists: Collection[str]) -> Flags:
    """Which entries of `reviews` are finalists."""
    return np.array([entry in finalists for entry in reviews.entries], dtype=bool)


def estimate_of(reviews: Reviews, method: str, additive: AdditiveFit | None = None) -> Estimate:
    """Scores by a method; `reviews` has at least one, and no name without review."""
    if not len(reviews.score):
        return Estimate(np.zeros(0), warnings=("There is no mark to rank by.",))
    if method in OTHERS:
        return OTHERS[method](reviews)
    return MODELS[method](reviews, additive or fit_additive(reviews))


def _disconnected(reviews: Reviews, components: Components) -> list[str]:
    if components.is_connected:
        return []
    groups = components.described(reviews)
    return [f"Scores cannot be compared across {components.count} groups that share no juror: {groups}."]


def _equal(reviews: Reviews) -> list[str]:
    if len(reviews.score) > 1 and not np.ptp(reviews.score):
        return ["All marks are equal: they rank nobody."]
    return []


def unjudged(reviews: Reviews) -> list[str]:
    """A warning that names the entries without any mark, if there are."""
    names = [entry for entry, count in zip(reviews.entries, reviews.by_entry, strict=True) if not count]
    return [f"No mark, hence no rank: {listed(names)}."] if names else []
