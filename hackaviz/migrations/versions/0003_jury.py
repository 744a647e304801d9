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
        "jury_meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_jury_meetings_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_meetings")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_jury_meetings_edition_id")),
    )
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
    op.create_table(
        "seals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed_at", UTCDateTime(), nullable=False),
        sa.Column("sealed_by_id", sa.Integer(), nullable=True),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("full", sa.Text(), nullable=False),
        sa.Column("full_sha256", sa.String(length=64), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("public_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_seals_edition_id")),
        sa.ForeignKeyConstraint(["sealed_by_id"], ["people.id"], name=op.f("fk_seals_sealed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seals")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_seals_edition_id_number")),
    )
    op.create_table(
        "method_choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=True),
        sa.Column(
            "method",
            sa.Enum(
                "blup",
                "additive",
                "mean",
                "trimmed",
                "zscore",
                "borda",
                "schulze",
                "majority",
                name="method_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "ties",
            sa.Enum("shared", "chain", name="tierule_known", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("is_amendment", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("chosen_at", UTCDateTime(), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("NOT is_amendment OR reason <> ''", name=op.f("ck_method_choices_amendment_has_a_reason")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_method_choices_challenge_id")),
        sa.ForeignKeyConstraint(["chosen_by_id"], ["people.id"], name=op.f("fk_method_choices_chosen_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_method_choices_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_method_choices")),
    )
    with op.batch_alter_table("method_choices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_method_choices_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "jury_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "place",
                "hors-concours",
                "disqualify",
                "restore",
                "no-winner",
                "winner",
                name="decisionkind_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("votes_against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("is_carried", sa.Boolean(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(kind = 'place') = (place IS NOT NULL)", name=op.f("ck_jury_decisions_a_move_has_a_place")),
        sa.CheckConstraint(
            "(kind IN ('no-winner', 'winner')) = (entry_id IS NULL)",
            name=op.f("ck_jury_decisions_is_on_an_entry_or_a_challenge"),
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_jury_decisions_has_a_reason")),
        sa.CheckConstraint(
            "votes_for >= 0 AND votes_against >= 0 AND abstained >= 0", name=op.f("ck_jury_decisions_votes_from_zero")
        ),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_jury_decisions_challenge_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_jury_decisions_edition_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_jury_decisions_entry_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["people.id"], name=op.f("fk_jury_decisions_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_decisions")),
    )
    with op.batch_alter_table("jury_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_jury_decisions_edition_id"), ["edition_id"], unique=False)

    after_upgrade(op)


def downgrade() -> None:
    """Undo."""
    before_downgrade(op)
    with op.batch_alter_table("jury_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_jury_decisions_edition_id"))

    op.drop_table("jury_decisions")
    with op.batch_alter_table("method_choices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_method_choices_edition_id"))

    op.drop_table("method_choices")
    op.drop_table("seals")
    op.drop_table("mark_entries")
    op.drop_table("jury_meetings")
