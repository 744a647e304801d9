"""The database itself keeps publications as they were published

Revision ID: 0007
Revises: 0006
"""

from alembic import op

from hackaviz.migrations.publication_triggers import REFUSALS
from hackaviz.migrations.refusals import create_refusals, drop_refusals

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    create_refusals(op, REFUSALS)


def downgrade() -> None:
    """Undo."""
    drop_refusals(op, REFUSALS)
