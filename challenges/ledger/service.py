"""The only door through which money moves: accounts are opened, transactions posted and taken back, nothing edited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.editions.days import today_in
from challenges.editions.models import Edition
from challenges.ledger.models import Account, Line, Transaction
from challenges.ledger.queries import lines_by_place, transaction_by_key
from challenges.ledger.rules import (
    AccountKind,
    Custody,
    Move,
    Place,
    TransactionKind,
    lines_of,
    opposite,
    overdrawn,
    pledged,
)
from hackaviz.kernel.errors import Conflict


class Overdrawn(Conflict):
    """More money was asked of an account than there is."""

    code = "overdrawn"

    def __init__(self) -> None:
        super().__init__(
            _l("There is not that much money left in this pledge. Nothing was moved. Look at its statement.")
        )


class KeyTaken(Conflict):
    """A transaction with this key says something else, or is taken back."""

    code = "key-taken"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "This form was sent before with something else in it, or what it recorded was taken back. "
                "Nothing was recorded again. Open the page anew."
            )
        )


class AlreadyReversed(Conflict):
    """A transaction is taken back once."""

    code = "already-reversed"

    def __init__(self) -> None:
        super().__init__(_l("This is taken back already. Nothing was changed."))


@dataclass(frozen=True)
class Posting:
    """What is to be written: `key` makes it count once, `moves` say what goes where."""

    kind: TransactionKind
    key: str
    edition_id: int
    moves: Iterable[Move]
    happened_on: date
    decision: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def open_accounts(
    session: Session, *, edition_id: int, pledge_id: int, custody: Custody, cents: int, actor: Any, now: datetime
) -> Transaction:
    """Open the accounts of a new pledge and write down its promise."""
    same = {"edition_id": edition_id, "pledge_id": pledge_id, "custody": custody}
    session.execute(insert(Account), [{**same, "kind": kind} for kind in AccountKind])
    moves = pledged(pledge_id, custody, cents)
    day = day_of_act(session, edition_id, now)
    promise = Posting(TransactionKind.PLEDGE, f"pledge/{pledge_id}", edition_id, moves, day)
    return post(session, posting=promise, actor=actor, now=now)


def day_of_act(session: Session, edition_id: int, now: datetime) -> date:
    """The day of what is decided now, as those who run the edition count it."""
    return today_in(session.get_one(Edition, edition_id), now)


def post(session: Session, *, posting: Posting, actor: Any, now: datetime) -> Transaction:
    """Write a transaction. The same posting again gives the transaction there is, and writes nothing.

    Raises KeyTaken when the one with its key says something else or is taken back, Overdrawn when an account has less
    than is taken from it.
    """
    return _write(session, posting, lines_of(posting.moves), actor=actor, now=now)


def reverse(session: Session, *, transaction: Transaction, decision: str, actor: Any, now: datetime) -> Transaction:
    """Take a whole transaction back by its opposite. Raises AlreadyReversed, or Overdrawn when its money went on."""
    back = Posting(
        kind=TransactionKind.REVERSAL,
        key=_reversal_key(transaction),
        edition_id=transaction.edition_id,
        moves=(),
        happened_on=day_of_act(session, transaction.edition_id, now),
        decision=decision,
        details=transaction.details,
    )
    lines = opposite(lines_by_place(session, transaction.key))
    _lock(session, lines)
    if transaction_by_key(session, back.key) is not None:
        raise AlreadyReversed
    return _write(session, back, lines, actor=actor, now=now, reverses_id=transaction.id)


def _write(
    session: Session,
    posting: Posting,
    lines: Mapping[Place, int],
    *,
    actor: Any,
    now: datetime,
    reverses_id: int | None = None,
) -> Transaction:
    accounts = _lock(session, lines)
    known = transaction_by_key(session, posting.key)
    if known is not None:
        return _same(session, known, posting, lines)
    if overdrawn({place: account.balance_cents for place, account in accounts.items()}, lines):
        raise Overdrawn
    written = Transaction(
        key=posting.key,
        edition_id=posting.edition_id,
        kind=posting.kind,
        happened_on=posting.happened_on,
        recorded_at=now,
        recorded_by_id=actor.id if actor is not None else None,
        decision=posting.decision,
        details=dict(posting.details),
        reverses_id=reverses_id,
    )
    rows = [
        {"transaction_key": posting.key, "account_id": accounts[place].id, "cents": lines[place]} for place in lines
    ]
    try:
        with session.begin_nested():
            # Lines first: the transaction closes them, and its trigger adds them up.
            session.execute(insert(Line), rows)
            session.add(written)
    except IntegrityError as error:
        raise Overdrawn from error
    for account in accounts.values():
        session.expire(account, ["balance_cents"])
    return written


def _same(session: Session, known: Transaction, posting: Posting, lines: Mapping[Place, int]) -> Transaction:
    told = (known.kind, known.happened_on, known.decision, known.details)
    asked = (posting.kind, posting.happened_on, posting.decision, dict(posting.details))
    if told != asked or lines_by_place(session, known.key) != dict(lines):
        raise KeyTaken
    if transaction_by_key(session, _reversal_key(known)) is not None:
        raise KeyTaken
    return known


def _reversal_key(transaction: Transaction) -> str:
    return f"reversal/{transaction.id}"


def _lock(session: Session, places: Iterable[Place]) -> dict[Place, Account]:
    """Lock the accounts, always in the same order, and read their balances again."""
    wanted = list(places)
    session.flush()
    query = select(Account).where(Account.pledge_id.in_({pledge_id for pledge_id, _kind in wanted}))
    rows = session.scalars(query.order_by(Account.id).with_for_update().execution_options(populate_existing=True))
    accounts = {(account.pledge_id, account.kind): account for account in rows}
    return {place: accounts[place] for place in wanted}
