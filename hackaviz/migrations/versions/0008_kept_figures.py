"""Figures that are kept instead of computed at each visit

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from hackaviz.kernel.database import UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "kept_figures",
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("computed_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_kept_figures")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("kept_figures")
