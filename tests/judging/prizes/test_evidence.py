"""Payments that were changed behind every guard: the doctor names each, and finds nothing in a tie that was paid."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from challenges.editions.rules import Phase
from challenges.sponsors.checks import CHECKS as PLEDGES
from judging.prizes import service
from judging.prizes.evidence import CHECKS as EVIDENCE
from judging.prizes.queries import awards_of
from judging.prizes.winnings import winnings_of
from tests.factories import (
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_pledge,
    make_prize,
    make_review,
    make_sponsor,
    pay,
)

pytestmark = pytest.mark.database("sqlite")
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
DAY = date(2020, 12, 1)
FORGED = (
    "INSERT INTO award_payment_reversals (edition_id, award_id, payment_key, payout_key, prize_title, entry_code, "
    "cents, paid_on, payment_reference, proof_name, reason, reversed_at) SELECT (SELECT id FROM editions), id, "
    "'payment/' || ledger_key, payout_key, '{}', 'x', cents, paid_on, payment_reference, '', 'why', decided_at "
    "FROM awards"
)
# What is done by hand → the checks that name it.
DONE = {
    "UPDATE awards SET entry_id = (SELECT MAX(id) FROM entries) WHERE id = (SELECT MIN(id) FROM awards)": {
        "payments-as-approved"
    },
    "UPDATE awards SET paid_on = '1999-01-01'": {"payments-as-recorded"},
    "UPDATE awards SET payment_reference = 'VIR-2'": {"payments-as-recorded"},
    "UPDATE awards SET payout_key = NULL": {"payments-as-recorded"},
    "UPDATE awards SET proof_key = NULL": {"payments-logged"},
    "UPDATE award_approvals SET person_id = (SELECT MAX(id) FROM people) WHERE id = 1": {"payments-logged"},
    "UPDATE pledge_payments SET received_on = '1999-01-01'": {"receipts-in-ledger"},
    "UPDATE ledger_accounts SET custody = 'carrier'": {"pledges-held"},
    FORGED: {"payments-taken-back"},
}


@pytest.fixture
def tie(app, session):
    """Two entries share two prizes, and are paid; a third one won nothing."""
    edition = make_edition(session, Phase.DELIBERATION, reviews_needed=1)
    challenge = make_challenge(session, edition, criteria=1)
    juror = make_juror(session, edition)
    for mark in (3, 3, 1):
        make_review(session, juror, make_handed_in_entry(session, challenge), [mark])
    for place in (1, 2):
        make_prize(session, edition, challenge, 50_000, place=place)
    make_pledge(session, make_sponsor(session, edition), 100_000)
    service.award_by_ranking(session, edition=edition, actor=None, now=NOW)
    for winning in winnings_of(awards_of(session, edition)):
        pay(session, edition, winning.lead, DAY, "VIR-1")
    make_person(session)
    session.commit()


def named(session):
    session.expire_all()
    return {name for name, look in {**PLEDGES, **EVIDENCE}.items() if list(look(session))}


def test_what_was_changed_behind_the_guards_is_named(session, tie):
    assert named(session) == set()
    guards = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
    for statement, checks in DONE.items():
        with session.begin_nested() as attempt:
            for guard in guards:
                session.execute(text(f"DROP TRIGGER {guard}"))
            session.execute(text(statement))
            assert checks <= named(session), statement
            attempt.rollback()
