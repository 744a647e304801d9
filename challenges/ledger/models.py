"""Accounts, transactions and their lines. Triggers of migration 0004 keep balances and refuse every edit.

Lines are written first, the transaction that names them last: its trigger refuses lines that do not sum to zero, and a
deferred foreign key refuses to commit lines without it. So nothing unbalanced is ever committed, even by hand.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.ledger.rules import AccountKind, Custody, TransactionKind
from hackaviz.kernel.database import Base, Cents, enum_column

LONGEST_KEY = 100


class Account(Base):
    """Where money of a pledge can be. `balance_cents` is the sum of its lines, kept by a trigger, and locks a race."""

    __tablename__ = "ledger_accounts"
    __table_args__ = (
        UniqueConstraint("pledge_id", "kind"),
        CheckConstraint(
            "CASE WHEN kind = 'sponsor' THEN balance_cents <= 0 ELSE balance_cents >= 0 END", name="not_overdrawn"
        ),
        Index("ix_ledger_accounts_edition_id_kind", "edition_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"))
    kind: Mapped[AccountKind] = mapped_column(enum_column(AccountKind))
    custody: Mapped[Custody] = mapped_column(enum_column(Custody))
    balance_cents: Mapped[int] = mapped_column(Cents, default=0, server_default="0")


class Transaction(Base):
    """One thing that happened. The same `key` again is the same transaction, and counts once."""

    __tablename__ = "ledger_transactions"
    __table_args__ = (Index("ix_ledger_transactions_edition_id_id", "edition_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(LONGEST_KEY), unique=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    kind: Mapped[TransactionKind] = mapped_column(enum_column(TransactionKind))
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # Why, where somebody decided; what an auditor needs beside it.
    decision: Mapped[str] = mapped_column(Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # The transaction that this one takes back, whole; each can be taken back once.
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_transactions.id"), unique=True)

    lines: Mapped[list["Line"]] = relationship(viewonly=True, order_by="Line.id")
    reverses: Mapped["Transaction | None"] = relationship(remote_side="Transaction.id", viewonly=True)
    reversed_by: Mapped["Transaction | None"] = relationship(
        remote_side="Transaction.reverses_id", viewonly=True, uselist=False
    )


class Line(Base):
    """Cents that came to an account (above zero) or left it (below)."""

    __tablename__ = "ledger_lines"
    __table_args__ = (
        UniqueConstraint("transaction_key", "account_id"),
        CheckConstraint("cents <> 0", name="line_is_not_nothing"),
        Index("ix_ledger_lines_account_id_cents", "account_id", "cents"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    transaction_key: Mapped[str] = mapped_column(
        ForeignKey("ledger_transactions.key", deferrable=True, initially="DEFERRED")
    )
    account_id: Mapped[int] = mapped_column(ForeignKey("ledger_accounts.id"))
    cents: Mapped[int] = mapped_column(Cents)

    account: Mapped[Account] = relationship(viewonly=True)
    transaction: Mapped[Transaction] = relationship(viewonly=True)
