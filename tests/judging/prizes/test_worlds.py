"""Money over random stories: whatever people do, and in whatever order, every invariant holds."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from challenges.editions.rules import Phase
from challenges.ledger.checks import CHECKS as LEDGER
from challenges.ledger.models import Account, Line, Transaction
from challenges.ledger.queries import figures_of_edition
from challenges.ledger.rules import AccountKind, TransactionKind
from challenges.sponsors import pools
from challenges.sponsors.checks import CHECKS as PLEDGES
from challenges.sponsors.eligibility.models import PledgeRule
from challenges.sponsors.models import Custody, PledgePrize
from challenges.sponsors.pools import Release
from challenges.sponsors.queries import pledges_of, purpose_of
from challenges.sponsors.reducing import Reduction, reduce_pledge
from challenges.sponsors.rules import may_pay
from challenges.sponsors.service import Payment, record_payment
from hackaviz.kernel.errors import DomainError
from hackaviz.kernel.identifiers import new_public_id
from judging.prizes import service
from judging.prizes.checks import CHECKS as AWARDS
from judging.prizes.correcting import take_payment_back
from judging.prizes.queries import awards_of
from tests.factories import (
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_pledge,
    make_prize,
    make_review,
    make_sponsor,
    pay,
)

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
ACT = {"actor": None, "now": NOW}
ACTS = ("receive", "award", "take back", "fund", "refund", "reverse", "pay", "take payment back", "reduce")
stories = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 7), st.integers(1, 40_000)), max_size=14)


@pytest.fixture
def edition(session):
    """Two challenges, four ranked entries of which two tie, four prizes, and pledges of every kind and purpose."""
    edition = make_edition(session, Phase.DELIBERATION, reviews_needed=1)
    sponsor = make_sponsor(session, edition)
    for marks in ((4, 4), (3, 2)):
        challenge = make_challenge(session, edition, criteria=1)
        for mark in marks:
            make_review(session, make_juror(session, edition), make_handed_in_entry(session, challenge), [mark])
        for place in (1, 2):
            make_prize(session, edition, challenge, 10_001, place=place)
    prize = make_prize(session, edition, None, 5_000)
    make_pledge(session, sponsor, 30_000, received=20_000)
    make_pledge(session, sponsor, 20_000, received=0, custody=Custody.CARRIER, carrier_name="The chamber")
    direct = make_pledge(session, sponsor, 25_000, received=0, custody=Custody.DIRECT)
    single = make_pledge(session, sponsor, 6_000)
    session.add(PledgePrize(pledge_id=single.id, prize_id=prize.id))
    direct.rule = PledgeRule(students_only=True)
    session.commit()
    return edition


@pytest.mark.usefixtures("app")
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(stories)
def test_nothing_is_created_lost_overdrawn_or_spent_on_another_purpose(session, edition, story):
    for act, which, cents in story:
        with session.begin_nested() as step:
            try:
                live(session, edition, act, which, cents)
            except (DomainError, IndexError):
                step.rollback()
        session.expire_all()
    broken = {name: found for name, look in {**LEDGER, **PLEDGES, **AWARDS}.items() if (found := list(look(session)))}
    assert broken == {}
    figures = figures_of_edition(session, edition)
    where = (figures.expected, figures.left, figures.bound, figures.paid, figures.costs, figures.refunded)
    assert sum(where) + figures.carried_over == figures.promised == 81_000 - reduced(session)
    assert figures.promised == sum(pledge.promised_cents for pledge in pledges_of(session, edition))
    assert min(where) >= 0
    for award in awards_of(session, edition):
        for funding in award.fundings:
            assert may_pay(award.prize, *purpose_of(session, funding.pledge))
    session.rollback()


def reduced(session):
    """What was taken off promises, and not promised again."""
    owed = select(func.coalesce(func.sum(Line.cents), 0)).join(Line.account).join(Line.transaction)
    return session.scalar(owed.where(Account.kind == AccountKind.SPONSOR, Transaction.kind != TransactionKind.PLEDGE))


def live(session, edition, act, which, cents):
    """One step of a story; what makes no sense is refused."""
    pledges, awards = pledges_of(session, edition), awards_of(session, edition)
    if act == "receive":
        payment = Payment(cents, date(2026, 5, 1), "VIR", new_public_id())
        record_payment(session, pledge=pledges[which % 4], payment=payment, **ACT)
    elif act == "award":
        service.award_by_ranking(session, edition=edition, **ACT)
    elif act == "take back":
        service.take_back(session, edition=edition, award=awards[which], **ACT)
    elif act == "fund":
        service.fund_awards(session, edition=edition, **ACT)
    elif act == "refund":
        asked = Release(TransactionKind.REFUND, cents, date(2026, 6, 1), "The board", "", new_public_id())
        pools.release(session, pledge=pledges[which % 4], release=asked, **ACT)
    elif act == "reverse":
        done = session.scalars(select(Transaction).order_by(Transaction.id.desc())).all()
        pools.take_back(session, transaction=done[which], decision="A mistake", **ACT)
    elif act == "pay":
        pay(session, edition, awards[which], date(2020, 12, 1), "VIR")
    elif act == "take payment back":
        take_payment_back(session, edition=edition, award=awards[which], reason="A mistake", **ACT)
    elif act == "reduce":
        asked = Reduction(cents, date(2026, 6, 1), "The sponsor", new_public_id())
        reduce_pledge(session, pledge=pledges[which % 4], reduction=asked, **ACT)
