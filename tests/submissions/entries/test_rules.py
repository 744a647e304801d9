from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from submissions.entries.rules import Missing, Readiness, draft_may_change, drafts_are_late
from submissions.entries.sheet.rules import Sheet, SheetGap

DEADLINE = datetime(2026, 2, 1, tzinfo=UTC)
COMPLETE = Readiness(
    sheet=Sheet("Title", "Message", "Alternative"),
    has_accepted_upload=True,
    citations_with_usage=1,
    members=2,
    smallest_team=2,
    largest_team=2,
    everyone_is_registered=True,
    actor_accepts_current_rules=True,
)


def test_a_complete_entry_misses_nothing():
    assert COMPLETE.missing() == []


@pytest.mark.parametrize(
    ("fact", "missing"),
    [
        ({"has_accepted_upload": False}, Missing.UPLOAD),
        ({"sheet": Sheet("", "Message", "Alternative")}, SheetGap.TITLE),
        ({"sheet": Sheet("Title", "", "Alternative")}, SheetGap.MESSAGE),
        ({"sheet": Sheet("Title", "Message", "")}, SheetGap.TEXT_ALTERNATIVE),
        ({"citations_with_usage": 0}, Missing.CITATION),
        ({"members": 1}, Missing.TEAM_TOO_SMALL),
        ({"members": 3}, Missing.TEAM_TOO_LARGE),
        ({"everyone_is_registered": False}, Missing.REGISTRATION),
        ({"actor_accepts_current_rules": False}, Missing.RULES),
    ],
)
def test_each_missing_thing_is_named(fact, missing):
    assert replace(COMPLETE, **fact).missing() == [missing]


def test_a_draft_changes_until_the_deadline_itself():
    assert draft_may_change(DEADLINE, DEADLINE)
    assert not draft_may_change(DEADLINE, DEADLINE + timedelta(microseconds=1))


def test_a_draft_is_late_when_less_than_three_days_remain():
    assert not drafts_are_late(DEADLINE, DEADLINE - timedelta(days=3))
    assert drafts_are_late(DEADLINE, DEADLINE - timedelta(days=3) + timedelta(seconds=1))
