"""One conflict more never shows anybody more: not a juror on the meeting's screen, and not a mark in the ranking."""

from itertools import product
from random import Random

import pytest

from challenges.editions.rules import Phase
from judging.deliberation.reading import Order, discussed
from judging.panels.queries import assigned_entries
from judging.scoring.queries import comments_for_team, finished_reviews
from tests.factories import (
    assign,
    declare_conflict,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_review,
)

pytestmark = pytest.mark.database("sqlite")


def exposed(session, challenge, jurors, entries):
    """Every (juror, entry) that a screen shows, every review that counts, every comment that reaches a team."""
    session.expire_all()
    screens = {
        (juror.id, each.entry.id) for juror in jurors for each in discussed(session, challenge, Order.RANKING, juror)
    }
    to_review = {
        (juror.id, entry.id, "list")
        for juror in jurors
        for entry in assigned_entries(session, juror, challenge.edition)
    }
    counted = {(review.juror, review.entry, "counts") for review in finished_reviews(session, challenge.edition)}
    comments = {(entry.id, text) for entry in entries for text in comments_for_team(session, entry)}
    return screens | to_review | counted | comments


@pytest.mark.parametrize("seed", range(3))
def test_a_conflict_more_never_raises_exposure(session, seed):
    edition = make_edition(session, Phase.DELIBERATION, reviews_needed=1)
    challenge = make_challenge(session, edition, criteria=1)
    jurors = [make_juror(session, edition) for _ in range(3)]
    entries = [make_handed_in_entry(session, challenge) for _ in range(3)]
    pairs = list(product(jurors, entries))
    for juror, entry in pairs:
        assign(session, juror, entry)
        make_review(session, juror, entry, [juror.id % 5], comment_to_team=f"{juror.id} on {entry.id}")
    before = exposed(session, challenge, jurors, entries)
    for juror, entry in Random(seed).sample(pairs, len(pairs)):
        declare_conflict(session, juror, entry)
        after = exposed(session, challenge, jurors, entries)
        assert after < before
        assert (juror.id, entry.id) not in after and f"{juror.id} on {entry.id}" not in {row[-1] for row in after}
        before = after
    assert before == set()
