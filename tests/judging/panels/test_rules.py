"""The proposal is legal, complete where it can be, and as even as any other; hints name what two people share."""

from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.panels.rules import (
    Affiliation,
    Coverage,
    Hint,
    HintKind,
    Pair,
    Proposal,
    coverage_of,
    possible_conflicts,
    propose,
)


@st.composite
def instances(draw):
    jurors = list(range(1, draw(st.integers(1, 4)) + 1))
    entries = list(range(11, 11 + draw(st.integers(1, 4))))
    pairs = list(product(jurors, entries))
    forbidden = draw(st.frozensets(st.sampled_from(pairs), max_size=6))
    kept = draw(st.frozensets(st.sampled_from(pairs), max_size=3))
    return entries, jurors, draw(st.integers(1, 3)), kept, forbidden


def whole(proposal: Proposal, kept: frozenset[Pair], forbidden: frozenset[Pair]) -> set[Pair]:
    return set(proposal.added) | (kept - forbidden)


def squares(pairs: set[Pair]) -> int:
    return sum(load**2 for load in Counter(juror for juror, _ in pairs).values())


def every_completion(entries, jurors, per_entry, kept, forbidden):
    """All legal ways to give each entry what it lacks, by brute force."""
    choices = []
    for entry in entries:
        has = [juror for juror in jurors if (juror, entry) in kept - forbidden]
        free = [juror for juror in jurors if juror not in has and (juror, entry) not in forbidden]
        lacks = min(max(per_entry - len(has), 0), len(free))
        choices.append([{(juror, entry) for juror in (*has, *more)} for more in combinations(free, lacks)])
    return [set().union(*parts) for parts in product(*choices)]


@given(instances())
@settings(max_examples=300, deadline=None)
def test_a_proposal_is_legal_keeps_what_there_is_and_is_as_even_as_any(instance):
    entries, jurors, per_entry, kept, forbidden = instance
    proposal = propose(entries, jurors, per_entry=per_entry, kept=kept, forbidden=forbidden)
    pairs = whole(proposal, kept, forbidden)
    assert not pairs & forbidden
    assert not set(proposal.added) & kept
    assert len(proposal.added) == len(set(proposal.added))
    others = every_completion(entries, jurors, per_entry, kept, forbidden)
    assert squares(pairs) == min(map(squares, others))
    judges = Counter(entry for _, entry in pairs)
    most = Counter(entry for _, entry in others[0])
    assert judges == most
    assert proposal.lacking == {entry: per_entry - judges[entry] for entry in entries if judges[entry] < per_entry}


def test_the_same_input_gives_the_same_answer():
    instance = {"per_entry": 3, "kept": {(2, 5)}, "forbidden": {(1, 4), (3, 8)}}
    assert propose(range(20), range(7), **instance) == propose(range(20), range(7), **instance)


def test_loads_differ_by_one_at_most_when_nothing_stands_in_the_way():
    proposal = propose(list(range(60)), list(range(100, 115)), per_entry=4)
    loads = Counter(juror for juror, _ in proposal.added)
    assert set(loads.values()) == {16}


def test_jurors_are_mixed_rather_than_split_into_fixed_panels():
    proposal = propose(list(range(8)), [101, 102, 103, 104, 105, 106], per_entry=3)
    panels = {tuple(sorted(j for j, e in proposal.added if e == entry)) for entry in range(8)}
    assert len(panels) == 8


def test_an_entry_that_nobody_may_judge_is_named_with_what_it_lacks():
    proposal = propose([1, 2], [7, 8], per_entry=2, forbidden={(7, 1), (8, 1), (7, 2)})
    assert proposal.lacking == {1: 2, 2: 1}
    assert proposal.added == [(8, 2)]


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"assigned": True, "conflicted": True, "finished": True}, Coverage.CONFLICT),
        ({"assigned": True, "conflicted": False, "finished": True}, Coverage.DONE),
        ({"assigned": True, "conflicted": False, "finished": False}, Coverage.BEGUN),
        ({"assigned": True, "conflicted": False, "finished": None}, Coverage.TODO),
        ({"assigned": False, "conflicted": False, "finished": None}, Coverage.NOT_ASSIGNED),
    ],
)
def test_the_state_of_a_pair(facts, state):
    assert coverage_of(**facts) is state


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("a@univ-amu.fr", "b@etu.univ-amu.fr", "univ-amu.fr"),
        ("a@Ensm.fr", "b@ensm.fr", "ensm.fr"),
        ("a@gmail.com", "b@gmail.com", ""),
        ("a@xamu.fr", "b@amu.fr", ""),
        ("a@etu.univ-amu.fr", "b@univ-amu.fr", "univ-amu.fr"),
        ("a@lab.univ-amu.fr", "b@etu.univ-amu.fr", ""),
        ("nobody", "nobody", ""),
    ],
)
def test_a_shared_domain_counts_unless_everybody_may_have_it(one, other, shared):
    hints = possible_conflicts([Affiliation(1, one)], {5: [Affiliation(2, other)]})
    assert hints == ([Hint(1, 5, HintKind.DOMAIN, shared)] if shared else [])


def test_hints_tell_member_then_domain_then_school():
    jurors = [
        Affiliation(1, "one@port.fr", frozenset({"École des  mines"})),
        Affiliation(2, "two@gmail.com", frozenset({"ecole DES mines"})),
        Affiliation(3, "three@gmail.com"),
    ]
    members = {10: [Affiliation(9, "nine@port.fr", frozenset({"Ecole des mines"})), Affiliation(3, "three@gmail.com")]}
    assert possible_conflicts(jurors, members) == [
        Hint(1, 10, HintKind.DOMAIN, "port.fr"),
        Hint(2, 10, HintKind.SCHOOL, "ecole DES mines"),
        Hint(3, 10, HintKind.MEMBER),
    ]


def test_an_unstated_school_is_no_common_one():
    blank = frozenset({""})
    assert possible_conflicts([Affiliation(1, "a@x.fr", blank)], {5: [Affiliation(2, "b@y.fr", blank)]}) == []
