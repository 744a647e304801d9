"""The deadline, to the millisecond: for any deadline, grace and instant."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from submissions.entries.transfers.rules import Closing, HandInState
from submissions.teams.rules import team_deadline
from tests.support.plain import Plain

MS = timedelta(milliseconds=1)
instants = st.timedeltas(timedelta(0), timedelta(days=7000)).map(lambda since: datetime(2020, 1, 1, tzinfo=UTC) + since)
graces = st.integers(0, 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
closings = st.builds(Closing, instants, graces)
around = st.sampled_from([-MS, timedelta(0), MS])


@given(closings, st.timedeltas(-timedelta(days=2), timedelta(days=2)) | around)
def test_a_hand_in_counts_until_the_deadline_itself_whatever_the_grace(closing, distance):
    assert closing.counts(closing.deadline + distance) is (distance <= timedelta(0))


@given(closings, around)
def test_bytes_are_taken_until_the_deadline_and_of_awaited_files_until_the_grace_ends(closing, distance):
    assert closing.may_go_on(closing.deadline + distance, is_awaited=False) is (distance <= timedelta(0))
    assert closing.may_go_on(closing.grace_ends_at + distance, is_awaited=True) is (distance <= timedelta(0))


@given(closings, around, st.none() | st.booleans(), st.timedeltas(timedelta(0), timedelta(days=3)))
def test_a_file_is_whole_in_time_until_the_grace_ends_however_long_we_look_at_it(closing, distance, verdict, later):
    whole_at = closing.grace_ends_at + distance
    fate = closing.fate(whole_at=whole_at, is_accepted=verdict, now=whole_at + later)
    expected = {None: HandInState.WAITING, True: HandInState.COUNTED, False: HandInState.REFUSED}[verdict]
    assert fate is (HandInState.TOO_LATE if distance > timedelta(0) else expected)


@given(closings, around)
def test_a_file_that_is_not_whole_is_waited_for_until_the_grace_ends(closing, distance):
    fate = closing.fate(whole_at=None, is_accepted=None, now=closing.grace_ends_at + distance)
    assert fate is (HandInState.TOO_LATE if distance > timedelta(0) else HandInState.WAITING)


@given(instants, st.lists(instants, max_size=4))
def test_the_last_extension_is_the_deadline_and_without_one_the_edition_says(closes_at, given_deadlines):
    edition = Plain(registration_opens_at=closes_at, submission_closes_at=closes_at)
    team = Plain(edition=edition, extensions=[Plain(closes_at=each) for each in given_deadlines])
    assert team_deadline(team) == [closes_at, *given_deadlines][-1]
