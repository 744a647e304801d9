"""The calendar of an edition, second by second."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from challenges.editions.rules import (
    Phase,
    StepState,
    check_dates,
    check_numbers,
    edition_to_show,
    judging_is_open,
    next_deadline,
    phase_of,
    registration_is_open,
    results_are_public,
    steps,
    submission_is_open,
)
from hackaviz.kernel.errors import Invalid

PARIS = ZoneInfo("Europe/Paris")
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Calendar:
    """A calendar as plain values; registration overlaps submission."""

    registration_opens_at: datetime = datetime(2026, 3, 2, 9, tzinfo=PARIS)
    registration_closes_at: datetime = datetime(2026, 3, 20, 18, tzinfo=PARIS)
    submission_opens_at: datetime = datetime(2026, 3, 16, 9, tzinfo=PARIS)
    submission_closes_at: datetime = datetime(2026, 4, 10, 23, 59, tzinfo=PARIS)
    judging_opens_at: datetime = datetime(2026, 4, 13, 9, tzinfo=PARIS)
    judging_closes_at: datetime = datetime(2026, 5, 4, 18, tzinfo=PARIS)
    results_expected_at: datetime = datetime(2026, 5, 20, 18, tzinfo=PARIS)
    results_public_at: datetime | None = None


CALENDAR = Calendar()
ANNOUNCED = datetime(2026, 5, 20, 18, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("boundary", "before", "at", "after"),
    [
        ("registration_opens_at", Phase.ANNOUNCED, Phase.REGISTRATION, Phase.REGISTRATION),
        ("submission_opens_at", Phase.REGISTRATION, Phase.SUBMISSION, Phase.SUBMISSION),
        ("registration_closes_at", Phase.SUBMISSION, Phase.SUBMISSION, Phase.SUBMISSION),
        ("submission_closes_at", Phase.SUBMISSION, Phase.SUBMISSION, Phase.BEFORE_JUDGING),
        ("judging_opens_at", Phase.BEFORE_JUDGING, Phase.JUDGING, Phase.JUDGING),
        ("judging_closes_at", Phase.JUDGING, Phase.DELIBERATION, Phase.DELIBERATION),
    ],
)
def test_a_phase_changes_to_the_second(boundary, before, at, after):
    moment = getattr(CALENDAR, boundary)

    assert [phase_of(CALENDAR, moment + shift) for shift in (-SECOND, 0 * SECOND, SECOND)] == [before, at, after]


def test_results_become_public_to_the_second():
    calendar = replace(CALENDAR, results_public_at=ANNOUNCED)

    assert phase_of(calendar, ANNOUNCED - SECOND) is Phase.DELIBERATION
    assert phase_of(calendar, ANNOUNCED) is Phase.RESULTS
    assert not results_are_public(CALENDAR, ANNOUNCED + timedelta(days=900))


@pytest.mark.parametrize(
    ("is_open", "opens", "closes"),
    [
        (registration_is_open, "registration_opens_at", "registration_closes_at"),
        (submission_is_open, "submission_opens_at", "submission_closes_at"),
        (judging_is_open, "judging_opens_at", "judging_closes_at"),
    ],
)
def test_both_ends_of_a_period_count_and_a_second_beyond_does_not(is_open, opens, closes):
    first, last = getattr(CALENDAR, opens), getattr(CALENDAR, closes)

    assert [is_open(CALENDAR, moment) for moment in (first - SECOND, first, last, last + SECOND)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_deadline_on_the_night_of_the_clock_change_is_one_instant():
    # On 25 October 2026 02:30 comes twice in Paris; the first one, in summer time, is 00:30 UTC.
    deadline = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS)
    calendar = replace(
        CALENDAR,
        submission_closes_at=deadline,
        judging_opens_at=deadline + timedelta(days=1),
        judging_closes_at=deadline + timedelta(days=9),
    )

    assert submission_is_open(calendar, datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    assert not submission_is_open(calendar, datetime(2026, 10, 25, 0, 30, 1, tzinfo=UTC))


@given(st.integers(min_value=-40, max_value=120), st.integers(min_value=0, max_value=86_399))
def test_the_phase_never_goes_back(days, seconds):
    order = list(Phase)
    moment = CALENDAR.registration_opens_at + timedelta(days=days, seconds=seconds)

    assert order.index(phase_of(CALENDAR, moment)) <= order.index(phase_of(CALENDAR, moment + timedelta(hours=7)))


def test_two_steps_may_be_under_way_at_once():
    during_both = datetime(2026, 3, 18, tzinfo=PARIS)

    assert [step.state for step in steps(CALENDAR, during_both)] == [
        StepState.NOW,
        StepState.NOW,
        StepState.NEXT,
        StepState.NEXT,
    ]


def test_results_before_the_last_day_of_the_jury_end_every_step():
    early = replace(CALENDAR, results_public_at=CALENDAR.judging_opens_at)

    assert {step.state for step in steps(early, CALENDAR.judging_opens_at)} == {StepState.DONE}


def test_results_take_their_announced_date_once_there_is_one():
    calendar = replace(CALENDAR, results_public_at=ANNOUNCED - timedelta(days=3))

    assert steps(CALENDAR, ANNOUNCED)[-1].opens_at == CALENDAR.results_expected_at
    assert steps(CALENDAR, ANNOUNCED)[-1].state is StepState.NEXT
    assert steps(calendar, ANNOUNCED)[-1].opens_at == ANNOUNCED - timedelta(days=3)
    assert steps(calendar, ANNOUNCED)[-1].state is StepState.DONE


@pytest.mark.parametrize(
    ("moment", "name"),
    [
        (datetime(2026, 3, 1, tzinfo=PARIS), "registration_opens"),
        (datetime(2026, 3, 3, tzinfo=PARIS), "registration_closes"),
        (datetime(2026, 3, 18, tzinfo=PARIS), "submission_closes"),
        (datetime(2026, 4, 11, tzinfo=PARIS), "judging_opens"),
        (datetime(2026, 4, 14, tzinfo=PARIS), "judging_closes"),
        (datetime(2026, 5, 5, tzinfo=PARIS), "results"),
        (datetime(2026, 6, 5, tzinfo=PARIS), None),
    ],
)
def test_the_countdown_counts_to_what_people_wait_for(moment, name):
    deadline = next_deadline(CALENDAR, moment)

    assert (deadline.name if deadline else None) == name


def test_between_registration_and_submission_the_countdown_waits_for_submission():
    calendar = replace(CALENDAR, registration_closes_at=datetime(2026, 3, 10, tzinfo=PARIS))

    assert next_deadline(calendar, datetime(2026, 3, 12, tzinfo=PARIS)).name == "submission_opens"


def test_home_shows_the_edition_that_people_can_act_in():
    now = datetime(2026, 3, 18, tzinfo=PARIS)
    year = timedelta(days=365)
    dates = [name for name in CALENDAR.__dataclass_fields__ if name != "results_public_at"]
    announced = replace(CALENDAR, **{name: getattr(CALENDAR, name) + year for name in dates})
    over = replace(CALENDAR, submission_opens_at=now - 3 * SECOND, submission_closes_at=now - SECOND)

    assert edition_to_show([announced, over, CALENDAR], now) is CALENDAR
    assert edition_to_show([announced, replace(over, results_public_at=now)], now) is announced
    assert edition_to_show([], now) is None


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("registration_closes_at", CALENDAR.registration_opens_at),
        ("submission_opens_at", CALENDAR.registration_opens_at - SECOND),
        ("submission_closes_at", CALENDAR.submission_opens_at),
        ("judging_opens_at", CALENDAR.submission_closes_at - SECOND),
        ("judging_closes_at", CALENDAR.judging_opens_at),
        ("results_expected_at", CALENDAR.judging_closes_at - SECOND),
    ],
)
def test_dates_out_of_order_are_refused_on_their_field(field, wrong):
    with pytest.raises(Invalid) as refusal:
        check_dates(replace(CALENDAR, **{field: wrong}))

    assert refusal.value.field == field


def test_dates_in_order_are_accepted_even_where_they_touch():
    check_dates(
        replace(
            CALENDAR,
            submission_opens_at=CALENDAR.registration_opens_at,
            judging_opens_at=CALENDAR.submission_closes_at,
            results_expected_at=CALENDAR.judging_closes_at,
        )
    )


@pytest.mark.parametrize(
    ("field", "numbers"),
    [("smallest_team", (0, 5, 3)), ("largest_team", (4, 3, 3)), ("reviews_needed", (1, 5, 0))],
)
def test_numbers_without_sense_are_refused_on_their_field(field, numbers):
    smallest, largest, reviews = numbers

    with pytest.raises(Invalid) as refusal:
        check_numbers(smallest_team=smallest, largest_team=largest, reviews_needed=reviews)

    assert refusal.value.field == field
