"""The money

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from hackaviz.kernel.database import UTCDateTime
from hackaviz.migrations.money_changes import after_upgrade, before_downgrade

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "ledger_transactions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "pledge",
                "receipt",
                "award",
                "payment",
                "cost",
                "refund",
                "carry_over",
                "reversal",
                name="transactionkind_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_ledger_transactions_edition_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["people.id"], name=op.f("fk_ledger_transactions_recorded_by_id")),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["ledger_transactions.id"], name=op.f("fk_ledger_transactions_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_transactions")),
        sa.UniqueConstraint("key", name=op.f("uq_ledger_transactions_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_ledger_transactions_reverses_id")),
    )
    with op.batch_alter_table("ledger_transactions", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_transactions_edition_id_id", ["edition_id", "id"], unique=False)

    op.create_table(
        "ledger_accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sponsor",
                "promised",
                "held",
                "awarded",
                "paid",
                "costs",
                "refunded",
                "carried_over",
                name="accountkind_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "custody",
            sa.Enum(
                "organiser",
                "carrier",
                "direct",
                name="custody_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("balance_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "CASE WHEN kind = 'sponsor' THEN balance_cents <= 0 ELSE balance_cents >= 0 END",
            name=op.f("ck_ledger_accounts_not_overdrawn"),
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_ledger_accounts_edition_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_ledger_accounts_pledge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_accounts")),
        sa.UniqueConstraint("pledge_id", "kind", name=op.f("uq_ledger_accounts_pledge_id_kind")),
    )
    with op.batch_alter_table("ledger_accounts", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_accounts_edition_id_kind", ["edition_id", "kind"], unique=False)

    op.create_table(
        "ledger_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transaction_key", sa.String(length=100), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("cents <> 0", name=op.f("ck_ledger_lines_line_is_not_nothing")),
        sa.ForeignKeyConstraint(["account_id"], ["ledger_accounts.id"], name=op.f("fk_ledger_lines_account_id")),
        sa.ForeignKeyConstraint(
            ["transaction_key"],
            ["ledger_transactions.key"],
            name=op.f("fk_ledger_lines_transaction_key"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_lines")),
        sa.UniqueConstraint("transaction_key", "account_id", name=op.f("uq_ledger_lines_transaction_key_account_id")),
    )
    with op.batch_alter_table("ledger_lines", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_lines_account_id_cents", ["account_id", "cents"], unique=False)

    op.create_table(
        "payment_reversals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reversed_at", UTCDateTime(), nullable=False),
        sa.Column("reversed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["payment_id"], ["pledge_payments.id"], name=op.f("fk_payment_reversals_payment_id")),
        sa.ForeignKeyConstraint(["reversed_by_id"], ["people.id"], name=op.f("fk_payment_reversals_reversed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_reversals")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_payment_reversals_payment_id")),
    )
    with op.batch_alter_table("awards", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ledger_key", sa.String(length=100), nullable=True))

    with op.batch_alter_table("pledges", schema=None) as batch_op:
        batch_op.add_column(sa.Column("released_cents", sa.BigInteger(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("may_pay_costs", sa.Boolean(), server_default="0", nullable=False))

    after_upgrade(op)


def downgrade() -> None:
    """Undo."""
    before_downgrade(op)
    with op.batch_alter_table("pledges", schema=None) as batch_op:
        batch_op.drop_column("may_pay_costs")
        batch_op.drop_column("released_cents")

    with op.batch_alter_table("awards", schema=None) as batch_op:
        batch_op.drop_column("ledger_key")

    op.drop_table("payment_reversals")
    with op.batch_alter_table("ledger_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_lines_account_id_cents")

    op.drop_table("ledger_lines")
    with op.batch_alter_table("ledger_accounts", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_accounts_edition_id_kind")

    op.drop_table("ledger_accounts")
    with op.batch_alter_table("ledger_transactions", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_transactions_edition_id_id")

    op.drop_table("ledger_transactions")
