"""Kendall's coefficient of concordance W, corrected for ties (Siegel and Castellan 1988; Zar 2010).

W = 12 S / (m^2 (n^3 - n) - m sum(t^3 - t)) for m jurors who each rank n entries; S sums the squared deviations of the
entries' rank sums from their mean, t is the size of each group of equal marks. chi2 = m (n - 1) W has n - 1 degrees of
freedom.
"""

from dataclasses import dataclass

import numpy as np

from judging.ranking.arrays import Floats
from judging.ranking.places import NOISE_DECIMALS


@dataclass(frozen=True)
class Concordance:
    """W, its chi-squared statistic, and the probability of one as large among jurors who rank at random."""

    w: float
    chi2: float
    p: float


def concordance(table: Floats) -> Concordance | None:
    """Of an entries x jurors table without gaps; None where every juror gave equal marks throughout."""
    from scipy.special import chdtrc
    from scipy.stats import rankdata

    entries, jurors = table.shape
    marks = np.round(table, NOISE_DECIMALS)
    sums = rankdata(marks, axis=0).sum(axis=1)
    groups = [np.unique(column, return_counts=True)[1].astype(float) for column in marks.T]
    ties = sum((group**3 - group).sum() for group in groups)
    below = jurors**2 * (float(entries) ** 3 - entries) - jurors * ties
    if below <= 0:
        return None
    w = float(12 * ((sums - sums.mean()) ** 2).sum() / below)
    chi2 = jurors * (entries - 1) * w
    return Concordance(w, chi2, float(chdtrc(entries - 1, chi2)))
