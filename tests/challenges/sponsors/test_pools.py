"""Money that leaves a pool otherwise than by a prize, and what is taken back."""

import threading
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from challenges.ledger.models import Transaction
from challenges.ledger.queries import figures_of_pledges
from challenges.ledger.rules import TransactionKind
from challenges.sponsors import pools, queries
from challenges.sponsors.models import Custody
from challenges.sponsors.pools import Release
from hackaviz.kernel.audit import Action
from hackaviz.kernel.errors import Conflict, DomainError, Invalid
from hackaviz.web.database import sessions
from tests.factories import make_edition, make_person, make_pledge, make_sponsor

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def sponsor(session):
    return make_sponsor(session, make_edition(session))


def release(session, pledge, cents, way=TransactionKind.REFUND, *, key="once", actor=None):
    asked = Release(way, cents, date(2026, 11, 1), "The committee decided on 3 November", "VIR-1", key)
    return pools.release(session, pledge=pledge, release=asked, actor=actor, now=NOW)


def figures(session, pledge):
    return figures_of_pledges(session, [pledge.id])[pledge.id]


@pytest.mark.parametrize("way", [TransactionKind.REFUND, TransactionKind.CARRY_OVER])
def test_what_leaves_a_pool_is_no_longer_left_and_its_decision_is_kept(app, session, sponsor, way):
    pledge, actor = make_pledge(session, sponsor, 10_000), make_person(session)
    written = release(session, pledge, 2_500, way, actor=actor)
    assert (pledge.left_cents, figures(session, pledge).left) == (7_500, 7_500)
    assert (written.decision, written.recorded_by_id) == ("The committee decided on 3 November", actor.id)
    assert session.scalars(select(Action.verb).where(Action.verb == f"pledge.{way}")).all() == [f"pledge.{way}"]


def test_costs_are_paid_only_by_money_given_for_them(app, session, sponsor):
    with pytest.raises(Invalid) as refused:
        release(session, make_pledge(session, sponsor, 10_000), 1, TransactionKind.COST)
    assert refused.value.field == "way"
    allowed = make_pledge(session, sponsor, 10_000, may_pay_costs=True)
    release(session, allowed, 10_000, TransactionKind.COST)
    assert (allowed.left_cents, figures(session, allowed).costs) == (0, 10_000)


def test_more_than_is_left_is_refused_beside_the_amount(app, session, sponsor):
    pledge = make_pledge(session, sponsor, 10_000, received=4_000)
    with pytest.raises(Invalid) as refused:
        release(session, pledge, 4_001)
    assert refused.value.field == "cents"


def test_the_same_form_sent_twice_counts_once_even_when_nothing_is_left(app, session, sponsor):
    pledge = make_pledge(session, sponsor, 10_000)
    assert release(session, pledge, 10_000).id == release(session, pledge, 10_000).id
    assert figures(session, pledge).refunded == 10_000
    assert len(session.scalars(select(Action).where(Action.verb == "pledge.refund")).all()) == 1


def test_a_payment_recorded_by_mistake_is_taken_back_and_is_expected_again(app, session, sponsor):
    pledge = make_pledge(session, sponsor, 10_000, received=6_000)
    receipt = session.scalars(select(Transaction).where(Transaction.kind == TransactionKind.RECEIPT)).one()
    pools.take_back(session, transaction=receipt, decision="Another sponsor's transfer", actor=None, now=NOW)
    assert (pledge.received_cents, figures(session, pledge).received) == (0, 0)
    [payment] = queries.pledge_by_id(session, sponsor.edition, pledge.id).payments
    assert payment.reversal.reason == "Another sponsor's transfer"


def test_a_refund_taken_back_is_left_again(app, session, sponsor):
    pledge = make_pledge(session, sponsor, 10_000)
    refund = release(session, pledge, 2_500)
    pools.take_back(session, transaction=refund, decision="Wrong pledge", actor=None, now=NOW)
    assert (pledge.left_cents, pledge.released_cents) == (10_000, 0)


def test_a_promise_is_not_taken_back_here(app, session, sponsor):
    make_pledge(session, sponsor, 10_000, custody=Custody.DIRECT, received=0)
    promise = session.scalars(select(Transaction)).one()
    with pytest.raises(Conflict):
        pools.take_back(session, transaction=promise, decision="x", actor=None, now=NOW)


@pytest.mark.parametrize("organisers", [2, 10, 50])
def test_organisers_who_spend_the_last_euros_at_once_never_spend_more(app, session, sponsor, organisers):
    pledge = make_pledge(session, sponsor, 100_000)
    session.commit()
    with app.app_context():
        factory = sessions().writing
    done = []

    def spend(number):
        with app.app_context(), factory() as own:
            try:
                found = queries.pledge_by_id(own, sponsor.edition, pledge.id)
                release(own, found, 30_000, key=f"key-{number}")
                own.commit()
                done.append(number)
            except DomainError:
                own.rollback()

    threads = [threading.Thread(target=spend, args=(number,)) for number in range(organisers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.expire_all()
    assert len(done) == min(organisers, 3)
    assert pledge.left_cents == figures(session, pledge).left == 100_000 - 30_000 * len(done)
