"""Named reads of the ledger."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from challenges.editions.models import Edition
from challenges.ledger.models import Account, Line, Transaction
from challenges.ledger.rules import AccountKind, Custody, Figures, Place, TransactionKind, figures_of
from hackaviz.web.paging import Page

PAGE_SIZE = 50
# A statement lists what a pledge went through; where it is longer, the ledger itself has all of it.
STATEMENT_SIZE = 500
WHOLE = (
    selectinload(Transaction.lines).joinedload(Line.account),
    joinedload(Transaction.reverses),
    joinedload(Transaction.reversed_by),
)


@dataclass(frozen=True)
class LedgerFilter:
    """What somebody looks for in a ledger; None means all."""

    pledge_id: int | None = None
    kind: TransactionKind | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class StatementLine:
    """One line of a pledge's statement."""

    transaction: Transaction
    account: Account
    cents: int


def transaction_by_key(session: Session, key: str) -> Transaction | None:
    """The transaction with this key."""
    return session.scalar(select(Transaction).where(Transaction.key == key))


def transaction_by_id(session: Session, edition: Edition, transaction_id: int) -> Transaction | None:
    """A transaction of an edition, with its lines."""
    query = select(Transaction).where(Transaction.id == transaction_id, Transaction.edition_id == edition.id)
    return session.scalar(query.options(*WHOLE))


def lines_by_place(session: Session, key: str) -> dict[Place, int]:
    """The lines of a transaction: pledge and kind of account → cents."""
    query = select(Account.pledge_id, Account.kind, Line.cents).join(Line, Line.account_id == Account.id)
    rows = session.execute(query.where(Line.transaction_key == key))
    return {(pledge_id, kind): cents for pledge_id, kind, cents in rows}


def transactions(session: Session, edition: Edition, wanted: LedgerFilter, number: int) -> Page[Transaction]:
    """A page of the ledger, the newest first."""
    query = _wanted(edition, wanted)
    total = session.scalar(select(func.count()).select_from(query.with_only_columns(Transaction.id).subquery())) or 0
    start = (number - 1) * PAGE_SIZE
    rows = session.scalars(query.options(*WHOLE).order_by(Transaction.id.desc()).limit(PAGE_SIZE).offset(start)).all()
    return Page(rows, number, PAGE_SIZE, total)


def exported_lines(session: Session, edition: Edition, wanted: LedgerFilter) -> Sequence[Line]:
    """Every line of the ledger that is looked for, in the order in which it was written."""
    chosen = _wanted(edition, wanted).with_only_columns(Transaction.key)
    whole = (joinedload(Line.account), joinedload(Line.transaction).joinedload(Transaction.reverses))
    query = select(Line).join(Transaction, Transaction.key == Line.transaction_key)
    return session.scalars(
        query.where(Line.transaction_key.in_(chosen)).options(*whole).order_by(Transaction.id, Line.id)
    ).all()


def _wanted(edition: Edition, wanted: LedgerFilter) -> Select[Transaction]:
    query = select(Transaction).where(Transaction.edition_id == edition.id)
    if wanted.pledge_id is not None:
        touched = select(Line.transaction_key).join(Account, Account.id == Line.account_id)
        query = query.where(Transaction.key.in_(touched.where(Account.pledge_id == wanted.pledge_id)))
    if wanted.kind is not None:
        query = query.where(Transaction.kind == wanted.kind)
    if wanted.since is not None:
        query = query.where(Transaction.happened_on >= wanted.since)
    if wanted.until is not None:
        query = query.where(Transaction.happened_on <= wanted.until)
    return query


def figures_of_pledges(session: Session, pledge_ids: Collection[int]) -> Mapping[int, Figures]:
    """Pledge → what became of it, from the balances of its accounts."""
    balances: dict[int, list[tuple[AccountKind, Custody, int]]] = defaultdict(list)
    query = select(Account.pledge_id, Account.kind, Account.custody, Account.balance_cents)
    for pledge_id, kind, custody, cents in session.execute(query.where(Account.pledge_id.in_(pledge_ids))):
        balances[pledge_id].append((kind, custody, cents))
    return {pledge_id: figures_of(balances[pledge_id]) for pledge_id in pledge_ids}


def figures_of_edition(session: Session, edition: Edition) -> Figures:
    """What became of everything that was pledged to an edition."""
    query = select(Account.kind, Account.custody, func.sum(Account.balance_cents))
    rows = session.execute(query.where(Account.edition_id == edition.id).group_by(Account.kind, Account.custody))
    return figures_of((kind, custody, int(cents)) for kind, custody, cents in rows)


def statement_of(session: Session, pledge_id: int) -> Sequence[StatementLine]:
    """Where money of a pledge came to, act by act, the newest first: the lines above zero, and what was taken back."""
    query = (
        select(Transaction, Account, Line.cents)
        .join(Line, Line.transaction_key == Transaction.key)
        .join(Account, Account.id == Line.account_id)
        .where(Account.pledge_id == pledge_id)
        .where((Line.cents > 0) == (Transaction.reverses_id.is_(None)))
        .options(joinedload(Transaction.reverses), joinedload(Transaction.reversed_by))
        .order_by(Transaction.id.desc(), Line.id)
        .limit(STATEMENT_SIZE)
    )
    return [StatementLine(*row) for row in session.execute(query)]
