"""What a design is worth: known designs have known figures."""

import pytest

from judging.panels.health import health_of


def test_a_complete_design_loses_nothing():
    pairs = {(juror, entry) for juror in range(3) for entry in range(10, 20)}
    health = health_of(list(range(10, 20)), list(range(3)), pairs)
    assert (health.harmonic, health.smallest) == (pytest.approx(1), pytest.approx(1))
    assert health.is_connected and not health.is_weak
    assert (health.fewest_reviews, health.load_low, health.load_high, health.light) == (3, 10, 10, [])


def test_a_ring_hangs_by_a_thread():
    entries, jurors = list(range(20)), list(range(20))
    pairs = {(n, n) for n in range(20)} | {(n, (n + 1) % 20) for n in range(20)}
    health = health_of(entries, jurors, pairs)
    assert health.is_connected and health.smallest < 0.3 and health.harmonic < 0.5 and health.is_weak


def test_groups_that_share_no_juror_are_told_the_largest_first():
    health = health_of([1, 2, 3, 4], [7, 8, 9], {(7, 1), (8, 2), (8, 3)})
    assert [list(group) for group in health.groups] == [[2, 3], [1], [4]]
    assert not health.is_connected
    assert health.keeps_together([2, 3]) and not health.keeps_together([1, 2])
    assert health.fewest_reviews == 0


def test_an_empty_design_has_no_figures():
    health = health_of([], [], set())
    assert (health.harmonic, health.smallest, health.groups) == (None, None, [])
