"""A prize that nobody gets: its money goes back, over or on, along those who would have paid, once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.exc import IntegrityError

from challenges.editions.rules import Phase
from challenges.ledger.checks import CHECKS as LEDGER
from challenges.ledger.models import Transaction
from challenges.ledger.queries import figures_of_edition, figures_of_pledges
from challenges.ledger.rules import TransactionKind
from challenges.ledger.service import KeyTaken
from challenges.sponsors.checks import CHECKS as PLEDGES
from challenges.sponsors.models import CarriedPledge, Custody, PledgePrize
from challenges.sponsors.pools import take_back
from challenges.sponsors.prizes import change_prize, terms_of
from challenges.sponsors.queries import pledges_of, prizes_of
from hackaviz.accounts.models import Role
from hackaviz.kernel.errors import Conflict, Invalid
from judging.prizes import service
from judging.prizes.checks import CHECKS as AWARDS
from judging.prizes.models import Award
from judging.prizes.outcomes.queries import open_cents
from judging.prizes.outcomes.rules import Way
from judging.prizes.outcomes.service import Settlement, settle_prize
from judging.prizes.queries import awards_of
from judging.prizes.service import CannotFund, Given
from tests.factories import (
    grant,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_pledge,
    make_prize,
    make_review,
    make_sponsor,
    save,
    sign_in,
)
from tests.support.prizes import judged
from tests.support.worlds import once

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
ACT = {"actor": None, "now": NOW}
GONE = (TransactionKind.REFUND, TransactionKind.REDUCTION)


def a_prize_for_nobody(session):
    """One ranked entry: the first prize is awarded, nobody gets the second of 500.

    Pledged are 800 for any prize (direct), and 300 for the second prize alone.
    """
    edition = judged(session, prizes=(40_000, 50_000))
    first, second = prizes_of(session, edition)
    sponsor = make_sponsor(session, edition, name="The port")
    wide = make_pledge(session, sponsor, 80_000, received=0, custody=Custody.DIRECT, name="Wide")
    narrow = make_pledge(session, sponsor, 30_000, name="Narrow")
    save(session, PledgePrize(pledge_id=narrow.id, prize_id=second.id))
    service.award_by_ranking(session, edition=edition, **ACT)
    return {"edition": edition, "prizes": [first, second], "pledges": (wide, narrow)}


@pytest.fixture
def world(session):
    return once(session, a_prize_for_nobody)


@pytest.fixture
def prizes(world):
    return world["prizes"]


@pytest.fixture
def pledges(world):
    return world["pledges"]


def settle(session, edition, prize, way, key="once", **target):
    settlement = Settlement(way, date(2020, 12, 1), "The committee, 30 November", key, **target)
    return settle_prize(session, edition=edition, prize=prize, settlement=settlement, **ACT)


def broken(session):
    session.flush()
    session.expire_all()
    return [found for look in {**LEDGER, **PLEDGES, **AWARDS}.values() for found in look(session)]


def figures(session, pledges):
    found = figures_of_pledges(session, [each.id for each in pledges])
    return [found[each.id] for each in pledges]


def test_a_refund_returns_to_those_who_would_have_paid_and_leaves_nothing_to_award(session, edition, prizes, pledges):
    made = settle(session, edition, prizes[1], Way.REFUND)
    assert {part.pledge.name: part.cents for part in made.parts} == {"Wide": 20_000, "Narrow": 30_000}
    # Of what a sponsor pays itself nothing came that could go back: it promises less.
    assert [each.refunded for each in figures(session, pledges)] == [0, 30_000]
    assert [each.promised for each in figures(session, pledges)] == [60_000, 30_000]
    assert open_cents(session, prizes[1]) == 0
    entry = make_handed_in_entry(session, make_challenge(session, edition))
    with pytest.raises(Invalid):
        service.give_award(session, edition=edition, prize=prizes[1], entry=entry, given=Given(1), **ACT)
    with pytest.raises(Invalid):
        settle(session, edition, prizes[1], Way.REFUND, key="twice")
    acts = session.scalars(select(Transaction).where(Transaction.kind.in_(GONE))).all()
    assert len(acts) == 2
    assert {act.decision for act in acts} == {"The committee, 30 November"}
    assert broken(session) == []


def test_the_same_form_twice_counts_once_and_with_other_words_is_refused(session, edition, prizes, pledges):
    first = settle(session, edition, prizes[1], Way.REFUND)
    assert settle(session, edition, prizes[1], Way.REFUND).id == first.id
    with pytest.raises(KeyTaken):
        settle(session, edition, prizes[1], Way.CARRY_OVER, target_edition=make_edition(session))
    assert [(each.promised, each.refunded) for each in figures(session, pledges)] == [(60_000, 0), (30_000, 30_000)]


def test_a_refund_that_was_a_mistake_opens_the_prize_again(session, edition, prizes, pledges):
    settle(session, edition, prizes[1], Way.REFUND)
    for act in session.scalars(select(Transaction).where(Transaction.kind.in_(GONE))).all():
        take_back(session, transaction=act, decision="A mistake", **ACT)
    assert open_cents(session, prizes[1]) == 50_000
    assert broken(session) == []


def test_what_was_given_back_is_not_dealt_again_to_who_ranks_next(session, edition, prizes, pledges):
    settle(session, edition, prizes[1], Way.REFUND)
    make_pledge(session, make_sponsor(session, edition), 50_000)
    make_review(session, make_juror(session, edition), make_handed_in_entry(session, awarded(session, edition)[0]), [1])
    made = service.award_by_ranking(session, edition=edition, **ACT)
    assert [(award.prize_id, award.cents) for award in made] == [(prizes[0].id, 40_000)]
    assert broken(session) == []


def awarded(session, edition):
    return [award.entry.challenge for award in awards_of(session, edition)]


def test_a_prize_is_not_announced_below_what_was_given_back(app, session, edition, prizes, pledges):
    settle(session, edition, prizes[1], Way.REFUND)
    lower = replace(terms_of(prizes[1]), cents=49_999)
    with app.app_context(), pytest.raises(Invalid):
        change_prize(session, prize=prizes[1], terms=lower, **ACT)


def test_the_database_gives_no_money_twice(session, edition, prizes, pledges):
    settle(session, edition, prizes[1], Way.REFUND)
    session.commit()
    entry = make_handed_in_entry(session, make_challenge(session, edition))
    session.commit()
    with pytest.raises(IntegrityError):
        save(session, Award(prize=prizes[1], entry=entry, cents=1, decided_at=NOW))
    session.rollback()
    again = (
        "INSERT INTO prize_outcome_parts (outcome_id, pledge_id, cents, transaction_key) SELECT p.outcome_id, :other, "
        "1, t.key FROM prize_outcome_parts p, ledger_transactions t WHERE t.kind = 'pledge' LIMIT 1"
    )
    other = make_pledge(session, make_sponsor(session, edition), 100)
    session.commit()
    with pytest.raises(IntegrityError):
        session.execute(text(again), {"other": other.id})


@pytest.mark.parametrize("way", [Way.MOVE, Way.CARRY_OVER])
@pytest.mark.usefixtures("pledges")
def test_nothing_that_everybody_would_see_is_done_before_the_results(app, session, edition, prizes, way):
    session.execute(delete(PledgePrize))
    targets = {Way.MOVE: {"target_prize": prizes[0]}, Way.CARRY_OVER: {"target_edition": make_edition(session)}}
    with app.app_context(), pytest.raises(Conflict, match="before the results"):
        settle(session, edition, prizes[1], way, **targets[way])
    assert (open_cents(session, prizes[1]), prizes[0].cents) == (50_000, 40_000)


def test_money_carried_over_opens_pledges_there_held_as_before(session, edition, prizes, pledges):
    edition.results_public_at = NOW
    later = make_edition(session, Phase.ANNOUNCED)
    settle(session, edition, prizes[1], Way.CARRY_OVER, target_edition=later)
    opened = pledges_of(session, later)
    told = [(each.sponsor.name, each.custody, each.promised_cents, each.left_cents) for each in opened]
    assert sorted(told) == [
        ("The port", Custody.DIRECT, 20_000, 20_000),
        ("The port", Custody.ORGANISER, 30_000, 30_000),
    ]
    assert figures_of_edition(session, edition).carried_over == figures_of_edition(session, later).left == 50_000
    carried = session.scalars(select(CarriedPledge)).first()
    act = session.scalars(select(Transaction).where(Transaction.key == carried.transaction_key)).one()
    with pytest.raises(Conflict):
        take_back(session, transaction=act, decision="A mistake", **ACT)
    assert broken(session) == []


def test_money_moved_on_goes_to_the_winner_of_another_prize_by_a_ledger_act(app, session, edition, prizes, pledges):
    edition.results_public_at = NOW
    with pytest.raises(Conflict):
        settle(session, edition, prizes[1], Way.MOVE, target_prize=prizes[0])
    session.execute(delete(PledgePrize))
    with app.app_context():
        settle(session, edition, prizes[1], Way.MOVE, target_prize=prizes[0])
    session.expire_all()
    assert [(prize.cents, prize.awarded_cents) for prize in prizes] == [(90_000, 90_000), (0, 0)]
    last = session.scalars(select(Transaction).order_by(Transaction.id.desc())).first()
    assert (last.kind, last.decision) == (TransactionKind.AWARD, "The committee, 30 November")
    assert figures_of_edition(session, edition).bound == 90_000
    assert broken(session) == []


def test_a_prize_whose_money_never_came_cannot_be_given_back(session):
    edition = make_edition(session, Phase.DELIBERATION)
    prize = make_prize(session, edition, None, 10_000)
    make_pledge(session, make_sponsor(session, edition), 10_000, received=4_000)
    with pytest.raises(CannotFund) as refused:
        settle(session, edition, prize, Way.REFUND)
    assert refused.value.missing_cents == 6_000


def test_an_organiser_decides_on_the_page_and_an_outsider_sees_nothing(client, session, edition, prizes, pledges):
    path = f"/editions/{edition.slug}/organise/prizes/{prizes[1].id}/not-awarded?lang=en"
    assert sign_in(client, make_person(session)).get(path).status_code == 403
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    page = sign_in(client, organiser).get(path).text
    assert "Narrow" in page and "€300.00" in page
    form = {"way": "refund", "happened_on": "2020-12-01", "decision": "The committee", "request_key": "page"}
    assert client.post(path, data=form).status_code == 302
    page = client.get(f"/editions/{edition.slug}/organise/awards?lang=en").text
    assert "given back" in page and "The committee" in page
