"""What a pledge is given for, and when its money is expected."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from challenges.sponsors import pools, queries, terms
from challenges.sponsors.carrying import carry_over
from challenges.sponsors.eligibility.models import PledgeRule
from challenges.sponsors.eligibility.rules import ConditionTerms
from challenges.sponsors.models import CarriedPledge
from challenges.sponsors.pools import Release
from challenges.sponsors.prizes import withdraw_prize
from challenges.sponsors.rules import late_cents, may_pay
from challenges.sponsors.terms import Purpose
from hackaviz.kernel.errors import Conflict, Invalid
from tests.factories import make_challenge, make_edition, make_pledge, make_prize, make_sponsor, save

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
ACT = {"actor": None, "now": NOW}


@pytest.fixture
def pledge(session):
    return make_pledge(session, make_sponsor(session, make_edition(session)), 10_000, received=4_000)


def give_for(session, pledge, challenges=(), prizes=()):
    conditions = ConditionTerms(students_only=True, under_age=26, age_on=date(2027, 3, 1))
    purpose = Purpose(challenges, prizes, may_pay_costs=False, other_conditions="Mixed teams", conditions=conditions)
    terms.set_purpose(session, pledge=pledge, purpose=purpose, **ACT)


def test_money_is_given_for_challenges_and_for_single_prizes(app, session, pledge):
    edition = pledge.sponsor.edition
    one, other = make_challenge(session, edition), make_challenge(session, edition)
    first, whole = make_prize(session, edition, one, 3_000), make_prize(session, edition, None, 2_000)
    make_prize(session, edition, other, 500)
    assert queries.announced_for(session, edition, [pledge])[pledge.id] == 5_500
    give_for(session, pledge, [one.id], [whole.id])
    assert queries.purpose_of(session, pledge) == (frozenset({one.id}), frozenset({whole.id}))
    assert queries.announced_for(session, edition, [pledge])[pledge.id] == first.cents + whole.cents
    assert pledge.conditions.en == "students only, under 26 on 1 March 2027"
    assert pledge.other_conditions == "Mixed teams"


def test_conditions_are_whole_in_the_service_and_in_the_database(app, session, pledge):
    half = Purpose((), (), may_pay_costs=False, other_conditions="", conditions=ConditionTerms(under_age=26))
    with pytest.raises(Invalid) as refused:
        terms.set_purpose(session, pledge=pledge, purpose=half, **ACT)
    assert refused.value.field == "under_age"
    with pytest.raises(IntegrityError):
        save(session, PledgeRule(pledge_id=pledge.id, under_age=26))


def test_conditions_that_are_taken_off_leave_nothing_behind(app, session, pledge):
    give_for(session, pledge)
    open_to_all = Purpose((), (), may_pay_costs=False, other_conditions="")
    terms.set_purpose(session, pledge=pledge, purpose=open_to_all, **ACT)
    session.flush()
    assert session.scalars(select(PledgeRule)).all() == []


def test_money_that_goes_over_keeps_the_conditions_of_its_giver(app, session, pledge):
    give_for(session, pledge)
    leaving = Release("carry_over", 500, NOW.date(), "The board", "", "key")
    carry_over(session, source=pledge, edition=make_edition(session), leaving=leaving, **ACT)
    opened = session.scalars(select(CarriedPledge)).one().pledge
    assert opened.id != pledge.id and opened.conditions == pledge.conditions


def test_a_prize_for_which_money_was_given_cannot_be_withdrawn(app, session, pledge):
    prize = make_prize(session, pledge.sponsor.edition, None)
    give_for(session, pledge, prizes=[prize.id])
    with pytest.raises(Conflict):
        withdraw_prize(session, prize=prize, **ACT)


def test_a_purpose_stays_once_money_is_spent(app, session, pledge):
    release = Release("refund", 1, NOW.date(), "No", "", "key")
    pools.release(session, pledge=pledge, release=release, **ACT)
    with pytest.raises(Conflict):
        give_for(session, pledge)


def test_a_schedule_never_expects_more_than_was_promised_nor_twice_on_a_day(app, session, pledge):
    part = terms.expect_instalment(session, pledge=pledge, due_on=date(2026, 5, 1), cents=6_000, **ACT)
    with pytest.raises(Invalid) as refused:
        terms.expect_instalment(session, pledge=pledge, due_on=date(2026, 6, 1), cents=4_001, **ACT)
    assert refused.value.field == "cents"
    with pytest.raises(Invalid) as refused:
        terms.expect_instalment(session, pledge=pledge, due_on=date(2026, 5, 1), cents=1, **ACT)
    assert refused.value.field == "due_on"
    terms.drop_instalment(session, instalment=part, **ACT)
    assert pledge.instalments == []


def test_only_what_the_schedule_says_is_late(app, session, pledge):
    for month, cents in ((5, 3_000), (6, 2_500), (7, 4_500)):
        terms.expect_instalment(session, pledge=pledge, due_on=date(2026, month, 1), cents=cents, **ACT)

    def late(day):
        return late_cents(pledge, None, pledge.instalments, day)

    assert [late(date(2026, 5, 2)), late(date(2026, 6, 1)), late(date(2026, 6, 2))] == [0, 0, 1_500]
    assert late_cents(pledge, date(2026, 5, 1), (), date(2026, 5, 2)) == 6_000


def test_without_purpose_any_prize_may_be_paid_and_with_one_only_those(session, pledge):
    prize = make_prize(session, pledge.sponsor.edition, None)
    assert may_pay(prize, (), ())
    assert may_pay(prize, (), (prize.id,))
    assert not may_pay(prize, (7,), ())
