"""One door to every ranking: by the terms named, the same in any order, on any scale that the method allows."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.ranking.contest import Terms, TieRule, principal_of, rank_contest, scored, tied_places
from judging.ranking.methods import METHODS, rank
from judging.ranking.tie_breaks import TieBreak
from judging.ranking.weighted_mean import ReviewMarks
from tests.support.juries import reviews_from

WEIGHTS = {"idea": 3, "craft": 2}
# What the figures stand on: marks of the rubric, or places only.
ON_MARKS = ("blup", "additive", "mean", "trimmed")


def review(juror, entry, idea, craft=None):
    marks = {"idea": idea} | ({} if craft is None else {"craft": craft})
    return ReviewMarks(juror, entry, marks)


def places(ranked):
    return {row.entry: row.place for row in ranked}


@st.composite
def juries(draw):
    """Marks of 3 to 5 jurors on 3 to 6 entries, each entry seen by two jurors at least."""
    jurors, entries = draw(st.integers(3, 5)), draw(st.integers(3, 6))
    marks = st.integers(0, 4)
    seen = {entry: draw(st.lists(st.integers(0, jurors - 1), min_size=2, unique=True)) for entry in range(entries)}
    return [
        ReviewMarks(f"j{juror}", f"e{entry}", {"idea": draw(marks), "craft": draw(marks)})
        for entry, by in seen.items()
        for juror in by
    ]


def ranked(reviews, method, weights=WEIGHTS, ties=TieRule.CHAIN):
    entries = sorted({each.entry for each in reviews})
    return rank_contest(entries, reviews, weights, Terms(method, ties))


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=12)
@given(data=st.data())
def test_the_order_of_reviews_changes_nothing(method, data):
    reviews = data.draw(juries())
    shuffled = data.draw(st.permutations(reviews))
    assert ranked(reviews, method) == ranked(shuffled, method)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=12)
@given(data=st.data())
def test_one_more_mark_for_everybody_moves_nobody(method, data):
    reviews = data.draw(juries())
    higher = [ReviewMarks(r.juror, r.entry, {c: mark + 1 for c, mark in r.marks.items()}) for r in reviews]
    before, after = ranked(reviews, method), ranked(higher, method)
    assert places(before) == places(after)
    if method in (*ON_MARKS, "majority"):
        moved = {row.entry: row.score for row in before}
        assert all(abs(row.score - moved[row.entry] - 1) <= Decimal("0.0002") for row in after if row.score is not None)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=12)
@given(data=st.data())
def test_a_scale_ten_times_as_long_moves_nobody(method, data):
    """Scores that differ by less than what is published may part on the longer scale: only the order must stay."""
    reviews = data.draw(juries())
    longer = [ReviewMarks(r.juror, r.entry, {c: 10 * mark for c, mark in r.marks.items()}) for r in reviews]
    before, after = places(ranked(reviews, method)), places(ranked(longer, method))
    for one in before:
        for other in before:
            if None not in (before[one], before[other]) and after[one] < after[other]:
                assert before[one] <= before[other]


@settings(max_examples=12)
@given(reviews=juries())
def test_weights_in_the_same_proportion_are_the_same_weights(reviews):
    doubled = {criterion: 2 * weight for criterion, weight in WEIGHTS.items()}
    for method in ("mean", "blup"):
        assert ranked(reviews, method) == ranked(reviews, method, doubled)


@settings(max_examples=12)
@given(reviews=juries(), data=st.data())
def test_a_juror_who_turns_harsher_on_all_moves_no_place_of_a_model(reviews, data):
    harsh = data.draw(st.sampled_from(sorted({each.juror for each in reviews})))
    harsher = [
        ReviewMarks(r.juror, r.entry, {c: mark - 5 * (r.juror == harsh) for c, mark in r.marks.items()})
        for r in reviews
    ]
    # The additive model gives that juror the blame, whole; a place can only change where nothing linked them anyway.
    assert places(ranked(reviews, "additive", ties=TieRule.SHARED)) == places(
        ranked(harsher, "additive", ties=TieRule.SHARED)
    )


def test_a_method_ranks_as_its_command_does():
    rows = [
        ("a", "x", 4), ("a", "y", 2), ("b", "x", 3), ("b", "z", 1), ("c", "y", 4), ("c", "z", 3), ("d", "x", 2),
        ("d", "z", 2),
    ]  # fmt: skip
    given_marks = [ReviewMarks(juror, entry, {"only": mark}) for juror, entry, mark in rows]
    asked = rank(reviews_from((juror, entry, float(mark)) for juror, entry, mark in rows), "blup")
    [*ours] = rank_contest("xyz", given_marks, {"only": 1}, Terms("blup"))
    assert {row.entry: float(row.score) for row in ours} == pytest.approx(
        dict(zip(asked.reviews.entries, asked.score, strict=True)), abs=5e-5
    )
    assert places(ours) == dict(zip(asked.reviews.entries, asked.rank.tolist(), strict=True))


def test_the_mean_is_exact_and_shares_places_unless_a_chain_was_named():
    reviews = [review("a", "x", 4, 0), review("a", "y", 0, 6), review("b", "z", 1, 1)]
    shared = rank_contest("xyz", reviews, WEIGHTS, Terms())
    assert [(row.entry, row.score, row.place) for row in shared] == [
        ("x", Decimal("2.4000"), 1), ("y", Decimal("2.4000"), 1), ("z", Decimal("1.0000"), 3),
    ]  # fmt: skip
    assert tied_places(shared) == [["x", "y"]]
    parted = rank_contest("xyz", reviews, WEIGHTS, Terms(ties=TieRule.CHAIN))
    assert [(row.entry, row.place, row.parted_by) for row in parted] == [
        ("x", 1, TieBreak.PRINCIPAL), ("y", 2, TieBreak.PRINCIPAL), ("z", 3, None),
    ]  # fmt: skip
    assert tied_places(parted) == []


def test_an_entry_without_reviews_enough_has_no_place_and_its_reviews_still_tell_of_jurors():
    reviews = [review("a", "x", 4, 4), review("b", "x", 2, 2), review("a", "y", 3, 3), review("b", "y", 1, 1),
               review("a", "z", 4, 4)]  # fmt: skip
    rows = {row.entry: row for row in rank_contest("xyzw", reviews, WEIGHTS, Terms("additive", reviews_needed=2))}
    assert (rows["x"].place, rows["y"].place) == (1, 2)
    assert (rows["z"].place, rows["z"].score, rows["z"].reviews) == (None, None, 1)
    assert (rows["w"].place, rows["w"].reviews) == (None, 0)


def test_a_model_gives_no_place_where_no_juror_links_the_entries_and_the_mean_does():
    reviews = [review("a", "x", 4), review("b", "y", 2)]
    assert {row.place for row in rank_contest("xy", reviews, WEIGHTS, Terms("blup"))} == {None}
    assert places(rank_contest("xy", reviews, WEIGHTS, Terms())) == {"x": 1, "y": 2}


def test_the_principal_criterion_is_the_heaviest_and_the_first_among_equals():
    assert principal_of({"a": 1, "b": 3, "c": 3}) == "b"
    assert principal_of({}) is None


def test_no_review_ranks_nobody():
    assert [row.place for method in METHODS for row in rank_contest("xy", [], WEIGHTS, Terms(method))] == [None] * 16


def test_exact_thirds_are_equal():
    reviews = [review("a", "x", Fraction(1)), review("b", "x", 0), review("c", "x", 0), review("a", "y", 0),
               review("b", "y", 0), review("c", "y", 1)]  # fmt: skip
    assert set(places(rank_contest("xy", reviews, {"idea": 3}, Terms(ties=TieRule.CHAIN))).values()) == {1}


def test_finalists_stand_before_all_others_whatever_the_score():
    reviews = [review(juror, entry, mark) for juror in "ab" for entry, mark in zip("wxyz", (4, 3, 2, 1), strict=True)]
    for method in METHODS:
        rows = rank_contest("wxyz", reviews, {"idea": 1}, Terms(method), finalists="yz")
        assert [(row.entry, row.place) for row in rows] == [("y", 1), ("z", 2), ("w", 3), ("x", 4)], method


def test_equal_finalists_share_a_place_and_those_behind_count_on():
    reviews = [review("a", entry, mark) for entry, mark in zip("wxyz", (4, 3, 2, 2), strict=True)]
    rows = rank_contest("vwxyz", reviews, {"idea": 1}, Terms(), finalists="yzv")
    assert places(rows) == {"y": 1, "z": 1, "w": 3, "x": 4, "v": None}
    assert [row.entry for row in rows if row.place is None] == ["v"]


TABLE = {"a": (4, 3, 2, 1), "b": (3, 4, 2, 2), "c": (4, 4, 1, 2), "d": (2, 4, 3, 1)}


def test_in_no_draw_does_anybody_overtake_a_finalist():
    given_marks = [
        review(juror, entry, mark) for juror, row in TABLE.items() for entry, mark in zip("wxyz", row, strict=True)
    ]
    found = rank(scored(given_marks, {"idea": 1}), "blup", (1, 2), finalists="yz")
    place = dict(zip(found.reviews.entries, range(4), strict=True))
    assert sorted(found.rank[[place["y"], place["z"]]].tolist()) == [1, 2]
    assert [int(found.ranges.high[place[entry]]) <= 2 for entry in "yz"] == [True, True]
    assert [int(found.ranges.low[place[entry]]) >= 3 for entry in "wx"] == [True, True]
    assert [float(found.ranges.top[2][place[entry]]) for entry in "wxyz"] == [0, 0, 1, 1]
