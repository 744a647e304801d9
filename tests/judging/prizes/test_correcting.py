"""A payment to a winner that was recorded by mistake: taken back with a reason, and nothing of it lost."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from challenges.ledger.checks import CHECKS as LEDGER
from challenges.ledger.models import Transaction
from challenges.ledger.queries import figures_of_edition
from challenges.sponsors.checks import CHECKS as PLEDGES
from challenges.sponsors.models import Custody, PrizeRule
from challenges.sponsors.rules import PrizeKind
from hackaviz.accounts.models import Role
from hackaviz.kernel.audit import Action
from hackaviz.kernel.errors import Conflict
from judging.prizes import service
from judging.prizes.checks import CHECKS as AWARDS
from judging.prizes.correcting import take_payment_back
from judging.prizes.models import Award, AwardPaymentReversal
from judging.prizes.standing import is_approved
from tests.factories import (
    grant,
    make_gift,
    make_person,
    make_pledge,
    make_prize,
    make_sponsor,
    pay,
    save,
    sign_in,
)
from tests.support.prizes import awarded, judged
from tests.support.worlds import once

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
DAY = date(2020, 12, 1)


def paid_from_two_pledges(session):
    """An award of 500 that a pledge held here and one paid directly share, paid with a proof."""
    edition = judged(session)
    sponsor = make_sponsor(session, edition)
    make_pledge(session, sponsor, 30_000)
    make_pledge(session, sponsor, 30_000, received=0, custody=Custody.DIRECT)
    award = awarded(session, edition)
    pay(session, edition, award, DAY, "VIR-1")
    return {"edition": edition, "award": award}


@pytest.fixture
def world(session):
    return once(session, paid_from_two_pledges)


@pytest.fixture
def paid(world):
    return world["award"]


def take_back(session, edition, award, reason="It was another transfer"):
    return take_payment_back(session, edition=edition, award=award, reason=reason, actor=None, now=NOW)


def broken(session):
    session.expire_all()
    return [found for look in {**LEDGER, **PLEDGES, **AWARDS}.values() for found in look(session)]


def payments(session):
    wanted = select(Transaction.key, Transaction.reverses_id).where(Transaction.kind.in_(["payment", "reversal"]))
    return session.execute(wanted.order_by(Transaction.id)).all()


def test_the_award_is_unpaid_its_money_bound_and_both_acts_stay(session, edition, paid):
    before = payments(session)
    [kept] = take_back(session, edition, paid)
    assert (paid.paid_on, paid.payment_reference, paid.proof_key, paid.paid_content_sha256) == (None, "", None, None)
    figures = figures_of_edition(session, edition)
    assert (figures.bound, figures.paid, figures.left) == (50_000, 0, 10_000)
    assert payments(session)[: len(before)] == before
    assert (kept.paid_on, kept.payment_reference, kept.proof_key) == (DAY, "VIR-1", "no blob")
    logged = session.scalars(select(Action).where(Action.verb == "award.unpay")).one()
    assert (logged.details["reason"], logged.details["reference"]) == ("It was another transfer", "VIR-1")
    assert broken(session) == []


def test_two_people_approve_it_anew_before_it_is_paid_again(session, edition, paid):
    take_back(session, edition, paid)
    assert not is_approved(paid)
    pay(session, edition, paid, DAY, "VIR-1")
    session.commit()
    assert (figures_of_edition(session, edition).paid, broken(session)) == (50_000, [])
    take_back(session, edition, paid)
    assert (figures_of_edition(session, edition).paid, broken(session)) == (0, [])


def test_what_is_not_paid_is_not_taken_back(session, edition, paid):
    take_back(session, edition, paid)
    with pytest.raises(Conflict):
        take_back(session, edition, paid)


def test_an_award_is_taken_back_after_its_payment_and_the_record_of_it_stays(session, edition, paid):
    take_back(session, edition, paid)
    service.take_back(session, edition=edition, award=paid, actor=None, now=NOW)
    session.commit()
    kept = session.scalars(select(AwardPaymentReversal)).one()
    assert (kept.award_id, kept.cents, kept.reason) == (None, 50_000, "It was another transfer")
    assert (figures_of_edition(session, edition).left, broken(session)) == (60_000, [])


UNPAID = (
    "UPDATE awards SET paid_on = NULL, payment_reference = '', paid_content_sha256 = NULL, proof_key = NULL, "
    "payout_key = NULL"
)
REASON = (
    "INSERT INTO award_payment_reversals (edition_id, award_id, payment_key, payout_key, prize_title, entry_code, "
    "cents, paid_on, payment_reference, proof_name, reason, reversed_at) SELECT :edition, id, "
    "'payment/' || ledger_key, payout_key, '{}', 'x', cents, paid_on, payment_reference, '', 'why', decided_at "
    "FROM awards"
)


def test_the_database_unpays_only_with_a_reason_and_a_reversal(session, edition, paid):
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text(UNPAID))
    session.execute(text(REASON), {"edition": edition.id})
    with pytest.raises(IntegrityError):
        session.execute(text(UNPAID))
    session.rollback()
    backwards = (
        "INSERT INTO ledger_lines (transaction_key, account_id, cents) SELECT 'back', account_id, -cents "
        "FROM ledger_lines WHERE transaction_key LIKE 'payment/%'"
    )
    closing = (
        "INSERT INTO ledger_transactions (key, edition_id, kind, happened_on, recorded_at, decision, details, "
        "reverses_id) SELECT 'back', edition_id, 'reversal', happened_on, recorded_at, '', details, id "
        "FROM ledger_transactions WHERE kind = 'payment'"
    )
    session.execute(text(backwards))
    with pytest.raises(IntegrityError):
        session.execute(text(closing))
    session.rollback()


def test_a_gift_handed_over_again_on_the_same_day_is_no_more_the_one_that_was_taken_back(session, edition, paid):
    gift = make_gift(session, make_sponsor(session, edition))
    prize = make_prize(session, edition, None, 0, place=101, rule=PrizeRule(kind=PrizeKind.IN_KIND, gift_id=gift.id))
    given = save(session, Award(prize=prize, entry=paid.entry, cents=0, decided_at=NOW))
    for _time in ("given to the wrong team", "given again"):
        pay(session, edition, given, DAY, "")
        first = given.payout_key
        session.commit()
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text(f"{UNPAID} WHERE cents = 0"))
        take_back(session, edition, given)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(
            text("UPDATE awards SET paid_on = '2020-12-01', payout_key = :key WHERE cents = 0"), {"key": first}
        )
    assert broken(session) == []


@pytest.mark.parametrize("statement", ["SET reason = 'another'", "SET payout_key = 'another'", None])
def test_what_was_taken_back_stays_written_down(session, edition, paid, statement):
    take_back(session, edition, paid)
    session.commit()
    change = f"UPDATE award_payment_reversals {statement}" if statement else "DELETE FROM award_payment_reversals"
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text(change))


def test_it_is_found_from_the_ledger_and_from_the_awards(client, session, edition, paid):
    person = make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    sign_in(client, person)
    at = f"/editions/{edition.slug}/organise"
    where = f"{at}/awards/{paid.id}/payment/take-back"
    for page in ("awards", "ledger"):
        assert where in client.get(f"{at}/{page}").text
    iban = client.post(f"{where}?lang=en", data={"reason": "To DE89 3704 0044 0532 0130 00 instead"})
    assert iban.status_code == 422 and "number of an account or of a card" in iban.text
    client.post(where, data={"reason": "Another transfer"})
    page = client.get(f"{at}/awards?lang=en").text
    assert "Payments taken back" in page and "Another transfer" in page and "0 of 2 approvals" in page
    assert where not in client.get(f"{at}/ledger").text
    assert "Nothing is paid" in client.get(f"{where}?lang=en").text
    assert client.post(where, data={"reason": "Again"}).status_code == 409
