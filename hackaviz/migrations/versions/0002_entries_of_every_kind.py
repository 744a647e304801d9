"""Entries of every kind

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from hackaviz.kernel.bilingual import BilingualType
from hackaviz.kernel.database import UTCDateTime
from hackaviz.migrations.entry_changes import after_upgrade, before_downgrade


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "harvest_sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=600), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("format", sa.String(length=24), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("harvested_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_harvest_sources")),
        sa.UniqueConstraint("address", name=op.f("uq_harvest_sources_address")),
    )
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
        "harvested_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("identifier", sa.String(length=600), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.Column("vanished_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["dataset_id"], ["datasets.id"], name=op.f("fk_harvested_records_dataset_id")),
        sa.ForeignKeyConstraint(["source_id"], ["harvest_sources.id"], name=op.f("fk_harvested_records_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_harvested_records")),
        sa.UniqueConstraint("dataset_id", name=op.f("uq_harvested_records_dataset_id")),
        sa.UniqueConstraint("source_id", "identifier", name=op.f("uq_harvested_records_source_id_identifier")),
    )
    op.create_table(
        "deadline_extensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("closes_at", UTCDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["given_by_id"], ["people.id"], name=op.f("fk_deadline_extensions_given_by_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_deadline_extensions_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_extensions")),
    )
    with op.batch_alter_table("deadline_extensions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_extensions_team_id"), ["team_id"], unique=False)

    op.create_table(
        "annexes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("removed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_annexes_entry_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["people.id"], name=op.f("fk_annexes_sent_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annexes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_annexes_public_id")),
    )
    with op.batch_alter_table("annexes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_annexes_entry_id"), ["entry_id"], unique=False)

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
        "shown_copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "due", "ready", "failed", name="copystate_known", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", UTCDateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["uploads.id"], name=op.f("fk_shown_copies_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shown_copies")),
        sa.UniqueConstraint("upload_id", name=op.f("uq_shown_copies_upload_id")),
    )
    with op.batch_alter_table("shown_copies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shown_copies_state"), ["state"], unique=False)

    op.create_table(
        "shown_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=1000), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("origin", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["uploads.id"], name=op.f("fk_shown_files_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shown_files")),
        sa.UniqueConstraint("upload_id", "path", name=op.f("uq_shown_files_upload_id_path")),
    )
    op.create_table(
        "transfers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", sa.String(length=100), nullable=False),
        sa.Column("multipart_id", sa.String(length=1000), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "begun",
                "whole",
                "examined",
                "cancelled",
                "abandoned",
                "failed",
                name="transferstate_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("begun_at", UTCDateTime(), nullable=False),
        sa.Column("whole_at", UTCDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", UTCDateTime(), nullable=True),
        sa.Column("upload_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state != 'examined' OR upload_id IS NOT NULL", name=op.f("ck_transfers_examined_has_upload")
        ),
        sa.CheckConstraint("bytes >= 1", name=op.f("ck_transfers_bytes_from_one")),
        sa.ForeignKeyConstraint(["begun_by_id"], ["people.id"], name=op.f("fk_transfers_begun_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_transfers_entry_id")),
        sa.ForeignKeyConstraint(["upload_id"], ["uploads.id"], name=op.f("fk_transfers_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_transfers_public_id")),
    )
    with op.batch_alter_table("transfers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfers_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfers_state"), ["state"], unique=False)

    op.create_table(
        "virus_scans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "due", "clean", "infected", name="scanstate_known", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("told", sa.String(length=200), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["upload_id"], ["uploads.id"], name=op.f("fk_virus_scans_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_virus_scans")),
        sa.UniqueConstraint("upload_id", name=op.f("uq_virus_scans_upload_id")),
    )
    with op.batch_alter_table("virus_scans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_virus_scans_state"), ["state"], unique=False)

    op.create_table(
        "work_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "due", "ready", "failed", name="checkstate_known", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", UTCDateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("pictures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["uploads.id"], name=op.f("fk_work_checks_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_checks")),
        sa.UniqueConstraint("upload_id", name=op.f("uq_work_checks_upload_id")),
    )
    with op.batch_alter_table("work_checks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_checks_state"), ["state"], unique=False)

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
    op.create_table(
        "pending_hand_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("handed_in_at", UTCDateTime(), nullable=False),
        sa.Column("handed_in_by_id", sa.Integer(), nullable=False),
        sa.Column("frozen", sa.JSON(), nullable=False),
        sa.Column("request_key", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "counted",
                "refused",
                "too-late",
                name="handinstate_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("settled_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_pending_hand_ins_entry_id")),
        sa.ForeignKeyConstraint(["handed_in_by_id"], ["people.id"], name=op.f("fk_pending_hand_ins_handed_in_by_id")),
        sa.ForeignKeyConstraint(["transfer_id"], ["transfers.id"], name=op.f("fk_pending_hand_ins_transfer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_hand_ins")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pending_hand_ins_public_id")),
        sa.UniqueConstraint("request_key", name=op.f("uq_pending_hand_ins_request_key")),
    )
    with op.batch_alter_table("pending_hand_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pending_hand_ins_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pending_hand_ins_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_pending_hand_ins_transfer_id"), ["transfer_id"], unique=False)

    with op.batch_alter_table("datasets", schema=None) as batch_op:
        batch_op.add_column(sa.Column("keywords", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("frequency", sa.String(length=24), server_default="", nullable=False))
        batch_op.add_column(sa.Column("contact", sa.String(length=320), server_default="", nullable=False))
        batch_op.add_column(sa.Column("bounds", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("issued_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("modified_on", sa.Date(), nullable=True))

    with op.batch_alter_table("editions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hand_in_grace_minutes", sa.Integer(), server_default="30", nullable=False))
        batch_op.add_column(sa.Column("sheet_needs", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("live_hosts", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("blocking_checks", sa.JSON(), server_default="[]", nullable=False))

    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("abstract", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("licence", sa.String(length=24), server_default="", nullable=False))
        batch_op.add_column(sa.Column("languages", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("ai_use", sa.String(length=12), server_default="", nullable=False))
        batch_op.add_column(sa.Column("ai_details", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("consent", sa.String(length=12), server_default="", nullable=False))
        batch_op.add_column(sa.Column("may_be_shown", sa.Boolean(), server_default="1", nullable=False))

    with op.batch_alter_table("previews", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stills", sa.JSON(), server_default="[]", nullable=False))

    with op.batch_alter_table("teams", schema=None) as batch_op:
        batch_op.add_column(sa.Column("school", sa.String(length=200), server_default="", nullable=False))

    after_upgrade(op)


def downgrade() -> None:
    """Undo."""
    before_downgrade(op)
    with op.batch_alter_table("teams", schema=None) as batch_op:
        batch_op.drop_column("school")

    with op.batch_alter_table("previews", schema=None) as batch_op:
        batch_op.drop_column("stills")

    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.drop_column("may_be_shown")
        batch_op.drop_column("consent")
        batch_op.drop_column("ai_details")
        batch_op.drop_column("ai_use")
        batch_op.drop_column("languages")
        batch_op.drop_column("licence")
        batch_op.drop_column("abstract")

    with op.batch_alter_table("editions", schema=None) as batch_op:
        batch_op.drop_column("blocking_checks")
        batch_op.drop_column("live_hosts")
        batch_op.drop_column("sheet_needs")
        batch_op.drop_column("hand_in_grace_minutes")

    with op.batch_alter_table("datasets", schema=None) as batch_op:
        batch_op.drop_column("modified_on")
        batch_op.drop_column("issued_on")
        batch_op.drop_column("bounds")
        batch_op.drop_column("contact")
        batch_op.drop_column("frequency")
        batch_op.drop_column("keywords")

    with op.batch_alter_table("pending_hand_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pending_hand_ins_transfer_id"))
        batch_op.drop_index(batch_op.f("ix_pending_hand_ins_state"))
        batch_op.drop_index(batch_op.f("ix_pending_hand_ins_entry_id"))

    op.drop_table("pending_hand_ins")
    op.drop_table("listings")
    with op.batch_alter_table("work_checks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_work_checks_state"))

    op.drop_table("work_checks")
    with op.batch_alter_table("virus_scans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_virus_scans_state"))

    op.drop_table("virus_scans")
    with op.batch_alter_table("transfers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfers_state"))
        batch_op.drop_index(batch_op.f("ix_transfers_entry_id"))

    op.drop_table("transfers")
    op.drop_table("shown_files")
    with op.batch_alter_table("shown_copies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shown_copies_state"))

    op.drop_table("shown_copies")
    with op.batch_alter_table("entry_aims", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_aims_aim_id"))

    op.drop_table("entry_aims")
    with op.batch_alter_table("annexes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_annexes_entry_id"))

    op.drop_table("annexes")
    with op.batch_alter_table("deadline_extensions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deadline_extensions_team_id"))

    op.drop_table("deadline_extensions")
    op.drop_table("harvested_records")
    with op.batch_alter_table("aims", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aims_edition_id"))

    op.drop_table("aims")
    op.drop_table("harvest_sources")
