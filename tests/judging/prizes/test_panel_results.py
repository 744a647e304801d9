"""When a panel has decided about its prize: not before all of its jurors are done, unless judging is closed."""

from datetime import UTC, datetime, timedelta

from challenges.editions.rules import Phase
from challenges.sponsors.models import PrizeRule
from challenges.sponsors.rules import PrizeKind
from judging.panels.sponsors.service import seat_for_prize
from judging.prizes.panel_results import panel_results
from judging.scoring.queries import unfinished_reviews
from tests.factories import (
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_prize,
    make_review,
    make_sponsor,
)

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def test_a_sponsors_prize_is_decided_once_all_its_jurors_are_done_or_judging_is_closed(app, session):
    edition = make_edition(session, Phase.JUDGING, NOW, reviews_needed=1)
    challenge = make_challenge(session, edition, criteria=1)
    rule = PrizeRule(kind=PrizeKind.SPONSOR_CHOICE, sponsor_id=make_sponsor(session, edition).id)
    prize = make_prize(session, edition, challenge, place=101, rule=rule)
    first, second = [make_handed_in_entry(session, challenge) for _two in range(2)]
    one, other = [make_juror(session, edition) for _two in range(2)]
    with app.test_request_context():
        for juror in (one, other):
            seat_for_prize(session, edition=edition, juror=juror, prize=prize, actor=make_person(session), now=NOW)
        make_review(session, one, first, [3])
        assert panel_results(session, edition, NOW) == []
        [late] = panel_results(session, edition, edition.judging_closes_at + timedelta(seconds=1))
        make_review(session, one, second, [1])
        make_review(session, other, first, [1])
        assert (panel_results(session, edition, NOW), unfinished_reviews(session, edition, prize)) == ([], 1)
        make_review(session, other, second, [4])
        [result] = panel_results(session, edition, NOW)
    assert (late.first, result.first) == ([first.id], [second.id])
