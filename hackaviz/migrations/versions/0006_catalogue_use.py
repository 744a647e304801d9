"""How the catalogue is kept and used: imports, questions, followers

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from hackaviz.kernel.bilingual import BilingualType
from hackaviz.kernel.database import UTCDateTime
from hackaviz.migrations.catalogue_use_changes import after_upgrade, before_downgrade

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "link_hosts",
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_link_hosts")),
    )
    op.create_table(
        "catalogue_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=600), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("wanted_format", sa.String(length=24), nullable=False),
        sa.Column("found_format", sa.String(length=24), nullable=False),
        sa.Column("file_key", sa.String(length=200), nullable=True),
        sa.Column("records_key", sa.String(length=200), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "ready",
                "confirmed",
                "done",
                "stopped",
                "failed",
                "set-aside",
                name="importstate_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("is_scheduled", sa.Boolean(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("claimed_until", UTCDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("pages_read", sa.Integer(), nullable=False),
        sa.Column("records_done", sa.Integer(), nullable=False),
        sa.Column("records_total", sa.Integer(), nullable=False),
        sa.Column("expected", sa.JSON(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("vanished", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("failure_code", sa.String(length=40), nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_catalogue_imports_asked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_imports")),
    )
    with op.batch_alter_table("catalogue_imports", schema=None) as batch_op:
        batch_op.create_index("ix_catalogue_imports_address_asked_at", ["address", "asked_at"], unique=False)
        batch_op.create_index("ix_catalogue_imports_state", ["state"], unique=False)
        batch_op.create_index(
            "uq_catalogue_imports_open",
            ["address"],
            unique=True,
            sqlite_where=sa.text("state IN ('asked', 'ready', 'confirmed')"),
            postgresql_where=sa.text("state IN ('asked', 'ready', 'confirmed')"),
        )

    op.create_table(
        "harvest_schedules",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column(
            "rhythm",
            sa.Enum(
                "daily", "weekly", "monthly", name="rhythm_known", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("next_at", UTCDateTime(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("failing_since", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["set_by_id"], ["people.id"], name=op.f("fk_harvest_schedules_set_by_id")),
        sa.ForeignKeyConstraint(["source_id"], ["harvest_sources.id"], name=op.f("fk_harvest_schedules_source_id")),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_harvest_schedules")),
    )
    with op.batch_alter_table("harvest_schedules", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_harvest_schedules_next_at"), ["next_at"], unique=False)

    op.create_table(
        "dataset_followers",
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name=op.f("fk_dataset_followers_dataset_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_dataset_followers_person_id")),
        sa.PrimaryKeyConstraint("dataset_id", "person_id", name=op.f("pk_dataset_followers")),
    )
    with op.batch_alter_table("dataset_followers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dataset_followers_person_id"), ["person_id"], unique=False)

    op.create_table(
        "dataset_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("request_key", sa.String(length=60), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "answered",
                "hidden",
                name="questionstate_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("settled_at", UTCDateTime(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("forwarded_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (settled_at IS NULL)", name=op.f("ck_dataset_questions_settled_at_a_moment")
        ),
        sa.CheckConstraint("state <> 'answered' OR answer <> ''", name=op.f("ck_dataset_questions_answered_in_words")),
        sa.CheckConstraint("state <> 'hidden' OR reason <> ''", name=op.f("ck_dataset_questions_hidden_with_reason")),
        sa.ForeignKeyConstraint(["asker_id"], ["people.id"], name=op.f("fk_dataset_questions_asker_id")),
        sa.ForeignKeyConstraint(["dataset_id"], ["datasets.id"], name=op.f("fk_dataset_questions_dataset_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["people.id"], name=op.f("fk_dataset_questions_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataset_questions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_dataset_questions_public_id")),
        sa.UniqueConstraint("request_key", name=op.f("uq_dataset_questions_request_key")),
    )
    with op.batch_alter_table("dataset_questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dataset_questions_asker_id"), ["asker_id"], unique=False)
        batch_op.create_index("ix_dataset_questions_dataset_id_state", ["dataset_id", "state"], unique=False)
        batch_op.create_index("ix_dataset_questions_state", ["state"], unique=False)

    op.create_table(
        "dataset_uses",
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.Column("downloads", sa.Integer(), nullable=False),
        sa.CheckConstraint("views >= 0 AND downloads >= 0", name=op.f("ck_dataset_uses_uses_are_counts")),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name=op.f("fk_dataset_uses_dataset_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dataset_id", "day", name=op.f("pk_dataset_uses")),
    )
    op.create_table(
        "distinct_pairs",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_distinct_pairs_pair_in_order")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_distinct_pairs_decided_by_id")),
        sa.ForeignKeyConstraint(
            ["first_id"], ["datasets.id"], name=op.f("fk_distinct_pairs_first_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["datasets.id"], name=op.f("fk_distinct_pairs_second_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_distinct_pairs")),
    )
    with op.batch_alter_table("distinct_pairs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_distinct_pairs_second_id"), ["second_id"], unique=False)

    op.create_table(
        "followed_datasets",
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("known", sa.JSON(), nullable=False),
        sa.Column("look_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name=op.f("fk_followed_datasets_dataset_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dataset_id", name=op.f("pk_followed_datasets")),
    )
    with op.batch_alter_table("followed_datasets", schema=None) as batch_op:
        batch_op.create_index("ix_followed_datasets_look_at", ["look_at"], unique=False)

    op.create_table(
        "former_addresses",
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["dataset_id"], ["datasets.id"], name=op.f("fk_former_addresses_dataset_id")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_former_addresses")),
    )
    with op.batch_alter_table("former_addresses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_former_addresses_dataset_id"), ["dataset_id"], unique=False)

    op.create_table(
        "import_findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column(
            "change",
            sa.Enum(
                "new",
                "changed",
                "gone",
                "rejected",
                name="change_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("identifier", sa.String(length=600), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["catalogue_imports.id"], name=op.f("fk_import_findings_import_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_findings")),
        sa.UniqueConstraint(
            "import_id", "change", "position", name=op.f("uq_import_findings_import_id_change_position")
        ),
    )
    op.create_table(
        "dataset_snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=True),
        sa.Column("title", BilingualType(), nullable=False),
        sa.Column("format", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("pinned_at", UTCDateTime(), nullable=False),
        sa.Column("pinned_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "kept",
                "failed",
                name="snapshotstate_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=60), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=True),
        sa.Column("bytes", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("taken_at", UTCDateTime(), nullable=True),
        sa.Column("inspection", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "(state = 'kept') = (storage_key IS NOT NULL AND sha256 IS NOT NULL AND bytes IS NOT NULL AND taken_at IS NOT NULL)",
            name=op.f("ck_dataset_snapshots_kept_with_its_bytes"),
        ),
        sa.ForeignKeyConstraint(["dataset_id"], ["datasets.id"], name=op.f("fk_dataset_snapshots_dataset_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_dataset_snapshots_edition_id")),
        sa.ForeignKeyConstraint(["pinned_by_id"], ["people.id"], name=op.f("fk_dataset_snapshots_pinned_by_id")),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resources.id"], name=op.f("fk_dataset_snapshots_resource_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataset_snapshots")),
        sa.UniqueConstraint("edition_id", "resource_id", name=op.f("uq_dataset_snapshots_edition_id_resource_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_dataset_snapshots_public_id")),
    )
    with op.batch_alter_table("dataset_snapshots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dataset_snapshots_dataset_id"), ["dataset_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dataset_snapshots_resource_id"), ["resource_id"], unique=False)
        batch_op.create_index("ix_dataset_snapshots_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "link_checks",
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("checked_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.CheckConstraint("(code = '') = (failures = 0)", name=op.f("ck_link_checks_failures_are_counted")),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resources.id"], name=op.f("fk_link_checks_resource_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("resource_id", name=op.f("pk_link_checks")),
    )
    with op.batch_alter_table("link_checks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_checks_due_at"), ["due_at"], unique=False)

    op.create_table(
        "award_payment_reversals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=True),
        sa.Column("payment_key", sa.String(length=100), nullable=True),
        sa.Column("prize_title", BilingualType(), nullable=False),
        sa.Column("entry_code", sa.String(length=40), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("payment_reference", sa.String(length=160), nullable=False),
        sa.Column("proof_key", sa.String(length=200), nullable=True),
        sa.Column("proof_name", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reversed_at", UTCDateTime(), nullable=False),
        sa.Column("reversed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["award_id"], ["awards.id"], name=op.f("fk_award_payment_reversals_award_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_award_payment_reversals_edition_id")),
        sa.ForeignKeyConstraint(
            ["payment_key"], ["ledger_transactions.key"], name=op.f("fk_award_payment_reversals_payment_key")
        ),
        sa.ForeignKeyConstraint(
            ["reversed_by_id"], ["people.id"], name=op.f("fk_award_payment_reversals_reversed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_payment_reversals")),
        sa.UniqueConstraint("payment_key", name=op.f("uq_award_payment_reversals_payment_key")),
    )
    with op.batch_alter_table("award_payment_reversals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_award_payment_reversals_award_id"), ["award_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_award_payment_reversals_edition_id"), ["edition_id"], unique=False)

    with op.batch_alter_table("harvested_records", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_harvested_records_dataset_id"), type_="unique")
        batch_op.create_index(batch_op.f("ix_harvested_records_dataset_id"), ["dataset_id"], unique=False)

    after_upgrade(op)


def downgrade() -> None:
    """Undo."""
    before_downgrade(op)
    with op.batch_alter_table("harvested_records", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_harvested_records_dataset_id"))
        batch_op.create_unique_constraint(batch_op.f("uq_harvested_records_dataset_id"), ["dataset_id"])

    with op.batch_alter_table("award_payment_reversals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_award_payment_reversals_edition_id"))
        batch_op.drop_index(batch_op.f("ix_award_payment_reversals_award_id"))

    op.drop_table("award_payment_reversals")
    with op.batch_alter_table("link_checks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_checks_due_at"))

    op.drop_table("link_checks")
    with op.batch_alter_table("dataset_snapshots", schema=None) as batch_op:
        batch_op.drop_index("ix_dataset_snapshots_state_due_at")
        batch_op.drop_index(batch_op.f("ix_dataset_snapshots_resource_id"))
        batch_op.drop_index(batch_op.f("ix_dataset_snapshots_dataset_id"))

    op.drop_table("dataset_snapshots")
    op.drop_table("import_findings")
    with op.batch_alter_table("former_addresses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_former_addresses_dataset_id"))

    op.drop_table("former_addresses")
    with op.batch_alter_table("followed_datasets", schema=None) as batch_op:
        batch_op.drop_index("ix_followed_datasets_look_at")

    op.drop_table("followed_datasets")
    with op.batch_alter_table("distinct_pairs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_distinct_pairs_second_id"))

    op.drop_table("distinct_pairs")
    op.drop_table("dataset_uses")
    with op.batch_alter_table("dataset_questions", schema=None) as batch_op:
        batch_op.drop_index("ix_dataset_questions_state")
        batch_op.drop_index("ix_dataset_questions_dataset_id_state")
        batch_op.drop_index(batch_op.f("ix_dataset_questions_asker_id"))

    op.drop_table("dataset_questions")
    with op.batch_alter_table("dataset_followers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dataset_followers_person_id"))

    op.drop_table("dataset_followers")
    with op.batch_alter_table("harvest_schedules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_harvest_schedules_next_at"))

    op.drop_table("harvest_schedules")
    with op.batch_alter_table("catalogue_imports", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_catalogue_imports_open",
            sqlite_where=sa.text("state IN ('asked', 'ready', 'confirmed')"),
            postgresql_where=sa.text("state IN ('asked', 'ready', 'confirmed')"),
        )
        batch_op.drop_index("ix_catalogue_imports_state")
        batch_op.drop_index("ix_catalogue_imports_address_asked_at")

    op.drop_table("catalogue_imports")
    op.drop_table("link_hosts")
