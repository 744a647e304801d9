import numpy as np
import pytest

from judging.ranking.marks import Mark, marks_of
from judging.ranking.what_if import agreement_with_others, with_other_methods, with_other_weights, without_each_juror
from tests.support.juries import reviews_from, simulated, wide_table


def test_one_juror_flips_the_winner_of_paris_in_four_of_eleven_cases(shared_data):
    reviews = wide_table(shared_data / "judging/paris_1976_reds.csv", rows_are_jurors=True)
    changes = without_each_juror(reviews, top=1, method="mean")
    assert len(changes) == 11
    assert sum(bool(change.leaves) for change in changes) == 4


def test_leaving_out_the_only_link_leaves_nothing_to_compare():
    rows = [("a", "x", 1.0), ("a", "y", 2.0), ("b", "x", 2.0), ("c", "y", 3.0)]
    changes = {change.what: change for change in without_each_juror(reviews_from(rows), top=1, method="additive")}
    assert not changes["a"].is_comparable and not changes["a"].leaves
    assert changes["b"].is_comparable


def test_weights_a_tenth_up_or_down_can_change_the_first():
    marks = marks_of(
        Mark("a", entry, mark, criterion)
        for entry, given in {"x": (10.0, 0.0), "y": (0.0, 9.5)}.items()
        for criterion, mark in zip(("craft", "idea"), given, strict=True)
    )
    changes = with_other_weights(marks, {"craft": 1, "idea": 1}, top=1, method="mean")
    assert {change.what: change.enters for change in changes} == {
        "craft +10 %": (), "craft -10 %": ("y",), "idea +10 %": ("y",), "idea -10 %": (),
    }  # fmt: skip


def test_other_methods_are_all_tried():
    assert [change.what for change in with_other_methods(simulated(), top=3)] == [
        "additive", "mean", "zscore", "trimmed", "borda", "schulze", "majority",
    ]  # fmt: skip


def test_a_juror_who_marks_at_random_agrees_least():
    reviews = simulated(40, 8, 8, seed=9, noise=0.4)
    score = np.where(reviews.juror == 3, np.random.default_rng(0).normal(size=len(reviews.score)), reviews.score)
    changed = reviews_from(
        (reviews.jurors[juror], reviews.entries[entry], mark)
        for juror, entry, mark in zip(reviews.juror, reviews.entry, score, strict=True)
    )
    agreement = agreement_with_others(changed)
    assert min(agreement, key=agreement.get) == "j003"
    assert agreement["j003"] == pytest.approx(0, abs=0.35) and agreement["j000"] > 0.8
    assert agreement_with_others(reviews_from([("a", "x", 1.0)])) == {"a": None}
