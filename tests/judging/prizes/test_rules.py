"""Sharing prizes, without a database."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from judging.prizes.rules import OfferedPrize, Share, eligible_places, share_prizes
from judging.ranking.weighted_mean import RankedEntry

PRIZES = [OfferedPrize("gold", 1, 2500), OfferedPrize("silver", 2, 1500), OfferedPrize("bronze", 3, 800)]


def totals(shares):
    counted = Counter()
    for share in shares:
        counted[share.entry] += share.cents
    return dict(counted)


def test_each_place_gets_its_prize():
    shares = share_prizes(PRIZES, {"a": 1, "b": 2, "c": 3, "d": 4})
    assert shares == [Share("gold", "a", 2500), Share("silver", "b", 1500), Share("bronze", "c", 800)]


def test_entries_that_share_a_place_share_the_prizes_of_the_places_they_fill():
    assert totals(share_prizes(PRIZES, {"a": 1, "b": 1, "c": 1})) == {"a": 1600, "b": 1600, "c": 1600}
    assert totals(share_prizes(PRIZES, {"a": 1, "b": 2, "c": 2})) == {"a": 2500, "b": 1150, "c": 1150}


def test_a_tie_beyond_the_last_prize_shares_only_the_prizes_there_are():
    assert totals(share_prizes(PRIZES, {"a": 1, "b": 2, "c": 3, "d": 3})) == {"a": 2500, "b": 1500, "c": 400, "d": 400}


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=5), st.integers(1, 7))
def test_a_shared_place_loses_no_cent_and_favours_nobody_by_more_than_one(amounts, tied):
    prizes = [OfferedPrize(place, place, cents) for place, cents in enumerate(amounts, 1)]
    shares = totals(share_prizes(prizes, {f"entry-{number}": 1 for number in range(tied)}))
    given_away = [shares.get(f"entry-{number}", 0) for number in range(tied)]
    assert sum(given_away) == sum(amounts[:tied])
    assert max(given_away) - min(given_away) <= 1


def test_an_entry_that_is_passed_over_leaves_its_place_to_the_next():
    ranking = [
        RankedEntry(entry, None, place, 3) for entry, place in [("a", 1), ("b", 2), ("c", 2), ("d", 4), ("e", None)]
    ]
    assert eligible_places(ranking, {"a"}) == {"b": 1, "c": 1, "d": 3}
