"""Sharing and funding prizes, without a database."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from judging.prizes.rules import Need, OfferedPrize, Pool, Share, Shortfall, eligible_places, fund, share_prizes
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


def test_money_given_for_one_challenge_is_spent_before_money_given_for_all():
    needs = [Need("n", "sea", 100), Need("m", "air", 20)]
    fundings = fund(needs, [Pool("all", 100), Pool("sea", 70, frozenset({"sea"}))])
    assert {(f.need, f.pool, f.cents) for f in fundings} == {("n", "sea", 70), ("n", "all", 30), ("m", "all", 20)}


def test_a_pool_gives_way_when_another_award_needs_it_more():
    needs = [Need("first", "sea", 100), Need("second", "air", 100)]
    pools = [Pool("both", 100, frozenset({"sea", "air"})), Pool("sea", 100, frozenset({"sea"}))]
    assert {(f.need, f.pool, f.cents) for f in fund(needs, pools)} == {("first", "sea", 100), ("second", "both", 100)}


def test_when_pools_cannot_pay_the_competing_awards_and_their_payers_are_named():
    needs = [Need("student", "s", 250_000), Need("public", "p", 200_001), Need("sea", "m", 50_000)]
    pools = [
        Pool("datacorp", 300_000, frozenset("sp")),
        Pool("open", 100_001, frozenset("p")),
        Pool("rich", 200_000, frozenset("m")),
    ]
    with pytest.raises(Shortfall) as caught:
        fund(needs, pools)
    assert caught.value.cents == 50_000
    assert caught.value.needs == ("student", "public")
    assert caught.value.pools == ("datacorp", "open")


def test_an_entry_that_is_passed_over_leaves_its_place_to_the_next():
    ranking = [
        RankedEntry(entry, None, place, 3) for entry, place in [("a", 1), ("b", 2), ("c", 2), ("d", 4), ("e", None)]
    ]
    assert eligible_places(ranking, {"a"}) == {"b": 1, "c": 1, "d": 3}


amounts = st.integers(1, 60)
challenges = st.frozensets(st.sampled_from("abc"), min_size=1)
worlds = st.tuples(
    st.lists(st.tuples(st.sampled_from("abc"), amounts), min_size=1, max_size=5),
    st.lists(st.tuples(amounts, st.none() | challenges), min_size=1, max_size=5),
)


@given(worlds)
def test_a_funding_is_found_exactly_when_there_is_one_and_breaks_no_rule(world):
    needs = [Need(f"n{i}", challenge, cents) for i, (challenge, cents) in enumerate(world[0])]
    pools = [Pool(f"p{i}", cents, allowed) for i, (cents, allowed) in enumerate(world[1])]
    missing = sum(need.cents for need in needs) - largest_payable(needs, pools)
    if missing:
        with pytest.raises(Shortfall) as caught:
            fund(needs, pools)
        assert caught.value.cents == missing
        return
    fundings = fund(needs, pools)
    by_need, by_pool = Counter(), Counter()
    for funding in fundings:
        by_need[funding.need] += funding.cents
        by_pool[funding.pool] += funding.cents
        assert funding.cents > 0
        assert next(p for p in pools if p.id == funding.pool).may_pay(next(n for n in needs if n.id == funding.need))
    assert by_need == {need.id: need.cents for need in needs}
    assert all(by_pool[pool.id] <= pool.cents for pool in pools)


def largest_payable(needs, pools):
    """The same question asked of a linear programme."""
    edges = [(i, j) for i, pool in enumerate(pools) for j, need in enumerate(needs) if pool.may_pay(need)]
    if not edges:
        return 0
    rows = [[float(i == row) for i, _ in edges] for row in range(len(pools))]
    rows += [[float(j == column) for _, j in edges] for column in range(len(needs))]
    limits = [pool.cents for pool in pools] + [need.cents for need in needs]
    return round(-linprog([-1.0] * len(edges), A_ub=rows, b_ub=limits).fun)
