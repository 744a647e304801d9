"""The chance of a prize is the chance of a place that has one: mentions, gifts and panels' prizes go by no place."""

import json

import pytest

from challenges.sponsors.models import PrizeRule
from challenges.sponsors.rules import FIRST_WITHOUT_PLACE, PrizeKind
from judging.scoring.analysis.reading import read_challenge
from judging.scoring.queries import judged_challenges
from judging.sealing.service import seal
from tests.factories import make_prize
from tests.support.sealed import NOW

pytestmark = [pytest.mark.database("sqlite"), pytest.mark.usefixtures("in_app")]


def chances(session, edition, challenge):
    """The chances of a prize, as they are sealed and as organisers read them."""
    session.expire_all()
    document = json.loads(seal(session, edition=edition, actor=None, now=NOW).public)
    sealed = {row["entry"]: row["prize"] for row in document["challenges"][0]["ranking"]}
    read = read_challenge(session, edition, challenge).figures
    assert {code: f"{row.prize:.4f}" for code, row in read.items()} == sealed
    return sealed


@pytest.mark.parametrize("kind", [PrizeKind.MENTION, PrizeKind.AUDIENCE])
def test_a_prize_that_goes_by_no_place_makes_no_place_win(session, edition, kind):
    [challenge] = judged_challenges(session, edition)
    without = chances(session, edition, challenge)
    make_prize(session, edition, challenge, place=FIRST_WITHOUT_PLACE, rule=PrizeRule(kind=kind))
    assert chances(session, edition, challenge) == without
    make_prize(session, edition, challenge)
    assert chances(session, edition, challenge) == without
    make_prize(session, edition, challenge, place=2)
    more = chances(session, edition, challenge)
    assert more != without and all(float(more[code]) >= float(without[code]) for code in without)
