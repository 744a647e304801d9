"""Methods that average marks: raw mean, trimmed mean, z-score. They have no model of jurors, hence no uncertainty."""

import numpy as np

from judging.ranking.arrays import Floats
from judging.ranking.estimates import Estimate
from judging.ranking.refusals import listed
from judging.ranking.reviews import Reviews

FEWEST_TO_TRIM = 5


def estimate_mean(reviews: Reviews) -> Estimate:
    """The plain mean of an entry's reviews."""
    return Estimate(_mean_by_entry(reviews, reviews.score))


def estimate_trimmed(reviews: Reviews) -> Estimate:
    """The mean without one highest and one lowest mark, where there are five or more (as in figure skating)."""
    trims = reviews.by_entry >= FEWEST_TO_TRIM
    order = np.lexsort((reviews.score, reviews.entry))
    last = np.cumsum(reviews.by_entry) - 1
    first = last - reviews.by_entry + 1
    kept = np.ones(len(order), dtype=bool)
    kept[first[trims]] = kept[last[trims]] = False
    few = [entry for entry, trimmed in zip(reviews.entries, trims, strict=True) if not trimmed]
    warning = f"Fewer than {FEWEST_TO_TRIM} marks, so that none is dropped: {listed(few)}."
    trimmed = reviews.where(np.sort(order[kept]))
    return Estimate(_mean_by_entry(trimmed, trimmed.score), warnings=(warning,) if few else ())


def estimate_zscore(reviews: Reviews) -> Estimate:
    """The mean of (mark - the juror's mean) / the juror's sample standard deviation.

    A juror with one mark or no spread gives 0: such marks say nothing of one entry against another.
    """
    count = reviews.by_juror
    mean = np.bincount(reviews.juror, weights=reviews.score) / count
    deviation = reviews.score - mean[reviews.juror]
    spread = np.sqrt(np.bincount(reviews.juror, weights=deviation**2) / np.maximum(count - 1, 1))
    flat = (count == 1) | (spread <= 1e-12 * np.abs(reviews.score).max())
    standard = deviation / np.where(flat, np.inf, spread)[reviews.juror]
    silent = [juror for juror, is_flat in zip(reviews.jurors, flat, strict=True) if is_flat]
    warning = f"One mark only, or all marks equal, so that each counts 0: juror {listed(silent)}."
    return Estimate(_mean_by_entry(reviews, standard), warnings=(warning,) if silent else ())


def _mean_by_entry(reviews: Reviews, values: Floats) -> Floats:
    means: Floats = np.bincount(reviews.entry, weights=values, minlength=len(reviews.entries)) / reviews.by_entry
    return means
