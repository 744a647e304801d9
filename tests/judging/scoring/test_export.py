"""A juror's copy of their data holds what they wrote, and nothing of others."""

from challenges.editions.rules import Phase
from judging.scoring.export import export_conflicts, export_reviews
from tests.factories import (
    declare_conflict,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_review,
)


def test_a_juror_gets_their_own_reviews_and_conflicts(session, now):
    challenge = make_challenge(session, make_edition(session, Phase.JUDGING, now))
    juror, other = (make_juror(session, challenge.edition) for _ in range(2))
    entry, second = (make_handed_in_entry(session, challenge) for _ in range(2))
    make_review(session, juror, entry, [3, None], finished=False, comment_private="Mine")
    make_review(session, other, entry, [1, 1], comment_private="Theirs")
    declare_conflict(session, juror, second)
    (review,) = export_reviews(session, juror)
    assert (review["entry"], review["marks"], review["comment_private"]) == (entry.code, [3], "Mine")
    assert review["finished_at"] is None
    assert [each["entry"] for each in export_conflicts(session, juror)] == [second.code]
