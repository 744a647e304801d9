"""Entries of every kind

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from hackaviz.kernel.bilingual import BilingualType
from hackaviz.kernel.database import UTCDateTime


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "aims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ambition", "objective", name="aimkind_known", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", BilingualType(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_aims_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aims")),
        sa.UniqueConstraint("edition_id", "slug", name=op.f("uq_aims_edition_id_slug")),
    )
    with op.batch_alter_table("aims", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aims_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "entry_aims",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("aim_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["aim_id"], ["aims.id"], name=op.f("fk_entry_aims_aim_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_entry_aims_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", "aim_id", name=op.f("pk_entry_aims")),
    )
    with op.batch_alter_table("entry_aims", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_aims_aim_id"), ["aim_id"], unique=False)

    op.create_table(
        "listings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "listed",
                "refused",
                name="listingstate_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'refused' OR reason <> ''", name=op.f("ck_listings_refused_with_a_reason")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_listings_decided_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_listings_entry_id")),
        sa.ForeignKeyConstraint(["version_id"], ["entry_versions.id"], name=op.f("fk_listings_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listings")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_listings_entry_id")),
    )
    with op.batch_alter_table("editions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sheet_needs", sa.JSON(none_as_null=True), nullable=True))

    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("abstract", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("licence", sa.String(length=24), server_default="", nullable=False))
        batch_op.add_column(sa.Column("languages", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("ai_use", sa.String(length=12), server_default="", nullable=False))
        batch_op.add_column(sa.Column("ai_details", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("consent", sa.String(length=12), server_default="", nullable=False))
        batch_op.add_column(sa.Column("may_be_shown", sa.Boolean(), server_default=sa.text("(true)"), nullable=False))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.drop_column("may_be_shown")
        batch_op.drop_column("consent")
        batch_op.drop_column("ai_details")
        batch_op.drop_column("ai_use")
        batch_op.drop_column("languages")
        batch_op.drop_column("licence")
        batch_op.drop_column("abstract")

    with op.batch_alter_table("editions", schema=None) as batch_op:
        batch_op.drop_column("sheet_needs")

    op.drop_table("listings")
    with op.batch_alter_table("entry_aims", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_aims_aim_id"))

    op.drop_table("entry_aims")
    with op.batch_alter_table("aims", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aims_edition_id"))

    op.drop_table("aims")
