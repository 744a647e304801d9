"""What organisers see beside a ranking: how sure it is, what the correction moved, what would change, who judges how.

Everything here is to be read by people; nothing here excludes a juror or moves an entry.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from judging.ranking.additive import fit_additive
from judging.ranking.arrays import Floats
from judging.ranking.marks import Marks
from judging.ranking.means import estimate_mean
from judging.ranking.methods import DEFAULT, MODELS, Ranking, rank
from judging.ranking.mixed import fit_mixed
from judging.ranking.reliability import Reliability, reliability_of
from judging.ranking.reviews import Reviews, reviews_of
from judging.ranking.what_if import (
    Change,
    agreement_with_others,
    with_other_methods,
    with_other_weights,
    without_each_juror,
)

# Honest jurors fall below it by chance: of 2,800 simulated ones, 78 did.
LOW_AGREEMENT = 0.3
# On the scale of the marks, so that what the correction moved can be said in marks.
ON_THE_SCALE = frozenset({"blup", "additive", "mean", "trimmed"})


@dataclass(frozen=True)
class EntryFigures:
    """One entry: `score` by the named method, `raw` the plain mean; the rest as the model of the jury has it.

    `moved` is score - raw, None where the method has another scale; `first` and `prize` are probabilities.
    """

    entry: str
    reviews: int
    score: float
    raw: float
    moved: float | None
    error: float | None
    low: int | None
    high: int | None
    first: float | None
    prize: float | None


@dataclass(frozen=True)
class JurorFigures:
    """One juror: mean and standard deviation of their scores, severity (positive is harsh), agreement with the others.

    `quartiles` are least, lower, median, upper and greatest score. `stands_apart` flags, and excludes nobody.
    """

    juror: str
    reviews: int
    mean: float
    spread: float | None
    quartiles: tuple[float, ...]
    severity: float | None
    agreement: float | None

    @property
    def stands_apart(self) -> bool:
        """Whether their order of entries agrees little with that of the others."""
        return self.agreement is not None and self.agreement < LOW_AGREEMENT


@dataclass(frozen=True)
class Analysis:
    """All figures of one set of reviews. `model` is the method that uncertainty comes from."""

    method: str
    model: str
    entries: tuple[EntryFigures, ...]
    jurors: tuple[JurorFigures, ...]
    reliability: Reliability
    mean_reliability: float | None
    without_jurors: tuple[Change, ...]
    other_methods: tuple[Change, ...]
    other_weights: tuple[Change, ...]
    is_connected: bool
    warnings: tuple[str, ...]


def analyse(
    marks: Marks, weights: Mapping[str, float], *, method: str, prizes: int, finalists: Collection[str] = ()
) -> Analysis:
    """Every figure; `prizes` is the number of places that get one; finalists stand first. Needs one mark at least.

    Raises Refused where the method cannot take so many entries.
    """
    reviews = reviews_of(marks, weights).judged()
    named, modelled = _ranked(reviews, method, prizes, finalists)
    asked: dict[str, Any] = {"top": prizes, "method": method, "finalists": finalists}
    return Analysis(
        method,
        modelled.method,
        entries=tuple(_entries(named, modelled, prizes)),
        jurors=tuple(_jurors(reviews, modelled)),
        reliability=reliability_of(reviews),
        mean_reliability=reliability_of_mean(reviews),
        without_jurors=tuple(without_each_juror(reviews, **asked)),
        other_methods=tuple(with_other_methods(reviews, **asked)),
        other_weights=tuple(with_other_weights(marks, weights, **asked)),
        is_connected=modelled.components.is_connected,
        warnings=named.warnings,
    )


def entry_figures(reviews: Reviews, *, method: str, prizes: int, finalists: Collection[str] = ()) -> list[EntryFigures]:
    """The figures of the entries alone, for pages that show no more. Needs one review at least."""
    named, modelled = _ranked(reviews.judged(), method, prizes, finalists)
    return _entries(named, modelled, prizes)


def _ranked(reviews: Reviews, method: str, prizes: int, finalists: Collection[str]) -> tuple[Ranking, Ranking]:
    """By the named method, and by the model that uncertainty comes from."""
    named = rank(reviews, method, (1, prizes), finalists)
    return named, named if method in MODELS else rank(reviews, DEFAULT, (1, prizes), finalists)


def reliability_of_mean(reviews: Reviews) -> float | None:
    """var(entry) / (var(entry) + var(noise) / k) by the mixed model, k the mean number of reviews of an entry.

    On a complete table it is ICC(3,k). None where the model has no variances to tell apart.
    """
    additive = fit_additive(reviews)
    if len(reviews.entries) < 2 or len(reviews.jurors) < 2 or additive.is_exact or not additive.freedom:
        return None
    fit = fit_mixed(reviews, additive)
    noise = fit.noise_variance / (len(reviews.score) / len(reviews.entries))
    return fit.entry_variance / (fit.entry_variance + noise) if noise else None


def _entries(named: Ranking, modelled: Ranking, prizes: int) -> list[EntryFigures]:
    raw = estimate_mean(named.reviews).score
    ranges, is_scaled = modelled.ranges, named.method in ON_THE_SCALE
    known = prizes <= len(raw)
    return [
        EntryFigures(
            entry,
            reviews=int(named.reviews.by_entry[place]),
            score=float(named.score[place]),
            raw=float(raw[place]),
            moved=float(named.score[place] - raw[place]) if is_scaled else None,
            error=_at(modelled.error, place),
            low=int(ranges.low[place]) if ranges else None,
            high=int(ranges.high[place]) if ranges else None,
            first=float(ranges.top[1][place]) if ranges else None,
            prize=float(ranges.top[prizes][place]) if ranges and known else None,
        )
        for place, entry in enumerate(named.reviews.entries)
    ]


def _jurors(reviews: Reviews, modelled: Ranking) -> list[JurorFigures]:
    agreement = agreement_with_others(reviews)
    return [
        _juror(name, reviews.score[reviews.juror == juror], float(modelled.severity[juror]), agreement[name])
        for juror, name in enumerate(reviews.jurors)
    ]


def _juror(name: str, scores: Floats, severity: float, agreement: float | None) -> JurorFigures:
    quartiles = tuple(float(value) for value in np.percentile(scores, (0, 25, 50, 75, 100)))
    spread = float(scores.std(ddof=1)) if len(scores) > 1 else None
    return JurorFigures(name, len(scores), float(scores.mean()), spread, quartiles, severity, agreement)


def _at(values: Floats | None, place: int) -> float | None:
    return None if values is None else float(values[place])


def agreement_between(reviews: Reviews) -> Floats:
    """Correlation of the scores of each two jurors over the entries that both saw; NaN for fewer than three."""
    table = reviews.table()
    size = table.shape[1]
    found = np.full((size, size), np.nan)
    for one in range(size):
        for other in range(one):
            both = ~np.isnan(table[:, one]) & ~np.isnan(table[:, other])
            left, right = table[both, one], table[both, other]
            if len(left) > 2 and np.ptp(left) and np.ptp(right):
                found[one, other] = found[other, one] = float(np.corrcoef(left, right)[0, 1])
    return found
