"""The life of an import, its next night, and losses that a person has to see."""

from datetime import UTC, datetime

import pytest

from challenges.catalogue.imports.rules import STEPS, ImportState, Rhythm, loses_much, may_become, next_harvest


def test_every_state_has_its_steps_and_ends_are_ends():
    assert set(STEPS) == set(ImportState)
    assert {state for state, steps in STEPS.items() if not steps} == {
        ImportState.DONE,
        ImportState.FAILED,
        ImportState.SET_ASIDE,
    }


def test_nothing_is_written_that_nobody_confirmed_and_what_is_written_is_not_set_aside():
    assert not may_become(ImportState.ASKED, ImportState.DONE)
    assert not may_become(ImportState.CONFIRMED, ImportState.SET_ASIDE)
    assert may_become(ImportState.STOPPED, ImportState.CONFIRMED)


@pytest.mark.parametrize(
    ("rhythm", "after", "night"),
    [
        (Rhythm.DAILY, "2026-03-02T09:00", "2026-03-03T02:00"),
        (Rhythm.DAILY, "2026-03-02T01:59", "2026-03-03T02:00"),
        (Rhythm.WEEKLY, "2026-12-28T02:00", "2027-01-04T02:00"),
        (Rhythm.MONTHLY, "2026-01-31T12:00", "2026-02-28T02:00"),
        (Rhythm.MONTHLY, "2026-12-15T12:00", "2027-01-15T02:00"),
    ],
)
def test_a_source_is_harvested_in_the_night(rhythm: Rhythm, after: str, night: str):
    moment = datetime.fromisoformat(after).replace(tzinfo=UTC)
    assert next_harvest(rhythm, moment) == datetime.fromisoformat(night).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("gone", "known", "is_much"),
    [(0, 0, False), (0, 5, False), (2, 4, False), (3, 4, True), (4, 4, True), (9, 40, False), (10, 49, True)],
)
def test_a_great_loss_needs_a_person(gone: int, known: int, is_much: bool):
    assert loses_much(gone, known) is is_much
