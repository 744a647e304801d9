"""The mixed model: score = mu + entry + juror + noise, entries and jurors drawn from normal populations.

Variances are estimated by restricted maximum likelihood (Patterson and Thompson, Biometrika 58, 1971), scores are the
best linear unbiased predictions mu + entry (Henderson, Biometrics 31, 1975). It is the model that Ge, Welling and
Ghahramani fitted to the reviews of NIPS 2013.

With t = standard deviation of effects / that of noise, Henderson's equations hold for effects divided by t, whose
penalty is 1, so that a variance of 0 is an ordinary point. The side with more members (`many`) is eliminated, and
S is the Schur complement on (mu, few). For N reviews

    -2 log REML = (N - 1) log(rss / (N - 1)) + log|D| + log|S| + constant,  D = t_many^2 diag(reviews) + 1
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from judging.ranking.additive import AdditiveFit, estimate_additive
from judging.ranking.arrays import Floats, Ints
from judging.ranking.estimates import Estimate, Spread
from judging.ranking.reviews import Reviews

# Ratios of standard deviations: beyond, noise is no longer told from nothing.
LARGEST_RATIO = 1e3
SMALLEST_RATIO = 1e-7
FEW_JURORS = 6
# With so few degrees of freedom the likelihood may have several maxima: it is climbed from each of these as well.
FEW_FREE = 10
FURTHER_STARTS = ((1.0, 1.0), (1.0, 1e-3), (1e-3, 1.0))


@dataclass(frozen=True)
class MixedFit:
    """Scores of entries, effects of jurors, the spread of the scores, and the variances."""

    score: Floats
    juror_effect: Floats
    spread: Spread
    entry_variance: float
    juror_variance: float
    noise_variance: float


def estimate_mixed(reviews: Reviews, additive: AdditiveFit) -> Estimate:
    """Scores with their uncertainty; the additive estimate where there is no variance to tell from another."""
    jurors = len(reviews.jurors)
    if additive.is_exact or not additive.freedom:
        return _without_variances(additive)
    fit = fit_mixed(reviews, additive)
    warnings = []
    if jurors < FEW_JURORS:
        warnings.append(
            f"With {jurors} jurors, how much jurors differ is known roughly: compare with --method additive."
        )
    if fit.entry_variance == 0:
        warnings.append("The marks show no difference between the entries beyond chance: they share one score.")
    return Estimate(fit.score, fit.spread, tuple(warnings))


def _without_variances(additive: AdditiveFit) -> Estimate:
    estimate = estimate_additive(additive)
    if additive.is_exact:
        return estimate
    warning = "The mixed model needs more reviews than this to tell jurors from chance: the additive scores are given."
    return Estimate(estimate.score, estimate.spread, (warning, *estimate.warnings))


def fit_mixed(reviews: Reviews, additive: AdditiveFit) -> MixedFit:
    """Fit by REML, starting from the moments of the additive fit; the highest maximum found is taken.

    Needs reviews of two entries and two jurors at least, whose scores are not all equal.
    """
    from scipy.optimize import minimize

    centre, unit = float(reviews.score.mean()), float(reviews.score.std())
    layout = _Layout.of(reviews, (reviews.score - centre) / unit)
    bounds = [(SMALLEST_RATIO, LARGEST_RATIO)] * 2
    options = {"ftol": 1e-13, "gtol": 1e-9, "maxiter": 500}
    climbed = [
        minimize(layout.deviance, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
        for start in layout.starts(additive)
    ]
    found = min(climbed, key=lambda climb: float(climb.fun))
    many, few = (0.0 if ratio < 10 * SMALLEST_RATIO else float(ratio) for ratio in found.x)
    return layout.fit(many, few, centre, unit)


@dataclass(frozen=True)
class _Layout:
    """Reviews as sums: `incidence` is many x few with 1 for each review."""

    incidence: Any
    score: Floats
    many_count: Floats
    few_count: Floats
    many_sum: Floats
    few_sum: Floats
    entries_are_many: bool

    @cached_property
    def same_count(self) -> Ints:
        """Which of the distinct numbers of reviews each member of `many` has."""
        return np.unique(self.many_count, return_inverse=True)[1]

    @cached_property
    def products(self) -> Floats:
        """N'N over the members of `many` with the same number of reviews: numbers x few x few.

        Weights of N' diag(weight) N depend on that number only, so that the product is formed once.
        """
        groups = [self.incidence[self.same_count == group] for group in range(self.same_count.max() + 1)]
        return np.stack([(group.T @ group).toarray() for group in groups])

    @classmethod
    def of(cls, reviews: Reviews, score: Floats) -> "_Layout":
        from scipy.sparse import csr_array

        entries_are_many = len(reviews.entries) >= len(reviews.jurors)
        sides = (reviews.entry, len(reviews.entries)), (reviews.juror, len(reviews.jurors))
        (many, size), (few, width) = sides if entries_are_many else sides[::-1]
        return cls(
            csr_array((np.ones(len(score)), (many, few)), shape=(size, width)),
            score,
            np.bincount(many, minlength=size).astype(float),
            np.bincount(few, minlength=width).astype(float),
            np.bincount(many, weights=score, minlength=size).astype(float),
            np.bincount(few, weights=score, minlength=width).astype(float),
            entries_are_many,
        )

    def starts(self, additive: AdditiveFit) -> list[Floats]:
        """Where to begin: from the moments, and where marks are few from elsewhere too."""
        further = FURTHER_STARTS if additive.freedom <= FEW_FREE else ()
        return [self._moments(additive), *(np.array(start) for start in further)]

    def _moments(self, additive: AdditiveFit) -> Floats:
        """Ratios from the variances of the additive effects, less what noise adds to them."""
        if additive.freedom == 0 or additive.is_exact:
            return np.ones(2)
        noise = additive.residual / additive.freedom
        sides = (additive.score, additive.juror_effect)
        many, few = sides if self.entries_are_many else sides[::-1]
        ratios = [
            np.nanvar(effects) / noise - (1 / count[count > 0]).mean()
            for effects, count in ((many, self.many_count), (few, self.few_count))
        ]
        return np.asarray(np.sqrt(np.clip(ratios, 0.01, 100.0)))

    def deviance(self, ratios: Floats) -> tuple[float, Floats]:
        """-2 log REML / (N - 1) without its constant, and its gradient by the two ratios (many, few)."""
        solved = _Solved(self, float(ratios[0]), float(ratios[1]))
        freedom = len(self.score) - 1
        value = freedom * np.log(solved.rss / freedom) + np.log(solved.diagonal).sum() + solved.log_determinant
        return float(value) / freedom, np.array([solved.slope_many(), solved.slope_few()]) / freedom

    def fit(self, many: float, few: float, centre: float, unit: float) -> MixedFit:
        """Predictions for these ratios, in the unit of the marks."""
        solved = _Solved(self, many, few)
        mean = float(solved.solution[0])
        many_effect, few_effect = many * solved.many_scaled, few * solved.solution[1:]
        noise = solved.noise * unit**2
        sides = [(many_effect, many), (few_effect, few)]
        (entry, entry_ratio), (juror, juror_ratio) = sides if self.entries_are_many else sides[::-1]
        return MixedFit(
            score=centre + unit * (mean + entry),
            juror_effect=unit * juror,
            spread=solved.spread().scaled(float(np.sqrt(noise))),
            entry_variance=noise * entry_ratio**2,
            juror_variance=noise * juror_ratio**2,
            noise_variance=noise,
        )


class _Solved:
    """Henderson's equations for two ratios, solved with `many` eliminated."""

    def __init__(self, layout: _Layout, many: float, few: float) -> None:
        from scipy.linalg import cho_factor, cho_solve

        self.layout, self.many, self.few = layout, many, few
        self.diagonal = many**2 * layout.many_count + 1
        kept = np.concatenate([[len(layout.score)], few * layout.few_count])
        absorbed = self._crossed(many**2 / self.diagonal)
        system = np.diag(np.concatenate([[0.0], few**2 * layout.few_count + 1.0])) - absorbed
        system[0, :] += kept
        system[1:, 0] += kept[1:]
        weighted = many**2 / self.diagonal * layout.many_sum
        right = np.concatenate([[layout.score.sum()], few * layout.few_sum]) - self._to_kept(weighted)
        self.factor = cho_factor(system, lower=True)
        self.solution: Floats = cho_solve(self.factor, right)
        self.log_determinant = 2 * float(np.log(np.diag(self.factor[0])).sum())
        explained = float(weighted @ layout.many_sum + right @ self.solution)
        self.rss = max(float(layout.score @ layout.score) - explained, 1e-300)
        self.noise = self.rss / (len(layout.score) - 1)

    def _to_kept(self, values: Floats) -> Floats:
        """[n, few N]' values: from many to (mu, few)."""
        return np.concatenate([[self.layout.many_count @ values], self.few * (self.layout.incidence.T @ values)])

    def _crossed(self, weight: Floats) -> Floats:
        """[n, few N]' diag(weight) [n, few N], square on (mu, few)."""
        layout, size = self.layout, len(self.layout.few_count) + 1
        weight_of_count = np.zeros(len(layout.products))
        weight_of_count[layout.same_count] = weight
        crossed = np.empty((size, size))
        crossed[0, 0] = weight @ layout.many_count**2
        crossed[0, 1:] = crossed[1:, 0] = self.few * (layout.incidence.T @ (weight * layout.many_count))
        crossed[1:, 1:] = self.few**2 * np.tensordot(weight_of_count, layout.products, axes=1)
        return crossed

    @cached_property
    def inverse(self) -> Floats:
        """Of the Schur complement."""
        from scipy.linalg.lapack import dpotri

        lower = np.tril(dpotri(self.factor[0], lower=1)[0])
        inverse: Floats = lower + np.tril(lower, -1).T
        return inverse

    @cached_property
    def many_scaled(self) -> Floats:
        """Effects of the eliminated side, divided by their ratio."""
        layout = self.layout
        fitted = layout.many_count * self.solution[0] + self.few * (layout.incidence @ self.solution[1:])
        effects: Floats = self.many / self.diagonal * (layout.many_sum - fitted)
        return effects

    def slope_many(self) -> float:
        """The gradient: 2/t (members - trace of their part of the inverse - squared effects / noise)."""
        trace = (1 / self.diagonal).sum() + (self._crossed(self.many**2 / self.diagonal**2) * self.inverse).sum()
        squares = self.many_scaled @ self.many_scaled / self.noise
        return float(2 / self.many * (len(self.diagonal) - trace - squares))

    def slope_few(self) -> float:
        """The same for the side that is kept."""
        effects = self.solution[1:]
        trace = np.trace(self.inverse[1:, 1:])
        return float(2 / self.few * (len(effects) - trace - effects @ effects / self.noise))

    def spread(self) -> Spread:
        """Of mu + entry, for noise of variance 1."""
        from scipy.linalg import solve_triangular
        from scipy.sparse import csr_array, hstack

        size = len(self.solution)
        root = solve_triangular(np.tril(self.factor[0]), np.eye(size), lower=True).T
        if not self.layout.entries_are_many:
            return Spread(np.hstack([np.ones((size - 1, 1)), self.few * np.eye(size - 1)]), root, np.zeros(size - 1))
        shrunk = self.many**2 / self.diagonal
        mean = csr_array((1 - shrunk * self.layout.many_count)[:, None])
        jurors = self.layout.incidence.multiply(-shrunk[:, None] * self.few)
        return Spread(hstack([mean, jurors]).tocsr(), root, self.many / np.sqrt(self.diagonal))
