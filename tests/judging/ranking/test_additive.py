import csv

import numpy as np
import pytest

from judging.ranking.additive import estimate_additive, fit_additive, severity_of
from tests.support.juries import reviews_from, simulated


def test_the_balanced_incomplete_design_of_montgomery(shared_data):
    with (shared_data / "judging/montgomery_bibd.csv").open() as stream:
        reviews = reviews_from((row["juror"], row["entry"], float(row["score"])) for row in csv.DictReader(stream))
    fit = fit_additive(reviews)
    assert fit.score - 72.5 == pytest.approx([-1.125, -0.875, -0.5, 2.5], abs=1e-12)
    assert severity_of(fit) == pytest.approx([-0.875, -3.0, 3.875, 0.0], abs=1e-12)


@pytest.mark.parametrize("size", [(20, 6, 3), (6, 20, 8)], ids=["more entries", "more jurors"])
def test_effects_errors_and_residuals_are_those_of_a_pseudo_inverse(size):
    reviews = simulated(*size, seed=2)
    entries, jurors = np.eye(len(reviews.entries))[reviews.entry], np.eye(len(reviews.jurors))[reviews.juror]
    design = np.hstack([entries, jurors])
    inverse = np.linalg.pinv(design.T @ design)
    effects = inverse @ design.T @ reviews.score
    # Adjusted means: the entry's effect plus the mean effect of all jurors.
    adjusted = np.hstack([np.eye(entries.shape[1]), np.full((entries.shape[1], jurors.shape[1]), 1 / jurors.shape[1])])
    residual = ((reviews.score - design @ effects) ** 2).sum()
    fit = fit_additive(reviews)
    noise = residual / fit.freedom
    assert fit.freedom == len(reviews.score) - np.linalg.matrix_rank(design)
    assert fit.residual == pytest.approx(residual)
    assert fit.score == pytest.approx(adjusted @ effects)
    errors = estimate_additive(fit).spread.standard_errors()
    assert errors == pytest.approx(np.sqrt(noise * np.diag(adjusted @ inverse @ adjusted.T)))


def test_components_are_fitted_one_by_one_and_severity_sums_to_zero_in_each():
    marks = [("a", "x", 4), ("b", "x", 6), ("a", "y", 5), ("c", "z", 1), ("d", "z", 4), ("d", "w", 6)]
    fit = fit_additive(reviews_from(marks))
    severity = severity_of(fit)
    assert severity == pytest.approx([1, -1, 1.5, -1.5])
    assert fit.score == pytest.approx([4.5, 5, 6, 2.5])
    assert fit.spread is None
