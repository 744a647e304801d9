"""Posting and taking back, on real databases."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from challenges.editions.models import Edition
from challenges.ledger import queries, service
from challenges.ledger.models import Line, Transaction
from challenges.ledger.rules import AccountKind, Move, TransactionKind
from challenges.ledger.service import AlreadyReversed, KeyTaken, Overdrawn, Posting
from tests.factories import make_edition, make_person, make_pledge, make_sponsor

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
TODAY = date(2026, 11, 1)


@pytest.fixture
def pledge(session):
    return make_pledge(session, make_sponsor(session, make_edition(session)), 10_000)


def spend(session, pledge, cents, key="spend"):
    moves = [Move(pledge.id, AccountKind.HELD, AccountKind.COSTS, cents)]
    posting = Posting(TransactionKind.COST, key, pledge.edition_id, moves, TODAY, "The board decided")
    return service.post(session, posting=posting, actor=None, now=NOW)


def figures(session, pledge):
    return queries.figures_of_pledges(session, [pledge.id])[pledge.id]


def test_an_act_moves_money_and_says_who_and_why(session, pledge):
    actor = make_person(session)
    moves = [Move(pledge.id, AccountKind.HELD, AccountKind.REFUNDED, 2_500)]
    posting = Posting(TransactionKind.REFUND, "key", pledge.edition_id, moves, TODAY, "Nobody won", {"reference": "R"})
    written = service.post(session, posting=posting, actor=actor, now=NOW)
    assert (written.recorded_by_id, written.decision, written.details) == (actor.id, "Nobody won", {"reference": "R"})
    assert (figures(session, pledge).left, figures(session, pledge).refunded) == (7_500, 2_500)


def test_the_same_act_a_hundred_times_counts_once(session, pledge):
    assert len({spend(session, pledge, 10).id for _ in range(100)}) == 1
    assert figures(session, pledge).costs == 10


def test_the_same_key_with_another_amount_is_refused(session, pledge):
    spend(session, pledge, 10)
    with pytest.raises(KeyTaken):
        spend(session, pledge, 11)
    assert figures(session, pledge).costs == 10


@pytest.mark.parametrize(
    "other", [{"happened_on": date(2026, 11, 2)}, {"decision": "Another one"}, {"details": {"reference": "R"}}]
)
def test_the_same_key_with_another_day_decision_or_detail_is_refused(session, pledge, other):
    moves = [Move(pledge.id, AccountKind.HELD, AccountKind.COSTS, 10)]
    posting = Posting(TransactionKind.COST, "spend", pledge.edition_id, moves, TODAY, "The board decided")
    service.post(session, posting=posting, actor=None, now=NOW)
    with pytest.raises(KeyTaken):
        service.post(session, posting=replace(posting, **other), actor=None, now=NOW)


def test_an_act_that_is_taken_back_is_not_confirmed_again(session, pledge):
    service.reverse(session, transaction=spend(session, pledge, 10), decision="Wrong pledge", actor=None, now=NOW)
    with pytest.raises(KeyTaken):
        spend(session, pledge, 10)
    assert figures(session, pledge).left == 10_000


def test_an_act_of_now_counts_on_the_day_that_it_is_where_the_edition_is(session, pledge):
    session.get_one(Edition, pledge.edition_id).time_zone = "Indian/Reunion"
    written = spend(session, pledge, 10)
    evening = datetime(2026, 11, 1, 21, tzinfo=UTC)
    back = service.reverse(session, transaction=written, decision="Wrong pledge", actor=None, now=evening)
    assert back.happened_on == date(2026, 11, 2)


def test_more_than_there_is_is_refused_and_nothing_is_written(session, pledge):
    before = session.scalar(select(func.count(Transaction.id)))
    with pytest.raises(Overdrawn):
        spend(session, pledge, 10_001)
    assert session.scalar(select(func.count(Transaction.id))) == before
    assert figures(session, pledge).left == 10_000


def test_an_act_is_taken_back_once_and_both_stay_to_be_read(session, pledge):
    cost = spend(session, pledge, 4_000)
    back = service.reverse(session, transaction=cost, decision="Wrong pledge", actor=None, now=NOW)
    assert figures(session, pledge).left == 10_000
    assert [(each.id, each.reverses_id) for each in (cost, back)] == [(cost.id, None), (back.id, cost.id)]
    with pytest.raises(AlreadyReversed):
        service.reverse(session, transaction=cost, decision="Again", actor=None, now=NOW)


def test_an_act_whose_money_went_on_cannot_be_taken_back(session, pledge):
    receipt = session.scalars(select(Transaction).where(Transaction.kind == TransactionKind.RECEIPT)).one()
    spend(session, pledge, 1)
    with pytest.raises(Overdrawn):
        service.reverse(session, transaction=receipt, decision="Never arrived", actor=None, now=NOW)


def test_a_statement_reads_where_the_money_came_to_and_what_was_taken_back(session, pledge):
    cost = spend(session, pledge, 4_000)
    service.reverse(session, transaction=cost, decision="Wrong", actor=None, now=NOW)
    lines = queries.statement_of(session, pledge.id)
    assert [(line.transaction.kind, line.account.kind, line.cents) for line in lines] == [
        ("reversal", "costs", -4_000),
        ("cost", "costs", 4_000),
        ("receipt", "held", 10_000),
        ("pledge", "promised", 10_000),
    ]


def test_every_transaction_of_the_ledger_sums_to_zero(session, pledge):
    spend(session, pledge, 4_000)
    sums = session.execute(select(Line.transaction_key, func.sum(Line.cents)).group_by(Line.transaction_key))
    assert {int(total) for _key, total in sums} == {0}
