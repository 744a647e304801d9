"""The figures beside a ranking."""

import numpy as np
import pytest

from judging.ranking.analysis import agreement_between, analyse, reliability_of_mean
from judging.ranking.marks import Mark, marks_of
from tests.support.juries import reviews_from, simulated, wide_table

WEIGHTS = {"craft": 1.0, "idea": 2.0}


def marks(entries=12, jurors=6, seed=3):
    """Every juror saw every entry but one in three."""
    random = np.random.default_rng(seed)
    quality, severity = random.normal(size=entries), random.normal(size=jurors)
    return marks_of(
        Mark(f"j{juror}", f"e{entry:02}", round(5 + quality[entry] - severity[juror] + random.normal() / 2, 1), name)
        for entry in range(entries)
        for juror in range(jurors)
        if (entry + juror) % 3
        for name in WEIGHTS
    )


def test_what_was_moved_is_the_score_less_the_raw_mean():
    found = analyse(marks(), WEIGHTS, method="blup", prizes=2)
    assert all(row.moved == pytest.approx(row.score - row.raw) for row in found.entries)
    assert any(abs(row.moved) > 0.1 for row in found.entries)
    assert sum(row.first for row in found.entries) == pytest.approx(1, abs=1e-6)
    assert sum(row.prize for row in found.entries) == pytest.approx(2, abs=1e-6)


def test_a_method_without_a_model_borrows_its_uncertainty_and_says_from_where():
    found = analyse(marks(), WEIGHTS, method="mean", prizes=1)
    assert (found.method, found.model) == ("mean", "blup")
    assert all(row.moved == 0 and row.error is not None for row in found.entries)
    assert all(row.moved is None for row in analyse(marks(), WEIGHTS, method="borda", prizes=1).entries)


def test_everything_that_could_change_is_tried():
    found = analyse(marks(), WEIGHTS, method="blup", prizes=1)
    assert [len(found.without_jurors), len(found.other_methods), len(found.other_weights)] == [6, 7, 4]


def test_severities_of_a_connected_jury_sum_to_nothing():
    found = analyse(marks(), WEIGHTS, method="blup", prizes=1)
    assert sum(juror.severity for juror in found.jurors) == pytest.approx(0, abs=1e-9)


def test_the_reliability_of_a_mean_is_icc3k_where_everybody_saw_everything(shared_data):
    reviews = wide_table(shared_data / "judging/paris_1976_reds.csv", rows_are_jurors=True)
    assert reliability_of_mean(reviews) == pytest.approx(0.7658, abs=5e-5)


def test_the_reliability_of_a_mean_is_unknown_where_nothing_tells_it():
    assert reliability_of_mean(reviews_from([("a", "x", 1.0)])) is None
    assert reliability_of_mean(reviews_from([(juror, entry, 2.0) for juror in "abc" for entry in "xyz"])) is None


def test_agreement_between_two_jurors_needs_three_entries_in_common():
    reviews = reviews_from([(j, e, m) for j, given in {"a": (1, 2, 3), "b": (2, 4, 6)}.items()
                            for e, m in zip("xyz", given, strict=True)] + [("c", "x", 1.0)])  # fmt: skip
    found = agreement_between(reviews)
    assert found[0, 1] == found[1, 0] == pytest.approx(1)
    assert np.isnan(found[2]).all()


def test_a_juror_who_turns_the_order_round_is_flagged_and_kept():
    honest = simulated(30, 8, 6, noise=0.3, seed=4)
    mixed = marks_of(
        Mark(honest.jurors[juror], honest.entries[entry], float(14 - score) if juror == 2 else float(score))
        for juror, entry, score in zip(honest.juror, honest.entry, honest.score, strict=True)
    )
    found = analyse(mixed, {"": 1.0}, method="blup", prizes=3)
    assert [juror.juror for juror in found.jurors if juror.stands_apart] == ["j002"]
    assert len(found.jurors) == 8
