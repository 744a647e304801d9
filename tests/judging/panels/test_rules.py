"""Where a pair stands, and hints that name what two people share."""

import pytest

from judging.panels.rules import Affiliation, ConflictKind, Coverage, Hint, coverage_of, possible_conflicts


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"assigned": True, "conflicted": True, "finished": True}, Coverage.CONFLICT),
        ({"assigned": True, "conflicted": True, "finished": None, "skipped": True}, Coverage.CONFLICT),
        ({"assigned": True, "conflicted": False, "finished": False, "skipped": True}, Coverage.SKIPPED),
        ({"assigned": True, "conflicted": False, "finished": True}, Coverage.DONE),
        ({"assigned": True, "conflicted": False, "finished": False}, Coverage.BEGUN),
        ({"assigned": True, "conflicted": False, "finished": None}, Coverage.TO_DO),
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
    assert hints == ([Hint(1, 5, ConflictKind.DOMAIN, shared)] if shared else [])


def test_hints_tell_member_then_domain_then_school():
    jurors = [
        Affiliation(1, "one@port.fr", frozenset({"École des  mines"})),
        Affiliation(2, "two@gmail.com", frozenset({"ecole DES mines"})),
        Affiliation(3, "three@gmail.com"),
    ]
    members = {10: [Affiliation(9, "nine@port.fr", frozenset({"Ecole des mines"})), Affiliation(3, "three@gmail.com")]}
    assert possible_conflicts(jurors, members) == [
        Hint(1, 10, ConflictKind.DOMAIN, "port.fr"),
        Hint(2, 10, ConflictKind.SCHOOL, "ecole DES mines"),
        Hint(3, 10, ConflictKind.MEMBER),
    ]


def test_an_unstated_school_is_no_common_one():
    blank = frozenset({""})
    assert possible_conflicts([Affiliation(1, "a@x.fr", blank)], {5: [Affiliation(2, "b@y.fr", blank)]}) == []


def test_a_team_shared_before_and_a_sponsor_of_the_challenge_are_told():
    jurors = [
        Affiliation(1, "a@x.fr", teams=frozenset({70})),
        Affiliation(2, "b@y.fr", sponsors=frozenset({5})),
        Affiliation(3, "c@z.fr", teams=frozenset({5}), sponsors=frozenset({70})),
    ]
    members = {10: [Affiliation(9, "m@w.fr", teams=frozenset({70, 71}))]}
    assert possible_conflicts(jurors, members, {10: {5}, 11: {6}}) == [
        Hint(1, 10, ConflictKind.PAST_TEAM),
        Hint(2, 10, ConflictKind.SPONSOR),
    ]
