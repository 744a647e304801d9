from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from submissions.teams.rules import first_free_seat, folded_name, name_in_public, roster_is_open

OPENING = datetime(2026, 1, 1, tzinfo=UTC)
DEADLINE = datetime(2026, 2, 1, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "is_open"),
    [(OPENING - INSTANT, False), (OPENING, True), (DEADLINE, True), (DEADLINE + INSTANT, False)],
)
def test_teams_change_from_the_opening_of_registration_to_the_deadline_itself(now, is_open):
    calendar = SimpleNamespace(registration_opens_at=OPENING, submission_closes_at=DEADLINE)
    assert roster_is_open(calendar, now) is is_open


@pytest.mark.parametrize(("taken", "seat"), [(set(), 1), ({1, 2}, 3), ({2, 3}, 1), ({1, 2, 3}, None)])
def test_the_lowest_free_seat_is_given_until_the_team_is_full(taken, seat):
    assert first_free_seat(taken, 3) == seat


@pytest.mark.parametrize("spelling", ["ÉCLATS  de mer", "eclats de mer", " Éclats de Mer "])
def test_case_accents_and_spaces_do_not_make_another_name(spelling):
    assert folded_name(spelling) == folded_name("Éclats de mer")


def test_another_word_makes_another_name():
    assert folded_name("Éclats de terre") != folded_name("Éclats de mer")


def test_a_minor_is_named_to_the_public_by_the_first_name_alone():
    assert name_in_public("Inaya Bertrand", True) == "Inaya"
    assert name_in_public("Inaya Bertrand", False) == "Inaya Bertrand"
    assert name_in_public("", True) == ""
