"""Who may win which prize, without a database."""

from datetime import date

import pytest

from challenges.sponsors.eligibility.rules import (
    ConditionTerms,
    Ground,
    Member,
    Obstacle,
    age_on,
    asked_by,
    obstacles,
    unmet,
)

DAY = date(2027, 3, 1)
UNDER_26 = ConditionTerms(under_age=26, age_on=DAY)
SOUTH = ConditionTerms(region="Provence-Alpes-Côte d’Azur")


def member(number=1, **facts):
    return Member(number, f"Person {number}", **{"is_student": True} | facts)


def grounds(rule, *team):
    return [each.ground for each in obstacles(rule, team)]


@pytest.mark.parametrize(
    ("born", "years"),
    [
        (date(2001, 3, 1), 26),
        (date(2001, 3, 2), 25),
        (date(2001, 2, 28), 26),
        (date(2004, 2, 29), 23),
    ],
)
def test_an_age_is_of_full_years_on_the_day(born, years):
    assert age_on(born, DAY) == years


def test_who_is_as_old_as_the_limit_on_the_day_is_too_old():
    assert grounds(UNDER_26, member(born_on=date(2001, 3, 1))) == [Ground.TOO_OLD]
    assert grounds(UNDER_26, member(born_on=date(2001, 3, 2))) == []


def test_one_member_is_enough_and_is_named():
    found = obstacles(
        ConditionTerms(students_only=True), [member(1), member(2, is_student=False), member(3, is_student=False)]
    )
    assert found == [Obstacle(Ground.NOT_STUDENT, (2, 3))]


@pytest.mark.parametrize(
    ("rule", "ground"),
    [
        (UNDER_26, Ground.AGE_UNKNOWN),
        (SOUTH, Ground.REGION_UNKNOWN),
        (ConditionTerms(first_entry_only=True), Ground.FIRST_ENTRY_UNKNOWN),
    ],
)
def test_what_was_not_stated_keeps_from_the_prize_that_asks_for_it_alone(rule, ground):
    assert grounds(rule, member()) == [ground]
    assert grounds(ConditionTerms(), member()) == grounds(None, member()) == []


def test_a_region_is_the_same_however_it_is_spelt():
    assert grounds(SOUTH, member(region="provence alpes  cote d'azur")) == []
    assert grounds(SOUTH, member(region="-")) == [Ground.OTHER_REGION]


def test_whoever_entered_before_keeps_the_team_from_a_prize_for_newcomers():
    assert grounds(ConditionTerms(first_entry_only=True), member(is_first_entry=False)) == [Ground.NOT_FIRST_ENTRY]
    assert grounds(ConditionTerms(first_entry_only=True), member(is_first_entry=True)) == []


def test_the_refused_and_those_hors_concours_win_nothing_at_all():
    assert grounds(None, member(is_refused=True), member(2, is_hors_concours=True)) == [
        Ground.REFUSED,
        Ground.HORS_CONCOURS,
    ]


def test_who_wins_nothing_at_all_may_meet_the_conditions_of_a_giver():
    barred = member(is_hors_concours=True, born_on=date(1990, 1, 1))
    assert unmet(ConditionTerms(), [barred]) == unmet(None, [barred]) == []
    assert [each.ground for each in unmet(UNDER_26, [barred])] == [Ground.TOO_OLD]


def test_people_are_asked_only_what_some_prize_needs():
    asked = asked_by([UNDER_26, ConditionTerms(first_entry_only=True)])
    assert (asked.birth, asked.region, asked.first_entry) == (True, False, True)
