"""The jury

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from hackaviz.kernel.database import UTCDateTime
from hackaviz.migrations.jury_changes import after_upgrade, before_downgrade

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "mark_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("previous_sha256", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_mark_entries_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark_entries")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_mark_entries_edition_id_number")),
    )
    after_upgrade(op)


def downgrade() -> None:
    """Undo."""
    before_downgrade(op)
    op.drop_table("mark_entries")
