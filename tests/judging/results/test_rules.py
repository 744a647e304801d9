"""When results may be published."""

from datetime import UTC, datetime, timedelta

import pytest

from judging.results.rules import judging_is_over

OPENS = datetime(2026, 12, 12, 9, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=14)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "unfinished", "is_over"),
    [
        (OPENS - INSTANT, 0, False),
        (OPENS, 0, True),
        (OPENS, 1, False),
        (CLOSES, 1, False),
        (CLOSES + INSTANT, 1, True),
    ],
)
def test_a_jury_has_ended_when_all_is_done_or_its_time_is_up_but_not_before_it_began(now, unfinished, is_over):
    assert judging_is_over(OPENS, CLOSES, unfinished, now) is is_over
