"""What the database itself refuses, whoever asks: payments that two people did not approve, changes of paid ones."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from challenges.sponsors.models import PrizeRule
from challenges.sponsors.rules import PrizeKind
from hackaviz.accounts.models import Role
from judging.prizes.models import Award
from judging.prizes.paying import approve_payout
from judging.prizes.standing import content_of
from judging.sealing.service import seal
from tests.factories import (
    grant,
    make_gift,
    make_handed_in_entry,
    make_person,
    make_pledge,
    make_prize,
    make_sponsor,
    pay,
    save,
)
from tests.support.prizes import awarded, judged
from tests.support.worlds import once

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
PAY = "UPDATE awards SET paid_on = '2020-12-01', paid_content_sha256 = :content, payout_key = 'first'"


def funded(session):
    """An award that a pledge funds and nobody has approved."""
    edition = judged(session)
    make_pledge(session, make_sponsor(session, edition), 60_000)
    return {"edition": edition, "award": awarded(session, edition)}


@pytest.fixture
def world(session):
    return once(session, funded)


def approve(session, edition, award, content=None):
    seal(session, edition=edition, actor=None, now=NOW)
    person = make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    approve_payout(session, edition=edition, award=award, seen=content_of(award), actor=person, now=NOW)
    session.commit()


def refused(session, statement, **values):
    with pytest.raises(IntegrityError):
        session.execute(text(statement), values)
    session.rollback()


def test_nobody_and_one_are_not_two(session, edition, award):
    content = content_of(award)
    refused(session, PAY, content=content)
    approve(session, edition, award)
    refused(session, PAY, content=content)
    refused(session, PAY, content=None)
    approve(session, edition, award)
    session.execute(text(PAY), {"content": content})


def test_two_who_approved_something_else_are_not_two(session, edition, award):
    approve(session, edition, award)
    approve(session, edition, award)
    refused(session, PAY, content="0" * 64)
    refused(session, "UPDATE award_approvals SET person_id = person_id")


def test_one_person_cannot_be_written_down_twice(session, edition, award):
    approve(session, edition, award)
    twice = "INSERT INTO award_approvals (award_id, person_id, content_sha256, approved_at) "
    refused(session, twice + "SELECT award_id, person_id, content_sha256, approved_at FROM award_approvals")


def test_an_award_is_not_born_paid(session, edition, award):
    copied = "prize_id, cents, decided_at, payment_reference, proof_name, ranking_sha256, decision"
    entry = make_handed_in_entry(session, award.entry.challenge)
    session.commit()
    born = f"INSERT INTO awards (entry_id, paid_on, {copied}) SELECT :entry, '2020-12-01', {copied} FROM awards"
    refused(session, born, entry=entry.id)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE awards SET paid_on = NULL",
        "UPDATE awards SET cents = cents - 1",
        "UPDATE awards SET payment_reference = 'another'",
        "UPDATE awards SET payout_key = 'another'",
        "DELETE FROM awards",
        "DELETE FROM award_fundings",
        "UPDATE award_fundings SET cents = cents - 1",
        "DELETE FROM award_approvals",
    ],
)
def test_what_is_paid_stays_as_it_was_paid(session, edition, award, statement):
    pay(session, edition, award, date(2020, 12, 1), "VIR-1")
    session.commit()
    refused(session, statement)


def test_the_ledger_takes_no_payment_of_an_award_that_is_not_paid(session, edition, award):
    refused(
        session,
        "INSERT INTO ledger_transactions (key, edition_id, kind, happened_on, recorded_at, decision, details) "
        "SELECT 'payment/' || key, edition_id, 'payment', happened_on, recorded_at, '', details "
        "FROM ledger_transactions WHERE kind = 'award'",
    )


def test_a_gift_goes_whole_to_one_entry(session, edition, award):
    gift = make_gift(session, make_sponsor(session, edition))
    prize = make_prize(session, edition, None, 0, place=101, rule=PrizeRule(kind=PrizeKind.IN_KIND, gift_id=gift.id))
    other = make_handed_in_entry(session, award.entry.challenge)
    save(session, Award(prize=prize, entry=award.entry, cents=0, decided_at=NOW))
    session.commit()
    with pytest.raises(IntegrityError):
        save(session, Award(prize=prize, entry=other, cents=0, decided_at=NOW))
