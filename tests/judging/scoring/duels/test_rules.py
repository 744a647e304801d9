"""Which two works a juror compares next."""

from collections import Counter

from judging.scoring.duels.rules import matches_in, next_match

GROUPS = {1: [11, 12, 13, 14], 2: [21, 22], 3: [31]}


def played(juror, others=None):
    """All that a juror would be asked, in order."""
    own, times = [], Counter(others or {})
    while match := next_match(GROUPS, own, times, juror=juror):
        own.append(frozenset(match))
        times[frozenset(match)] += 1
    return own


def test_each_pair_of_a_group_comes_once_and_no_other():
    own = played(7)
    assert len(own) == len(set(own)) == matches_in(GROUPS) == 7
    groups = [set(group) for group in GROUPS.values()]
    assert all(any(match <= group for group in groups) for match in own)


def test_what_was_seen_least_comes_first():
    busy = {frozenset({11, 12}): 9, frozenset({13, 14}): 9, frozenset({21, 22}): 9, frozenset({11, 13}): 1}
    assert all(match & {14, 12, 22, 21} for match in played(3, busy)[:1])
    assert len(set().union(*played(5)[:3])) == 6


def test_jurors_meet_pairs_in_orders_of_their_own():
    orders = {tuple(map(tuple, map(sorted, played(juror)))) for juror in range(8)}
    assert len(orders) > 4


def test_sides_are_drawn():
    lefts = Counter(min(match) == match[0] for juror in range(40) if (match := next_match(GROUPS, [], {}, juror=juror)))
    assert min(lefts.values()) > 8


def test_passing_shows_another_pair_and_comes_round():
    shown = [next_match(GROUPS, [], {}, juror=1, passed=passed) for passed in range(7)]
    assert len({frozenset(match) for match in shown}) == 7
    last = [frozenset(pair) for pair in ((11, 12), (11, 13), (11, 14), (12, 13), (12, 14), (13, 14))]
    assert frozenset(next_match(GROUPS, last, {}, juror=1, passed=5)) == {21, 22}
