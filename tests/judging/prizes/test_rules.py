"""Sharing prizes, without a database."""

import hashlib
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from judging.prizes.rules import OfferedPrize, Pass, Placed, Share, deal_prizes, deal_rest, published_order

PRIZES = [OfferedPrize("gold", 1, 2500), OfferedPrize("silver", 2, 1500), OfferedPrize("bronze", 3, 800)]


def placed(places):
    return [Placed(entry, place) for entry, place in places.items()]


def share_prizes(prizes, places):
    return deal_prizes(prizes, placed(places), {}).shares


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


def test_odd_cents_go_in_the_order_that_is_published_whatever_the_order_of_rows():
    names = {1: "aaaa", 2: "bbbb", 3: "cccc"}
    told = sorted(names, key=lambda entry: hashlib.sha256(f"port-2027:{names[entry]}".encode()).hexdigest())
    assert published_order("port-2027", names, [3, 1, 2]) == published_order("port-2027", names, [1, 2, 3]) == told
    shares = deal_prizes([OfferedPrize("gold", 1, 100)], [Placed(entry, 1) for entry in told], {}).shares
    assert [(each.entry, each.cents) for each in shares] == list(zip(told, (34, 33, 33), strict=True))


def test_an_entry_that_is_passed_over_leaves_its_place_to_the_next_and_says_why():
    grounds = {(prize.id, "a"): ["refused"] for prize in PRIZES}
    deal = deal_prizes(PRIZES, placed({"a": 1, "b": 2, "c": 2, "d": 4}), grounds)
    assert totals(deal.shares) == {"b": 2000, "c": 2000, "d": 800}
    assert deal.passes == [Pass(prize.id, "a", ("refused",)) for prize in PRIZES]


def test_who_may_not_have_one_prize_gets_the_next_that_is_open():
    deal = deal_prizes(PRIZES, placed({"a": 1, "b": 2, "c": 3}), {("gold", "a"): ["not_student"]})
    assert totals(deal.shares) == {"b": 2500, "a": 1500, "c": 800}
    assert deal.passes == [Pass("gold", "a", ("not_student",))]


def test_a_tie_shares_only_prizes_that_are_open_to_all_of_it():
    deal = deal_prizes(PRIZES, placed({"a": 1, "b": 1, "c": 3}), {("silver", "a"): ["too_old"]})
    assert totals(deal.shares) == {"a": 1250, "b": 1250, "c": 1500}
    assert deal.passes == [Pass("silver", "a", ("too_old",))]


def test_a_place_without_a_prize_gives_nothing_and_moves_nobody_up():
    prizes = [OfferedPrize("gold", 1, 2500), OfferedPrize("bronze", 3, 800)]
    assert totals(deal_prizes(prizes, placed({"a": 1, "b": 2, "c": 3}), {}).shares) == {"a": 2500, "c": 800}
    assert totals(deal_prizes(prizes, placed({"a": 1, "b": 1, "c": 3}), {}).shares) == {"a": 1250, "b": 1250, "c": 800}


def test_a_prize_that_nobody_may_have_is_given_to_nobody():
    deal = deal_prizes(PRIZES[:1], placed({"a": 1, "b": 2}), {("gold", each): ["too_old"] for each in "ab"})
    assert deal.shares == []
    assert [each.entry for each in deal.passes] == ["a", "b"]


def test_beside_what_is_paid_and_still_follows_from_the_ranking_nothing_changes():
    ranked = placed({"a": 1, "b": 1, "c": 1, "d": 4})
    paid = [share for share in deal_prizes(PRIZES, ranked, {}).shares if share.entry == "a"]
    assert totals(deal_rest(PRIZES, ranked, {}, paid).shares) == {"b": 1600, "c": 1600}


def test_where_a_prize_was_paid_to_another_what_is_left_goes_by_place_among_the_rest():
    paid = [Share("gold", "a", 2500)]
    assert totals(deal_rest(PRIZES, placed({"b": 1, "a": 2, "c": 3}), {}, paid).shares) == {"b": 1500, "c": 800}
    assert totals(deal_rest(PRIZES, placed({"b": 1, "c": 1, "a": 3}), {}, paid).shares) == {"b": 1150, "c": 1150}


@given(
    st.dictionaries(st.integers(0, 6), st.integers(1, 4), min_size=1, max_size=7),
    st.dictionaries(st.integers(0, 6), st.integers(1, 4), max_size=7),
    st.sets(st.integers(0, 6)),
)
def test_no_prize_is_given_twice_beside_what_is_paid(then, now, winners):
    paid = [share for share in deal_prizes(PRIZES, placed(then), {}).shares if share.entry in winners]
    shares = deal_rest(PRIZES, placed(now), {}, paid).shares
    assert not {share.entry for share in shares} & {share.entry for share in paid}
    for prize in PRIZES:
        assert sum(share.cents for share in [*shares, *paid] if share.prize == prize.id) <= prize.cents


@given(
    st.dictionaries(st.integers(0, 7), st.integers(1, 4), max_size=8),
    st.sets(st.tuples(st.integers(1, 4), st.integers(0, 7))),
    st.lists(st.integers(1, 999), min_size=4, max_size=4),
)
def test_nobody_gets_a_prize_that_is_closed_and_none_is_given_twice(places, closed, amounts):
    prizes = [OfferedPrize(number, number, cents) for number, cents in enumerate(amounts, 1)]
    deal = deal_prizes(prizes, placed(places), {pair: ["too_old"] for pair in closed})
    given_away = Counter()
    for share in deal.shares:
        assert (share.prize, share.entry) not in closed
        given_away[share.prize] += share.cents
    assert all(given_away[prize.id] in {0, prize.cents} for prize in prizes)
    assert all((each.prize, each.entry) in closed for each in deal.passes)
