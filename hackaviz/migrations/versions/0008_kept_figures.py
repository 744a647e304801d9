"""Figures that are kept instead of computed at each visit

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from hackaviz.kernel.database import UTCDateTime
from hackaviz.migrations.kept_figures_changes import after_upgrade, before_downgrade

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "answered_forms",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("led_to", sa.Text(), nullable=False),
        sa.Column("answered_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_answered_forms")),
    )
    with op.batch_alter_table("answered_forms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answered_forms_answered_at"), ["answered_at"], unique=False)

    op.create_table(
        "kept_figures",
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("computed_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_kept_figures")),
    )
    op.create_table(
        "page_checks",
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("checked_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.CheckConstraint("(code = '') = (failures = 0)", name=op.f("ck_page_checks_failures_are_counted")),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name=op.f("fk_page_checks_dataset_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dataset_id", name=op.f("pk_page_checks")),
    )
    with op.batch_alter_table("page_checks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_page_checks_due_at"), ["due_at"], unique=False)

    with op.batch_alter_table("award_payment_reversals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("payout_key", sa.String(length=20), nullable=True))
        batch_op.create_index("ix_award_payment_reversals_payout_key", ["payout_key"], unique=True)

    with op.batch_alter_table("awards", schema=None) as batch_op:
        batch_op.add_column(sa.Column("payout_key", sa.String(length=20), nullable=True))

    with op.batch_alter_table("dataset_places", schema=None) as batch_op:
        batch_op.add_column(sa.Column("format", sa.Text(), server_default="", nullable=False))

    after_upgrade(op)


def downgrade() -> None:
    """Undo."""
    before_downgrade(op)
    with op.batch_alter_table("dataset_places", schema=None, recreate="never") as batch_op:
        batch_op.drop_column("format")

    with op.batch_alter_table("awards", schema=None, recreate="never") as batch_op:
        batch_op.drop_column("payout_key")

    with op.batch_alter_table("award_payment_reversals", schema=None, recreate="never") as batch_op:
        batch_op.drop_index("ix_award_payment_reversals_payout_key")
        batch_op.drop_column("payout_key")

    with op.batch_alter_table("page_checks", schema=None, recreate="never") as batch_op:
        batch_op.drop_index(batch_op.f("ix_page_checks_due_at"))

    op.drop_table("page_checks")
    op.drop_table("kept_figures")
    with op.batch_alter_table("answered_forms", schema=None, recreate="never") as batch_op:
        batch_op.drop_index(batch_op.f("ix_answered_forms_answered_at"))

    op.drop_table("answered_forms")
