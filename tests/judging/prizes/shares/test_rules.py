"""Sharing an award between members, without a database."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from hackaviz.kernel.money import split_by_largest_remainder
from judging.prizes.shares.rules import agreed_proposal, dealt, equal_shares, laid_on, waiting_proposal


@dataclass
class Part:
    person_id: int
    cents: int = 0


@dataclass
class Proposal:
    parts: list[Part]
    consents: list[Part] = field(default_factory=list)


def proposal(amounts, consenting):
    return Proposal([Part(*each) for each in amounts.items()], [Part(each) for each in consenting])


def test_odd_cents_go_to_the_first_seats():
    assert equal_shares(100, [7, 8, 9]) == {7: 34, 8: 33, 9: 33}
    assert equal_shares(100, []) == {}


def test_a_proposal_holds_once_everybody_consents_and_a_newer_one_that_waits_changes_nothing():
    agreed, waiting = proposal({1: 60, 2: 40}, [1, 2]), proposal({1: 90, 2: 10}, [1])
    assert agreed_proposal([waiting], 100) is None
    assert agreed_proposal([agreed, waiting], 100) is agreed
    assert agreed_proposal([agreed], 120) is None, "the award is not what they agreed on any more"


def test_what_waits_is_the_newest_proposal_for_what_the_award_is_worth_now():
    agreed, waiting = proposal({1: 60, 2: 40}, [1, 2]), proposal({1: 90, 2: 10}, [1])
    assert waiting_proposal([agreed, waiting], 100) is waiting
    assert waiting_proposal([agreed, waiting], 120) is None
    assert waiting_proposal([waiting, agreed], 100) is None
    assert waiting_proposal([], 100) is None


@given(st.lists(st.integers(1, 5_000), min_size=1, max_size=5), st.integers(1, 6))
def test_what_a_tie_pools_is_shared_as_one_sum_and_each_slice_keeps_its_cents(amounts, members):
    slices, shares = dict(enumerate(amounts)), equal_shares(sum(amounts), range(members))
    laid = laid_on(slices, shares)
    assert {number: sum(parts.values()) for number, parts in laid.items()} == slices
    assert {person: sum(parts[person] for parts in laid.values()) for person in shares} == shares
    assert max(shares.values()) - min(shares.values()) <= 1


@given(st.lists(st.integers(0, 500), min_size=1, max_size=6), st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_shares_and_pools_are_matched_to_the_cent(shares, weights):
    pools = split_by_largest_remainder(sum(shares), weights)
    cells = dealt(dict(enumerate(shares)), dict(enumerate(pools)))
    assert all(cents > 0 for cents in cells.values())
    for row, cents in enumerate(shares):
        assert sum(part for (at, _pool), part in cells.items() if at == row) == cents
    for column, cents in enumerate(pools):
        assert sum(part for (_row, at), part in cells.items() if at == column) == cents
    assert len(cells) <= len(shares) + len(pools)
