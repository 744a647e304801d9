"""What must always hold of the ledger."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from challenges.ledger.models import Account, Line, Transaction
from challenges.ledger.rules import may_stand


def unbalanced_transactions(session: Session) -> Iterator[str]:
    """Transactions that have less than two lines, or whose lines do not sum to zero."""
    sums = func.coalesce(func.sum(Line.cents), 0)
    query = (
        select(Transaction.id, sums)
        .outerjoin(Line, Line.transaction_key == Transaction.key)
        .group_by(Transaction.id)
        .having((sums != 0) | (func.count(Line.id) < 2))
    )
    for number, cents in session.execute(query):
        yield f"transaction {number} is out by {cents} cents"


def loose_lines(session: Session) -> Iterator[str]:
    """Lines without their transaction."""
    query = select(Line.id).outerjoin(Transaction, Transaction.key == Line.transaction_key)
    for number in session.scalars(query.where(Transaction.id.is_(None))):
        yield f"line {number} belongs to no transaction"


def wrong_balances(session: Session) -> Iterator[str]:
    """Accounts whose balance is not the sum of their lines, or is below what is allowed."""
    sums = func.coalesce(func.sum(Line.cents), 0)
    query = select(Account, sums).outerjoin(Line, Line.account_id == Account.id).group_by(Account.id)
    for account, cents in session.execute(query):
        if account.balance_cents != cents:
            yield f"account {account.id} says {account.balance_cents} cents, its lines {cents}"
        elif not may_stand(account.kind, account.balance_cents):
            yield f"account {account.id} is overdrawn"


def wrong_reversals(session: Session) -> Iterator[str]:
    """Transactions that take another back and are not its exact opposite."""
    original = aliased(Transaction)
    lines = (
        select(Transaction.id, Line.account_id, func.sum(Line.cents))
        .join(original, Transaction.reverses_id == original.id)
        .join(Line, Line.transaction_key.in_([Transaction.key, original.key]))
        .group_by(Transaction.id, Line.account_id)
        .having(func.sum(Line.cents) != 0)
    )
    for number, account_id, _cents in session.execute(lines):
        yield f"transaction {number} does not take back all of account {account_id}"


CHECKS = {
    "ledger-balanced": unbalanced_transactions,
    "ledger-lines-closed": loose_lines,
    "ledger-balances": wrong_balances,
    "ledger-reversals": wrong_reversals,
}
