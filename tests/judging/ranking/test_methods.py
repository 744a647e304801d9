"""What holds for every method: order, shift and scale, and defined answers at the edges."""

import json

import numpy as np
import pytest

from judging.ranking.documents import ranking_document
from judging.ranking.methods import METHODS, MODELS, rank
from judging.ranking.places import competition_ranks
from judging.ranking.reviews import Reviews
from tests.support.juries import reviews_from, simulated

REVIEWS = simulated(12, 5, 5, seed=4)
# How a score follows when every mark becomes 2 x mark + 10.
FOLLOWS = dict.fromkeys(METHODS, lambda score: 2 * score + 10) | dict.fromkeys(
    ("zscore", "borda", "schulze"), lambda score: score
)


def rows_of(reviews):
    return [
        (reviews.jurors[juror], reviews.entries[entry], score)
        for juror, entry, score in zip(reviews.juror, reviews.entry, reviews.score.tolist(), strict=True)
    ]


@pytest.mark.parametrize("method", METHODS)
def test_the_order_of_rows_changes_nothing(method):
    rows = rows_of(simulated(15, 6, 3, seed=1))
    expected = ranking_document(rank(reviews_from(rows), method), reviews_from(rows))
    np.random.default_rng(0).shuffle(rows)
    assert ranking_document(rank(reviews_from(rows), method), reviews_from(rows)) == expected


@pytest.mark.parametrize("method", METHODS)
def test_another_scale_of_marks_moves_scores_and_no_places(method):
    moved = Reviews(REVIEWS.jurors, REVIEWS.entries, REVIEWS.juror, REVIEWS.entry, 2 * REVIEWS.score + 10)
    before, after = rank(REVIEWS, method), rank(moved, method)
    assert after.score == pytest.approx(FOLLOWS[method](before.score), abs=1e-6)
    assert after.rank.tolist() == before.rank.tolist()
    if method in MODELS:
        assert after.error == pytest.approx(2 * before.error, rel=1e-5)
        assert after.severity == pytest.approx(2 * before.severity)


@pytest.mark.parametrize("method", METHODS)
def test_a_juror_harsher_by_a_constant_changes_nothing_for_models_and_rankings(method):
    harsher = np.where(REVIEWS.juror == 2, REVIEWS.score - 3, REVIEWS.score)
    moved = rank(Reviews(REVIEWS.jurors, REVIEWS.entries, REVIEWS.juror, REVIEWS.entry, harsher), method)
    kept = method in {"additive", "zscore", "borda", "schulze", "mean", "blup"}
    assert (moved.rank.tolist() == rank(REVIEWS, method).rank.tolist()) or not kept


EDGES = {
    "nothing": [],
    "one mark": [("a", "x", 5.0)],
    "one juror": [("a", "x", 5.0), ("a", "y", 6.0)],
    "one entry": [("a", "x", 5.0), ("b", "x", 7.0)],
    "all equal": [(juror, entry, 5.0) for juror in "abc" for entry in "xyz"],
    "perfect agreement": [(juror, entry, ord(juror) + ord(entry)) for juror in "abc" for entry in "xyz"],
    "just enough": [("a", "x", 1.0), ("a", "y", 2.0), ("b", "y", 3.0)],
    "one review each": [("a", "x", 1.0), ("b", "y", 2.0)],
    "two parts": [(juror, juror_s_entry, float(len(juror_s_entry) + k)) for k, (juror, juror_s_entry) in enumerate(
        [("a", "x"), ("a", "yy"), ("b", "x"), ("b", "yy"), ("c", "zzz"), ("c", "w"), ("d", "zzz"), ("d", "w")])],
    "nothing given": [("a", "x", None), ("b", "y", None)],
    "huge": [(juror, entry, 1e90 * ((7 * ord(juror) + 5 * ord(entry)) % 6)) for juror in "abc" for entry in "xyz"],
    "negative": [(juror, entry, -1.0 * ((7 * ord(juror) + 5 * ord(entry)) % 6)) for juror in "abc" for entry in "xyz"],
}  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("rows", EDGES.values(), ids=EDGES)
def test_edges_have_defined_answers(method, rows):
    reviews = reviews_from(rows)
    document = ranking_document(rank(reviews, method), reviews)
    json.dumps(document, allow_nan=False)
    assert {row["entry"] for row in document["entries"]} == {entry for _juror, entry, _score in rows}


def test_several_components_have_no_ranks_in_models_and_a_warning_that_names_them():
    reviews = reviews_from(EDGES["two parts"])
    for method in MODELS:
        document = ranking_document(rank(reviews, method), reviews)
        assert document["design"] == {"connected": False, "components": 2}
        assert {row["rank"] for row in document["entries"]} == {None}
        assert "entries w, zzz with jurors c, d; 2) entries x, yy with jurors a, b" in document["warnings"][0]
    assert {row["rank"] for row in ranking_document(rank(reviews, "mean"), reviews)["entries"]} != {None}


def test_competition_ranks_compare_four_decimals():
    assert competition_ranks(np.array([1.00004, 0.99996, 2.0, np.nan, 0.5])).tolist() == [2, 2, 1, 0, 4]
    assert competition_ranks(np.array([0.1 + 0.2, 0.3])).tolist() == [1, 1]


def test_zscore_and_trimmed_mean_by_hand():
    rows = [("a", "x", 1.0), ("a", "y", 3.0), ("b", "x", 5.0), ("b", "y", 5.0), ("c", "x", 9.0)]
    ranking = rank(reviews_from(rows), "zscore")
    assert ranking.score == pytest.approx([-(0.5**0.5) / 3, 0.5**0.5 / 2])
    assert "juror b, c" in ranking.warnings[0]
    marks = [("x", mark) for mark in (1, 6, 7, 8, 100)] + [("y", mark) for mark in (2, 4, 9)]
    trimmed = rank(
        reviews_from((f"j{place}", entry, float(mark)) for place, (entry, mark) in enumerate(marks)), "trimmed"
    )
    assert trimmed.score.tolist() == [7.0, 5.0]
    assert trimmed.warnings[-1].endswith(": y.")


def test_ranges_and_probabilities_are_seeded_and_add_up():
    ranking, again = (rank(simulated(10, 8, 4, seed=6), "additive") for _ in range(2))
    ranges = ranking.ranges
    assert ((ranges.low <= ranking.rank) & (ranking.rank <= ranges.high)).all()
    assert ranges.top[1].sum() == pytest.approx(1) and ranges.top[3].sum() == pytest.approx(3)
    assert again.ranges.top[1].tolist() == ranges.top[1].tolist()


def test_nine_ranges_in_ten_hold_the_true_place():
    held = []
    for seed in range(15):
        random = np.random.default_rng(seed)
        quality, severity = random.normal(size=20), random.normal(size=10)
        reviews = reviews_from(
            (f"j{juror}", f"e{entry:02}", quality[entry] - severity[juror] + 0.8 * random.normal())
            for entry in range(20)
            for juror in random.choice(10, 4, replace=False)
        )
        ranges, true = rank(reviews).ranges, competition_ranks(quality)
        held += ((ranges.low <= true) & (true <= ranges.high)).tolist()
    assert 0.85 < np.mean(held) < 0.98
