"""The mixed model against textbook formulas with full matrices."""

import numpy as np
import pytest

from judging.ranking.additive import fit_additive
from judging.ranking.methods import rank
from judging.ranking.mixed import _Layout, fit_mixed
from tests.support.juries import reviews_from, simulated

MANY_ENTRIES, MANY_JURORS = simulated(20, 6, 3), simulated(6, 20, 8)


def dense(reviews, entry_variance, juror_variance):
    """-2 log REML of the profiled model, predictions, their standard errors and the noise, with N x N matrices."""
    count = len(reviews.score)
    entries = np.eye(len(reviews.entries))[reviews.entry]
    jurors = np.eye(len(reviews.jurors))[reviews.juror]
    covariance = np.eye(count) + entry_variance * entries @ entries.T + juror_variance * jurors @ jurors.T
    inverse, one = np.linalg.inv(covariance), np.ones(count)
    precision = one @ inverse @ one
    projection = inverse - np.outer(inverse @ one, one @ inverse) / precision
    noise = reviews.score @ projection @ reviews.score / (count - 1)
    deviance = (count - 1) * np.log(noise) + np.linalg.slogdet(covariance)[1] + np.log(precision)
    mean = one @ inverse @ reviews.score / precision
    predicted = mean + entry_variance * entries.T @ projection @ reviews.score
    # var(mu_hat + a_hat - mu - a): from the variance of a, and what the data and the estimated mean take from it.
    known = entry_variance * np.eye(len(reviews.entries)) - entry_variance**2 * entries.T @ inverse @ entries
    left = 1 - entry_variance * entries.T @ inverse @ one
    return deviance, predicted, np.sqrt(noise * (np.diag(known) + left**2 / precision)), noise


@pytest.mark.parametrize("reviews", [MANY_ENTRIES, MANY_JURORS], ids=["more entries", "more jurors"])
def test_likelihood_predictions_and_errors_are_those_of_full_matrices(reviews):
    layout = _Layout.of(reviews, reviews.score)
    many, few = 0.7, 1.3
    entry, juror = (many, few) if layout.entries_are_many else (few, many)
    deviance, predicted, errors, noise = dense(reviews, entry**2, juror**2)
    fit = layout.fit(many, few, 0.0, 1.0)
    assert layout.deviance(np.array([many, few]))[0] * (len(reviews.score) - 1) == pytest.approx(deviance, rel=1e-10)
    assert fit.score == pytest.approx(predicted, abs=1e-9)
    assert fit.spread.standard_errors() == pytest.approx(errors, abs=1e-9)
    assert fit.noise_variance == pytest.approx(noise, rel=1e-9)


@pytest.mark.parametrize("reviews", [MANY_ENTRIES, MANY_JURORS], ids=["more entries", "more jurors"])
def test_the_variances_maximise_the_restricted_likelihood(reviews):
    fit = fit_mixed(reviews, fit_additive(reviews))
    ratios = np.array([fit.entry_variance, fit.juror_variance]) / fit.noise_variance
    best, predicted, *_rest = dense(reviews, *ratios)
    assert fit.score == pytest.approx(predicted, abs=1e-6)
    for factors in ((1.02, 1), (0.98, 1), (1, 1.02), (1, 0.98)):
        assert dense(reviews, *(ratios * factors))[0] > best


def test_the_highest_of_several_maxima_is_found_where_marks_are_few():
    seen = {"a": [-0.334, None, -1.421, None, None, 0.745, 1.079], "b": [None, None, None, None, 2.096, 0.128],
            "c": [0.01, -1.477, None, -0.961], "d": [None] * 5 + [0.932, None, -0.767],
            "e": [None, None, -0.316] + [None] * 4 + [0.285]}  # fmt: skip
    reviews = reviews_from(
        (juror, f"e{entry}", mark)
        for juror, marks in seen.items()
        for entry, mark in enumerate(marks)
        if mark is not None
    )
    fit = fit_mixed(reviews, fit_additive(reviews))
    found = dense(reviews, fit.entry_variance / fit.noise_variance, fit.juror_variance / fit.noise_variance)[0]
    tried = [dense(reviews, one**2, other**2)[0] for one in np.geomspace(0.1, 100, 9) for other in (0, 0.1, 1, 4, 10)]
    assert found <= min(tried)


def test_on_balanced_tables_variances_are_those_of_the_analysis_of_variance():
    reviews = simulated(12, 5, 5, seed=3)
    table = reviews.table()
    residual = table - table.mean(1, keepdims=True) - table.mean(0) + table.mean()
    noise = (residual**2).sum() / (11 * 4)
    fit = fit_mixed(reviews, fit_additive(reviews))
    assert fit.noise_variance == pytest.approx(noise, rel=1e-6)
    assert fit.entry_variance == pytest.approx(table.mean(1).var(ddof=1) - noise / 5, rel=1e-6)
    assert fit.juror_variance == pytest.approx(table.mean(0).var(ddof=1) - noise / 12, rel=1e-6)


def test_scores_are_drawn_towards_the_mean_and_severity_is_taken_out():
    reviews = simulated(40, 8, 4, seed=5, bias=3)
    blup, additive = rank(reviews, "blup").score, rank(reviews, "additive").score
    assert 0.7 < blup.std() / additive.std() < 1
    assert np.corrcoef(blup, additive)[0, 1] > 0.99


def test_marks_that_tell_nothing_of_entries_give_one_score_and_the_widest_ranges():
    reviews = reviews_from(
        (f"j{juror}", f"e{entry}", (juror + entry) % 2 + juror) for juror in range(6) for entry in range(4)
    )
    ranking = rank(reviews)
    assert set(ranking.rank.tolist()) == {1}
    assert np.ptp(ranking.score) == pytest.approx(0, abs=1e-9)
    assert any("beyond chance" in warning for warning in ranking.warnings)
    assert ranking.ranges.high.min() == 4
    assert ranking.ranges.top[1] == pytest.approx([0.25] * 4, abs=0.02)
