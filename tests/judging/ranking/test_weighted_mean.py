"""From marks to places, without a database."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from judging.ranking.weighted_mean import ReviewMarks, rank, review_score

WEIGHTS = {"story": 3, "craft": 1}


def places(ranked):
    return {row.entry: row.place for row in ranked}


def test_a_review_is_the_weighted_mean_of_its_marks():
    assert review_score({"story": 4, "craft": 2}, WEIGHTS) == Fraction(14, 4)


def test_a_missing_mark_is_missing_and_never_zero():
    assert review_score({"story": 4}, WEIGHTS) == 4
    assert review_score({}, WEIGHTS) is None


def test_an_entry_is_scored_by_the_mean_of_its_reviews_to_four_decimals():
    reviews = [
        ReviewMarks("a", "x", {"story": 4}),
        ReviewMarks("b", "x", {"story": 3}),
        ReviewMarks("c", "x", {"story": 3}),
    ]
    assert rank(["x"], reviews, WEIGHTS, reviews_needed=3)[0].score == Decimal("3.3333")


def test_equal_scores_share_a_place_and_the_next_place_is_skipped():
    reviews = [ReviewMarks("a", entry, {"story": mark}) for entry, mark in [("x", 3), ("y", 3), ("z", 1)]]
    assert places(rank(["z", "y", "x"], reviews, WEIGHTS, reviews_needed=1)) == {"x": 1, "y": 1, "z": 3}


def test_scores_that_differ_only_past_the_fourth_decimal_share_a_place():
    weights = {"story": 99_999, "craft": 1}
    reviews = [ReviewMarks("a", "x", {"story": 3, "craft": 4}), ReviewMarks("a", "y", {"story": 3, "craft": 3})]
    assert places(rank(["x", "y"], reviews, weights, reviews_needed=1)) == {"x": 1, "y": 1}


def test_too_few_reviews_means_not_ranked_and_takes_no_place():
    reviews = [
        ReviewMarks("a", "x", {"story": 4}),
        ReviewMarks("a", "y", {"story": 1}),
        ReviewMarks("b", "y", {"story": 1}),
    ]
    ranked = rank(["x", "y", "never-seen"], reviews, WEIGHTS, reviews_needed=2)
    assert [(row.entry, row.place, row.reviews) for row in ranked] == [
        ("y", 1, 2),
        ("x", None, 1),
        ("never-seen", None, 0),
    ]


def test_a_review_without_marks_does_not_count_as_a_review():
    ranked = rank(["x"], [ReviewMarks("a", "x", {}), ReviewMarks("b", "x", {"craft": 2})], WEIGHTS, reviews_needed=2)
    assert ranked[0].place is None
    assert ranked[0].reviews == 1


marks = st.dictionaries(st.sampled_from(["story", "craft"]), st.integers(0, 4), min_size=1)
tables = st.dictionaries(st.tuples(st.sampled_from("ABCDE"), st.sampled_from("pqrst")), marks)


@given(tables, st.randoms())
def test_the_order_of_reviews_changes_nothing(table, chance):
    reviews = [ReviewMarks(juror, entry, given_marks) for (juror, entry), given_marks in table.items()]
    shuffled = chance.sample(reviews, len(reviews))
    assert rank("pqrst", reviews, WEIGHTS, reviews_needed=1) == rank("pqrst", shuffled, WEIGHTS, reviews_needed=1)


@given(tables)
def test_a_better_score_never_has_a_worse_place(table):
    reviews = [ReviewMarks(juror, entry, given_marks) for (juror, entry), given_marks in table.items()]
    ranked = [row for row in rank("pqrst", reviews, WEIGHTS, reviews_needed=1) if row.is_ranked]
    for one in ranked:
        for other in ranked:
            assert (one.score > other.score) == (one.place < other.place)
