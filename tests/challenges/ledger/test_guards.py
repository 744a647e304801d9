"""What the database refuses by itself, whoever writes to it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from challenges.ledger.models import Account, Line, Transaction
from challenges.ledger.rules import AccountKind
from tests.factories import make_edition, make_pledge, make_sponsor

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def pledge(session):
    """10,000 cents promised and received."""
    made = make_pledge(session, make_sponsor(session, make_edition(session)), 10_000)
    session.commit()
    return made


def account(session, pledge, kind):
    return session.scalars(select(Account).where(Account.pledge_id == pledge.id, Account.kind == kind)).one()


def write(session, pledge, cents_by_kind, key="by-hand", **values):
    """Lines and the transaction that closes them, as somebody with a database client would."""
    for kind, cents in cents_by_kind.items():
        line = {"transaction_key": key, "account_id": account(session, pledge, kind).id, "cents": cents}
        session.execute(insert(Line), [line])
    close(session, pledge.edition_id, key, **values)


def close(session, edition_id, key, **values):
    facts = {"kind": "cost", "happened_on": date(2026, 11, 1), "recorded_at": NOW, "decision": "", "details": {}}
    session.execute(insert(Transaction), [{"key": key, "edition_id": edition_id, **facts, **values}])


def test_a_balanced_act_by_hand_moves_the_balances(session, pledge):
    write(session, pledge, {AccountKind.HELD: -4_000, AccountKind.COSTS: 4_000})
    session.commit()
    session.expire_all()
    assert account(session, pledge, AccountKind.HELD).balance_cents == 6_000
    assert (pledge.released_cents, pledge.left_cents) == (4_000, 6_000)


@pytest.mark.parametrize(
    "lines",
    [
        {},
        {AccountKind.HELD: -1},
        {AccountKind.HELD: -4_000, AccountKind.COSTS: 3_999},
        {AccountKind.HELD: -10_001, AccountKind.COSTS: 10_001},
        {AccountKind.SPONSOR: 10_001, AccountKind.PROMISED: -10_001},
    ],
)
def test_what_does_not_sum_to_zero_or_overdraws_is_refused_by_hand(session, pledge, lines):
    with pytest.raises(IntegrityError):
        write(session, pledge, lines)


def test_lines_without_their_transaction_are_never_committed(session, pledge):
    held = account(session, pledge, AccountKind.HELD)
    session.execute(insert(Line), [{"transaction_key": "open", "account_id": held.id, "cents": -1}])
    with pytest.raises(IntegrityError):
        session.commit()
    session.rollback()
    session.expire_all()
    assert account(session, pledge, AccountKind.HELD).balance_cents == 10_000


def test_nothing_is_added_to_a_transaction_that_is_closed(session, pledge):
    write(session, pledge, {AccountKind.HELD: -1, AccountKind.COSTS: 1})
    promised = account(session, pledge, AccountKind.PAID)
    with pytest.raises(IntegrityError):
        session.execute(insert(Line), [{"transaction_key": "by-hand", "account_id": promised.id, "cents": 5}])


def test_a_transaction_stays_within_its_edition(session, pledge):
    other = make_pledge(session, make_sponsor(session, make_edition(session)), 10_000)
    line = {"transaction_key": "by-hand", "account_id": account(session, other, AccountKind.HELD).id, "cents": -1}
    session.execute(insert(Line), [line])
    line = {"transaction_key": "by-hand", "account_id": account(session, pledge, AccountKind.HELD).id, "cents": 1}
    session.execute(insert(Line), [line])
    with pytest.raises(IntegrityError):
        close(session, pledge.edition_id, "by-hand")


def test_a_reversal_is_the_exact_opposite_and_there_is_one(session, pledge):
    write(session, pledge, {AccountKind.HELD: -4_000, AccountKind.COSTS: 4_000}, "cost")
    cost = session.scalars(select(Transaction).where(Transaction.key == "cost")).one()
    session.commit()
    with pytest.raises(IntegrityError):
        write(session, pledge, {AccountKind.HELD: 1, AccountKind.COSTS: -1}, "wrong", reverses_id=cost.id)
    session.rollback()
    whole = {AccountKind.HELD: 4_000, AccountKind.COSTS: -4_000}
    write(session, pledge, whole, "back", kind="reversal", reverses_id=cost.id)
    session.commit()
    write(session, pledge, {AccountKind.HELD: -4_000, AccountKind.COSTS: 4_000}, "again")
    with pytest.raises(IntegrityError):
        write(session, pledge, whole, "back twice", kind="reversal", reverses_id=cost.id)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_lines SET cents = cents * 2",
        "UPDATE ledger_transactions SET decision = 'x'",
        "UPDATE ledger_accounts SET balance_cents = balance_cents + 1",
        "UPDATE ledger_accounts SET kind = 'costs' WHERE kind = 'paid'",
        "DELETE FROM ledger_lines",
        "DELETE FROM ledger_transactions",
        "DELETE FROM ledger_accounts",
    ],
)
def test_nothing_that_is_written_can_be_edited_or_deleted(session, pledge, statement):
    with pytest.raises(IntegrityError):
        session.execute(text(statement))
