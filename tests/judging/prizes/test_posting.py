"""Awards in the ledger: bound, freed, paid, and never out of step with who pays."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from challenges.ledger.models import Line, Transaction
from challenges.ledger.queries import figures_of_edition
from challenges.sponsors.eligibility.models import PledgeRule
from challenges.sponsors.models import PledgePrize
from challenges.sponsors.queries import pledges_of
from judging.prizes import service
from submissions.teams.models import Registration
from tests.factories import (
    make_person,
    make_pledge,
    make_prize,
    make_sponsor,
    pay,
)
from tests.support.prizes import judged
from tests.support.worlds import once

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def two_pledges_share_a_prize(session):
    """Two ranked entries, a prize of 50,000 for the first, and two pledges that share it."""
    edition = judged(session, marks=(4, 3))
    sponsor = make_sponsor(session, edition)
    make_pledge(session, sponsor, 30_000)
    make_pledge(session, sponsor, 60_000)
    return edition


@pytest.fixture
def edition(session):
    return once(session, two_pledges_share_a_prize)


@pytest.fixture
def acts(session, edition):
    return {"edition": edition, "actor": make_person(session), "now": NOW}


def kinds(session):
    return session.scalars(select(Transaction.kind).order_by(Transaction.id)).all()[4:]


def test_an_award_binds_the_money_that_funds_it(app, session, edition, acts):
    [award] = service.award_by_ranking(session, **acts)
    figures = figures_of_edition(session, edition)
    assert (figures.bound, figures.paid, figures.left) == (50_000, 0, 40_000)
    lines = session.scalars(select(Line).where(Line.transaction_key == award.ledger_key, Line.cents > 0)).all()
    assert {line.account.pledge_id: line.cents for line in lines} == {f.pledge_id: f.cents for f in award.fundings}


def test_funding_again_as_before_writes_nothing(app, session, edition, acts):
    service.award_by_ranking(session, **acts)
    service.fund_awards(session, **acts)
    assert kinds(session) == ["award"]


def test_awarding_anew_and_funding_by_hand_take_back_what_was_bound(app, session, edition, acts):
    service.award_by_ranking(session, **acts)
    [award] = service.award_by_ranking(session, **acts)
    large = max(award.fundings, key=lambda funding: funding.pledge.promised_cents).pledge_id
    service.set_funding(session, award=award, cents_by_pledge={large: 50_000}, **acts)
    assert kinds(session) == ["award", "reversal", "award", "reversal", "award"]
    assert figures_of_edition(session, edition).bound == 50_000


def test_an_award_taken_back_frees_its_money(app, session, edition, acts):
    [award] = service.award_by_ranking(session, **acts)
    service.take_back(session, award=award, **acts)
    assert figures_of_edition(session, edition).left == 90_000


def test_a_paid_award_is_paid_in_the_ledger_on_its_day(app, session, edition, acts):
    [award] = service.award_by_ranking(session, **acts)
    pay(session, edition, award, date(2020, 12, 1), "VIR-9")
    paid = session.scalars(select(Transaction).order_by(Transaction.id.desc()).limit(1)).one()
    assert (paid.kind, paid.happened_on, paid.details["reference"]) == ("payment", date(2020, 12, 1), "VIR-9")
    figures = figures_of_edition(session, edition)
    assert (figures.awarded, figures.paid, figures.bound) == (50_000, 50_000, 0)


def test_every_act_together_leaves_a_ledger_that_sums_to_zero(app, session, edition, acts):
    service.award_by_ranking(session, **acts)
    [award] = service.award_by_ranking(session, **acts)
    service.take_back(session, award=award, **acts)
    assert session.scalar(select(func.sum(Line.cents))) == 0


def test_money_for_a_single_prize_pays_no_other(app, session, edition, acts):
    small, large = pledges_of(session, edition)
    other = make_prize(session, edition, None, 10_000)
    session.add(PledgePrize(pledge_id=large.id, prize_id=other.id))
    session.flush()
    with pytest.raises(service.CannotFund) as refused:
        service.award_by_ranking(session, **acts)
    assert (refused.value.missing_cents, refused.value.pledges) == (20_000, [small])


def test_money_for_students_pays_only_teams_of_students(app, session, edition, acts):
    for pledge in pledges_of(session, edition):
        pledge.rule = PledgeRule(students_only=True)
    [award] = service.award_by_ranking(session, **acts)
    service.take_back(session, award=award, **acts)
    member = session.scalars(select(Registration).where(Registration.person_id == award.entry.team.captain.id)).one()
    member.is_student = False
    with pytest.raises(service.CannotFund) as refused:
        service.award_by_ranking(session, **acts)
    assert refused.value.pledges == []
