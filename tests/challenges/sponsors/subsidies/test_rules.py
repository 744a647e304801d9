"""Rates, ceilings and states of subsidies."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from challenges.sponsors.subsidies.rules import SubsidyState, Terms, may_become


def test_eighty_percent_of_the_cost_without_tax():
    assert Terms(45_000_000, 54_000_000, on_cost_with_tax=False, rate=8_000).largest == 36_000_000


def test_the_ceiling_and_the_cost_with_tax_count_where_they_are_said():
    assert Terms(100, 120, on_cost_with_tax=True, rate=5_000).largest == 60
    assert Terms(100, 120, on_cost_with_tax=True, rate=5_000, ceiling=50).largest == 50


@given(st.integers(1, 10**12), st.integers(1, 10_000))
def test_the_most_is_never_more_than_the_rate_by_even_a_fraction_of_a_cent(cost, rate):
    largest = Terms(cost, cost, on_cost_with_tax=False, rate=rate).largest
    assert largest * 10_000 <= cost * rate < (largest + 1) * 10_000


def test_a_subsidy_is_received_only_after_it_was_granted():
    for before, after in pairwise((SubsidyState.REQUESTED, SubsidyState.GRANTED, SubsidyState.RECEIVED)):
        assert may_become(before, after) and not may_become(after, before)
    assert not may_become(SubsidyState.REQUESTED, SubsidyState.RECEIVED)


@pytest.mark.parametrize("state", SubsidyState)
def test_what_is_refused_or_received_stays_so(state):
    assert not may_become(SubsidyState.REFUSED, state)
    assert not may_become(SubsidyState.RECEIVED, state)
