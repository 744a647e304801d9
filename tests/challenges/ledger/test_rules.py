"""The rules of the ledger, over random worlds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from challenges.ledger.rules import (
    AccountKind,
    Custody,
    Move,
    NotBalanced,
    figures_of,
    lines_of,
    may_stand,
    opposite,
    overdrawn,
    pledged,
    sum_of,
)

kinds = st.sampled_from(AccountKind)
moves = st.builds(Move, st.integers(1, 4), kinds, kinds, st.integers(1, 10**12))


@given(st.lists(moves, min_size=1))
def test_whatever_moves_nothing_is_created_or_lost(acts):
    try:
        lines = lines_of(acts)
    except NotBalanced:
        assert all(sum(each.cents for each in acts if each.source == kind) for kind in {a.source for a in acts})
        return
    assert sum(lines.values()) == 0
    assert all(lines.values())
    assert {place: cents + opposite(lines)[place] for place, cents in lines.items()} == dict.fromkeys(lines, 0)


@given(st.lists(moves, min_size=1), st.dictionaries(st.tuples(st.integers(1, 4), kinds), st.integers(0, 10**12)))
def test_an_act_is_refused_exactly_when_an_account_could_not_stand_after_it(acts, balances):
    try:
        lines = lines_of(acts)
    except NotBalanced:
        return
    refused = overdrawn(balances, lines)
    for place, cents in lines.items():
        assert (place in refused) != may_stand(place[1], balances.get(place, 0) + cents)


def test_lines_that_do_not_sum_to_zero_are_no_transaction():
    with pytest.raises(NotBalanced):
        opposite({(1, AccountKind.HELD): 1})
    with pytest.raises(NotBalanced):
        lines_of([])
    with pytest.raises(NotBalanced):
        lines_of([Move(1, AccountKind.HELD, AccountKind.HELD, 5)])


def test_a_direct_pledge_is_ready_at_once_and_another_is_expected():
    assert lines_of(pledged(7, Custody.DIRECT, 500)) == {(7, AccountKind.SPONSOR): -500, (7, AccountKind.HELD): 500}
    assert (7, AccountKind.PROMISED) in lines_of(pledged(7, Custody.CARRIER, 500))


def test_figures_say_where_every_cent_of_the_promise_is():
    held = {"sponsor": -1_000, "promised": 100, "held": 200, "awarded": 250, "paid": 300, "refunded": 150}
    figures = figures_of((AccountKind(kind), Custody.ORGANISER, cents) for kind, cents in held.items())
    assert (figures.promised, figures.received, figures.awarded, figures.paid) == (1_000, 900, 550, 300)
    assert (figures.left, figures.expected, figures.refunded, figures.direct) == (200, 100, 150, 0)


def test_money_that_a_sponsor_pays_itself_is_ready_and_never_received():
    with_sponsor = {"sponsor": -1_000, "held": 200, "awarded": 300, "paid": 500}
    direct = figures_of((AccountKind(kind), Custody.DIRECT, cents) for kind, cents in with_sponsor.items())
    assert (direct.received, direct.expected, direct.held) == (0, 0, 0)
    assert (direct.direct, direct.ready, direct.left, direct.awarded, direct.paid) == (1_000, 200, 200, 800, 500)
    ours = figures_of([(AccountKind.SPONSOR, Custody.CARRIER, -70), (AccountKind.HELD, Custody.CARRIER, 70)])
    both = sum_of([direct, ours])
    assert (both.promised, both.received, both.at_hand, both.left, both.ready) == (1_070, 70, 1_070, 270, 200)
