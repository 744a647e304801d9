"""Pledges, payments and prizes, on real databases."""

import threading
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from challenges.ledger.models import Transaction
from challenges.ledger.rules import TransactionKind
from challenges.ledger.service import KeyTaken
from challenges.sponsors import pools, queries, service
from challenges.sponsors.models import Custody, PledgePayment
from challenges.sponsors.prizes import PrizeTerms, declare_prize
from challenges.sponsors.rules import totals_of
from challenges.sponsors.service import Payment, PledgeTerms, SponsorDetails
from hackaviz.kernel.audit import Action
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.errors import Conflict, Invalid
from hackaviz.web.database import sessions
from tests.factories import make_challenge, make_edition, make_person, make_pledge, make_prize, make_sponsor

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def actor(session):
    return make_person(session)


@pytest.fixture
def sponsor(session):
    return make_sponsor(session, make_edition(session))


def pay(session, pledge, cents, key="key-1", actor=None):
    payment = Payment(cents, date(2026, 11, 1), "R-1", key)
    return service.record_payment(session, pledge=pledge, payment=payment, actor=actor, now=NOW)


def test_a_payment_adds_up_on_the_pledge_and_is_logged(app, session, sponsor, actor):
    pledge = make_pledge(session, sponsor, 100_000, received=0)
    pay(session, pledge, 40_000, "a", actor)
    pay(session, pledge, 60_000, "b", actor)
    assert (pledge.received_cents, pledge.held_cents, pledge.left_cents) == (100_000, 100_000, 100_000)
    verbs = session.scalars(select(Action.verb).where(Action.subject_type == "pledges")).all()
    assert verbs == ["pledge.receive", "pledge.receive"]


def test_more_than_was_promised_cannot_arrive(app, session, sponsor):
    pledge = make_pledge(session, sponsor, 100_000, received=99_999)
    with pytest.raises(Invalid) as refused:
        pay(session, pledge, 2)
    assert refused.value.field == "cents"


def test_the_same_payment_form_sent_twice_counts_once(app, session, sponsor):
    pledge = make_pledge(session, sponsor, 100_000, received=0)
    assert pay(session, pledge, 30_000).id == pay(session, pledge, 30_000).id
    assert pledge.received_cents == 30_000


def test_a_form_whose_payment_is_taken_back_or_says_something_else_is_not_confirmed_again(app, session, sponsor):
    pledge = make_pledge(session, sponsor, 100_000, received=0)
    kept = pay(session, pledge, 30_000)
    again = Payment(kept.cents, kept.received_on, "Another reference", kept.request_key)
    with pytest.raises(KeyTaken):
        service.record_payment(session, pledge=pledge, payment=again, actor=None, now=NOW)
    receipt = session.scalars(select(Transaction).where(Transaction.kind == TransactionKind.RECEIPT)).one()
    pools.take_back(session, transaction=receipt, decision="Another pledge", actor=None, now=NOW)
    with pytest.raises(KeyTaken):
        pay(session, pledge, 30_000)
    assert pledge.received_cents == 0


def test_nothing_arrives_for_a_pledge_that_is_paid_directly(app, session, sponsor):
    pledge = make_pledge(session, sponsor, 100_000, received=0, custody=Custody.DIRECT)
    assert pledge.held_cents == 100_000
    with pytest.raises(Conflict):
        pay(session, pledge, 1)


def test_payments_cannot_be_edited_or_deleted_even_by_hand(app, session, sponsor):
    make_pledge(session, sponsor, 100_000)
    session.commit()
    for statement in ("UPDATE pledge_payments SET cents = 1", "DELETE FROM pledge_payments"):
        with pytest.raises(IntegrityError):
            session.execute(text(statement))
        session.rollback()


def test_ten_people_recording_at_once_never_pass_the_promise(app, session, sponsor):
    pledge = make_pledge(session, sponsor, 100_000, received=0)
    session.commit()
    with app.app_context():
        factory = sessions().writing
    refused = []

    def record(number):
        with app.app_context(), factory() as own:
            try:
                pay(own, queries.pledge_by_id(own, sponsor.edition, pledge.id), 30_000, f"key-{number}")
                own.commit()
            except Invalid:
                refused.append(number)

    threads = [threading.Thread(target=record, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.expire_all()
    assert pledge.received_cents == 90_000
    assert len(refused) == 7
    assert len(session.scalars(select(PledgePayment)).all()) == 3


def test_a_pledge_for_some_challenges_says_which(app, session, sponsor, actor):
    challenge = make_challenge(session, sponsor.edition)
    terms = PledgeTerms("Sea money", 50_000, Custody.CARRIER, "The chamber", None, [challenge.id])
    pledge = service.pledge(session, sponsor=sponsor, terms=terms, actor=actor, now=NOW)
    assert queries.purposes_of(session, [pledge]) == {pledge.id: frozenset({challenge.id})}


def test_a_carrier_must_be_named(app, session, sponsor, actor):
    with pytest.raises(Invalid) as refused:
        service.pledge(session, sponsor=sponsor, terms=PledgeTerms("x", 1, Custody.CARRIER), actor=actor, now=NOW)
    assert refused.value.field == "carrier_name"


def test_two_sponsors_of_an_edition_cannot_share_a_name(app, session, sponsor, actor):
    details = SponsorDetails(sponsor.name, "", Bilingual())
    with pytest.raises(Invalid) as refused:
        service.add_sponsor(session, edition=sponsor.edition, details=details, actor=actor, now=NOW)
    assert refused.value.field == "name"


def test_a_place_has_one_prize(app, session, sponsor, actor):
    challenge = make_challenge(session, sponsor.edition)
    make_prize(session, sponsor.edition, challenge)
    terms = PrizeTerms(challenge.id, 1, Bilingual("Premier", "First"), 1_000)
    with pytest.raises(Invalid) as refused:
        declare_prize(session, edition=sponsor.edition, terms=terms, actor=actor, now=NOW)
    assert refused.value.field == "place"


def test_totals_keep_promised_received_and_held_apart(app, session, sponsor):
    make_pledge(session, sponsor, 100_000, received=25_000)
    make_pledge(session, sponsor, 70_000, received=0, custody=Custody.DIRECT)
    totals = totals_of(queries.pledges_of(session, sponsor.edition))
    assert (totals.promised, totals.received, totals.held, totals.left) == (170_000, 25_000, 95_000, 95_000)
