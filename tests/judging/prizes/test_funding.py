"""Funding prizes from pools, without a database."""

from collections import Counter
from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from judging.prizes.funding import Need, Pool, Shortfall, fund


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


def drawn(needs, pools):
    given_away = Counter(dict.fromkeys((pool.id for pool in pools), 0))
    for funding in fund(needs, pools):
        given_away[funding.pool] += funding.cents
    return [given_away[pool.id] for pool in pools]


def test_equal_pools_give_in_proportion_and_the_spare_cents_go_by_the_largest_remainder():
    pools = [Pool("a", 500), Pool("b", 300), Pool("c", 200)]
    assert drawn([Need("n", None, 101)], pools) == [51, 30, 20]
    assert drawn([Need("n", None, 7)], [Pool("a", 10), Pool("b", 10)]) == [4, 3]


def test_a_pool_that_can_give_no_more_in_proportion_leaves_the_rest_to_the_others():
    needs = [Need("x", None, 10), Need("y", None, 90), Need("z", None, 50)]
    pools = [
        Pool("a", 100, needs=frozenset("xy")),
        Pool("b", 100, needs=frozenset("xy")),
        Pool("c", 100, needs=frozenset("xz")),
    ]
    assert drawn(needs, pools) == [50, 50, 50]
    assert drawn([Need("x", None, 0), Need("y", None, 90), Need("z", None, 60)], pools) == [45, 45, 60]


def test_money_for_single_prizes_goes_nowhere_else():
    needs = [Need("first", "sea", 100), Need("second", "sea", 50)]
    pools = [Pool("only-second", 100, None, frozenset({"second"})), Pool("sea", 120, frozenset({"sea"}))]
    assert drawn(needs, pools) == [50, 100]
    with pytest.raises(Shortfall) as caught:
        fund(needs, [*pools[:1], Pool("air", 500, frozenset({"air"}), frozenset({"first"})), Pool("sea", 90)])
    assert (caught.value.cents, caught.value.needs, caught.value.pools) == (10, ("first",), ("sea",))


def test_empty_pools_that_could_pay_are_named_when_money_is_missing():
    with pytest.raises(Shortfall) as caught:
        fund([Need("n", "sea", 10)], [Pool("spent", 0), Pool("air", 5, frozenset({"air"}))])
    assert caught.value.pools == ("spent",)


small_worlds = st.tuples(
    st.lists(st.integers(0, 40), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 15)), min_size=1, max_size=5),
)


@given(small_worlds)
def test_pools_of_equal_width_give_what_a_search_through_all_their_sets_finds(world):
    needs = [Need(number, None, cents) for number, cents in enumerate(world[0])]
    pools = [
        Pool(f"p{i}", cents, needs=frozenset(n.id for n in needs if mask >> n.id & 1))
        for i, (cents, mask) in enumerate(world[1])
    ]
    missing = sum(world[0]) - payable_by(pools, needs)
    if missing:
        with pytest.raises(Shortfall) as caught:
            fund(needs, pools)
        assert caught.value.cents == missing
        assert set(caught.value.needs) == smallest_deficit(needs, pools, missing)
        return
    for got, wanted in zip(drawn(needs, pools), wished(needs, pools), strict=True):
        assert abs(got - wanted) < 1


def subsets(things):
    return chain.from_iterable(combinations(things, size) for size in range(len(things) + 1))


def payable_by(pools, needs):
    """The most that these pools can pay together (Hall's condition, over every set of needs)."""
    return min(
        sum(need.cents for need in left)
        + sum(pool.cents for pool in pools if any(pool.may_pay(need) for need in needs if need not in left))
        for left in subsets(needs)
    )


def smallest_deficit(needs, pools, missing):
    found = [
        chosen
        for chosen in subsets(needs)
        if sum(need.cents for need in chosen)
        - sum(pool.cents for pool in pools if any(pool.may_pay(need) for need in chosen))
        == missing
    ]
    return {need.id for need in min(found, key=len)}


def wished(needs, pools):
    """Exact fractions of cents: in each group, of all its sets, first the one that can give the least of its money."""
    before, ideal = [], {}
    width = {pool.id: sum(pool.may_pay(need) for need in needs) for pool in pools}
    for rank in sorted(set(width.values())):
        waiting = [pool for pool in pools if width[pool.id] == rank and pool.cents]
        while waiting:
            share, block = most_bound(before, waiting, needs)
            ideal.update({pool.id: share * pool.cents for pool in block})
            before += block
            waiting = [pool for pool in waiting if pool not in block]
    return [ideal.get(pool.id, 0) for pool in pools]


def most_bound(before, waiting, needs):
    held = payable_by(before, needs)

    def share(block):
        return Fraction(payable_by([*before, *block], needs) - held, sum(pool.cents for pool in block))

    block = min((each for each in subsets(waiting) if each), key=lambda each: (share(each), -len(each)))
    return share(block), block
