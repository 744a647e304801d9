"""Additive least squares: score = entry + juror + noise, both fixed, juror effects summing to zero.

The estimates minimise the sum of squared residuals (Montgomery, "Design and Analysis of Experiments", chapter 4). The
side with more members is eliminated, so that 10,000 entries and 500 jurors need one system of 500 equations:
(diag(k) - N' diag(1/r) N) b = y_jurors - N' diag(1/r) y_entries, with N the entries x jurors incidence, r and k the
numbers of reviews.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from judging.ranking.arrays import Floats, Ints
from judging.ranking.design import Components, components_of
from judging.ranking.estimates import Estimate, Spread
from judging.ranking.reviews import Reviews

# A residual below this share of the largest mark is rounding, not noise.
ROUNDING = 1e-12


@dataclass(frozen=True)
class AdditiveFit:
    """Scores of entries and effects of jurors (NaN without reviews), and what the fit leaves unexplained.

    `residual` is a sum of squares, `rounding` what of it may be nothing but rounding, `freedom` its degrees of freedom.
    `spread` has the variance of the noise set to 1; None in several components.
    """

    score: Floats
    juror_effect: Floats
    residual: float
    rounding: float
    freedom: int
    spread: Spread | None

    @property
    def is_exact(self) -> bool:
        """Whether the marks agree perfectly once severity is taken out, with reviews enough to tell."""
        return self.freedom > 0 and self.residual <= self.rounding


def fit_additive(reviews: Reviews, components: Components | None = None) -> AdditiveFit:
    """Fit each component by itself: an entry's score is its component's mean plus its effect.

    Effects of jurors sum to zero in each component, so an entry's score is what jurors of mean severity would give.
    """
    components = components or components_of(reviews)
    centre = float(reviews.score.mean()) if len(reviews.score) else 0.0
    centred = reviews.score - centre
    score, effect = np.full(len(reviews.entries), np.nan), np.full(len(reviews.jurors), np.nan)
    spread: Spread | None = None
    for number in range(components.count):
        entries, jurors = (np.flatnonzero(of == number) for of in (components.of_entry, components.of_juror))
        chosen = components.of_entry[reviews.entry] == number
        system = _System.of(reviews.entry[chosen], reviews.juror[chosen], centred[chosen], entries, jurors)
        score[entries], effect[jurors], spread = system.solve()
    residuals = centred - score[reviews.entry] - effect[reviews.juror]
    met = int((components.of_entry >= 0).sum() + (components.of_juror >= 0).sum())
    rounding = ROUNDING * float(np.abs(reviews.score).max(initial=0.0))
    return AdditiveFit(
        score + centre,
        effect,
        residual=float((residuals**2).sum()),
        rounding=len(residuals) * rounding**2,
        freedom=len(residuals) - met + components.count,
        spread=spread if components.is_connected else None,
    )


def estimate_additive(fit: AdditiveFit) -> Estimate:
    """Scores with their uncertainty: the noise has the variance residual / freedom."""
    if fit.freedom == 0:
        warning = "There are just enough reviews to fit the model: its uncertainty cannot be estimated."
        return Estimate(fit.score, warnings=(warning,))
    if fit.is_exact:
        warning = "The marks agree perfectly once severity is taken out: no uncertainty can be seen in them."
        return Estimate(fit.score, fit.spread and fit.spread.scaled(0.0), (warning,))
    noise = float(np.sqrt(fit.residual / fit.freedom))
    return Estimate(fit.score, fit.spread and fit.spread.scaled(noise))


def severity_of(fit: AdditiveFit) -> Floats:
    """Minus the juror's additive effect: positive is harsh. NaN without reviews."""
    return -fit.juror_effect + 0.0


@dataclass(frozen=True)
class _System:
    """One connected component: incidence (entries x jurors), numbers of reviews and sums of scores."""

    incidence: Any
    by_entry: Floats
    by_juror: Floats
    entry_sum: Floats
    juror_sum: Floats

    @classmethod
    def of(cls, entry: Ints, juror: Ints, score: Floats, entries: Ints, jurors: Ints) -> "_System":
        from scipy.sparse import csr_array

        row, column = np.searchsorted(entries, entry), np.searchsorted(jurors, juror)
        shape = (len(entries), len(jurors))
        return cls(
            csr_array((np.ones(len(score)), (row, column)), shape=shape),
            np.bincount(row).astype(float),
            np.bincount(column).astype(float),
            np.bincount(row, weights=score).astype(float),
            np.bincount(column, weights=score).astype(float),
        )

    def solve(self) -> tuple[Floats, Floats, Spread]:
        """Scores of entries, effects of jurors, and the spread of the scores for noise of variance 1."""
        return self._by_jurors() if len(self.by_juror) <= len(self.by_entry) else self._by_entries()

    def _by_jurors(self) -> tuple[Floats, Floats, Spread]:
        share = self.incidence.multiply(1 / self.by_entry[:, None]).tocsr()
        normal = np.diag(self.by_juror) - (self.incidence.T @ share).toarray()
        effect, root = _centred_solution(normal, self.juror_sum - share.T @ self.entry_sum)
        score = self.entry_sum / self.by_entry - share @ effect
        return score, effect, Spread(-share, root, 1 / np.sqrt(self.by_entry))

    def _by_entries(self) -> tuple[Floats, Floats, Spread]:
        """As above with the sides exchanged; then entries are moved by the mean effect of the jurors."""
        share = self.incidence.multiply(1 / self.by_juror[None, :]).tocsr()
        normal = np.diag(self.by_entry) - (self.incidence @ share.T).toarray()
        score, root = _centred_solution(normal, self.entry_sum - share @ self.juror_sum)
        effect = self.juror_sum / self.by_juror - share.T @ score
        shift = effect.mean()
        jurors, entries = len(effect), len(score)
        weights = np.hstack([np.eye(entries) - share.mean(axis=1)[None, :], np.ones((entries, 1))])
        common = np.sqrt((1 / self.by_juror).sum()) / jurors
        wider = np.zeros((entries + 1, entries + 1))
        wider[:entries, :entries], wider[entries, entries] = root, common
        return score + shift, effect - shift, Spread(weights, wider, np.zeros(entries))


def _centred_solution(normal: Floats, right: Floats) -> tuple[Floats, Floats]:
    """The solution that sums to zero of a singular system whose null space is (1, …, 1), and a root of its inverse."""
    from scipy.linalg import cho_factor, cho_solve, solve_triangular

    size = len(right)
    factor = cho_factor(normal + 1 / size, lower=True)
    solution = cho_solve(factor, right)
    root = solve_triangular(np.tril(factor[0]), np.eye(size), lower=True).T
    return solution - solution.mean(), root - root.mean(axis=0)
