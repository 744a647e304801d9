"""The catalogue

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from hackaviz.migrations.catalogue_changes import after_upgrade, before_downgrade

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "facet_counts",
        sa.Column("facet", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=160), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("facet", "value", name=op.f("pk_facet_counts")),
    )
    op.create_table(
        "dataset_places",
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("usable", sa.Integer(), nullable=False),
        sa.Column("recommended", sa.Integer(), nullable=False),
        sa.Column("availability", sa.String(length=24), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("licence", sa.String(length=40), nullable=False),
        sa.Column("publisher", sa.String(length=120), nullable=False),
        sa.Column("has_map", sa.Boolean(), nullable=False),
        sa.Column("has_preview", sa.Boolean(), nullable=False),
        sa.Column("modified_on", sa.Date(), nullable=True),
        sa.Column("title_fr", sa.String(length=400), nullable=False),
        sa.Column("title_en", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name=op.f("fk_dataset_places_dataset_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dataset_id", name=op.f("pk_dataset_places")),
    )
    with op.batch_alter_table("dataset_places", schema=None) as batch_op:
        batch_op.create_index("ix_dataset_places_en", ["usable", "recommended", "title_en", "dataset_id"], unique=False)
        batch_op.create_index("ix_dataset_places_fr", ["usable", "recommended", "title_fr", "dataset_id"], unique=False)
        batch_op.create_index("ix_dataset_places_licence", ["licence"], unique=False)
        batch_op.create_index("ix_dataset_places_modified_on", ["modified_on"], unique=False)
        batch_op.create_index("ix_dataset_places_publisher", ["publisher"], unique=False)
        batch_op.create_index("ix_dataset_places_theme", ["theme"], unique=False)

    after_upgrade(op)


def downgrade() -> None:
    """Undo."""
    before_downgrade(op)
    with op.batch_alter_table("dataset_places", schema=None) as batch_op:
        batch_op.drop_index("ix_dataset_places_theme")
        batch_op.drop_index("ix_dataset_places_publisher")
        batch_op.drop_index("ix_dataset_places_modified_on")
        batch_op.drop_index("ix_dataset_places_licence")
        batch_op.drop_index("ix_dataset_places_fr")
        batch_op.drop_index("ix_dataset_places_en")

    op.drop_table("dataset_places")
    op.drop_table("facet_counts")
