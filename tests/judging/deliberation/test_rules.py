"""Votes, and the ranking that follows from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hackaviz.kernel.errors import Invalid
from judging.deliberation.rules import DecisionKind, Ruling, Votes, check_votes, final_ranking
from judging.ranking.weighted_mean import RankedEntry

COMPUTED = [RankedEntry(entry, None, place, 3) for entry, place in zip("abcde", (1, 2, 2, 4, None), strict=True)]


def places(*rulings):
    return {each.row.entry: each.row.place for each in final_ranking(COMPUTED, rulings).rows}


def ruling(kind, entry=None, place=None):
    return Ruling(DecisionKind(kind), entry, place, "because")


@pytest.mark.parametrize(
    ("votes", "carried"),
    [
        ((3, 1, 0), True),
        ((2, 2, 1), False),
        ((2, 0, 0), False),
        ((2, 0, 1), True),
        ((1, 0, 2), True),
        ((0, 0, 3), False),
    ],
)
def test_a_vote_is_carried_by_a_quorum_and_more_for_than_against(votes, carried):
    assert Votes(*votes, voters=5).is_carried is carried


@pytest.mark.parametrize("votes", [(0, 0, 0), (4, 1, 1), (-1, 2, 0)])
def test_votes_that_cannot_be_are_refused(votes):
    with pytest.raises(Invalid):
        check_votes(Votes(*votes, voters=5))


def test_without_votes_the_marks_decide():
    assert places() == {"a": 1, "b": 2, "c": 2, "d": 4, "e": None}


def test_an_entry_set_apart_leaves_its_place_to_the_next():
    assert places(ruling("hors-concours", "a")) == {"b": 1, "c": 1, "d": 3, "a": None, "e": None}
    assert places(ruling("disqualify", "b")) == {"a": 1, "c": 2, "d": 3, "b": None, "e": None}


def test_an_entry_that_is_given_a_place_takes_it_and_the_others_move_down():
    assert places(ruling("place", "d", 1)) == {"d": 1, "a": 2, "b": 3, "c": 3, "e": None}
    assert places(ruling("place", "e", 2)) == {"a": 1, "e": 2, "b": 3, "c": 3, "d": 5}


def test_the_last_vote_on_an_entry_holds_and_marks_can_be_restored():
    assert places(ruling("disqualify", "a"), ruling("place", "a", 4))["a"] == 4
    assert places(ruling("disqualify", "a"), ruling("restore", "a")) == places()


def test_a_challenge_may_end_without_a_winner_and_have_one_again():
    assert final_ranking(COMPUTED, [ruling("no-winner")]).no_winner == "because"
    assert final_ranking(COMPUTED, [ruling("no-winner"), ruling("winner")]).no_winner is None


@given(
    st.lists(
        st.builds(
            ruling,
            st.sampled_from(["place", "hors-concours", "disqualify", "restore"]),
            st.sampled_from("abcde"),
            st.integers(1, 5),
        ),
        max_size=6,
    )
)
def test_every_entry_is_there_once_and_places_have_no_gap(rulings):
    rows = final_ranking(COMPUTED, rulings).rows
    assert sorted(each.row.entry for each in rows) == list("abcde")
    held = [each.row.place for each in rows if each.row.place is not None]
    assert all(place == 1 + sum(other < place for other in held) for place in held)
