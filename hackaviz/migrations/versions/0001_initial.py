"""Initial schema

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from hackaviz.kernel.bilingual import BilingualType
from hackaviz.kernel.database import UTCDateTime
from hackaviz.migrations.triggers import create_triggers, drop_triggers


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", BilingualType(), nullable=False),
        sa.Column("tagline", BilingualType(), nullable=False),
        sa.Column("description", BilingualType(), nullable=False),
        sa.Column("provenance", BilingualType(), nullable=True),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("organiser_name", sa.String(length=200), nullable=False),
        sa.Column("contact_email", sa.String(length=320), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("registration_opens_at", UTCDateTime(), nullable=False),
        sa.Column("registration_closes_at", UTCDateTime(), nullable=False),
        sa.Column("submission_opens_at", UTCDateTime(), nullable=False),
        sa.Column("submission_closes_at", UTCDateTime(), nullable=False),
        sa.Column("judging_opens_at", UTCDateTime(), nullable=False),
        sa.Column("judging_closes_at", UTCDateTime(), nullable=False),
        sa.Column("results_expected_at", UTCDateTime(), nullable=False),
        sa.Column("smallest_team", sa.Integer(), nullable=False),
        sa.Column("largest_team", sa.Integer(), nullable=False),
        sa.Column("reviews_needed", sa.Integer(), nullable=False),
        sa.Column(
            "visibility",
            sa.Enum(
                "draft", "published", name="visibility_known", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("published_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("results_public_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "(visibility = 'published') = (published_at IS NOT NULL)", name=op.f("ck_editions_published_is_dated")
        ),
        sa.CheckConstraint("judging_opens_at < judging_closes_at", name=op.f("ck_editions_judging_in_order")),
        sa.CheckConstraint(
            "registration_opens_at < registration_closes_at", name=op.f("ck_editions_registration_in_order")
        ),
        sa.CheckConstraint("registration_opens_at <= submission_opens_at", name=op.f("ck_editions_registration_first")),
        sa.CheckConstraint("smallest_team BETWEEN 1 AND largest_team", name=op.f("ck_editions_team_sizes_in_order")),
        sa.CheckConstraint(
            "submission_closes_at <= judging_opens_at", name=op.f("ck_editions_judging_after_submission")
        ),
        sa.CheckConstraint("submission_opens_at < submission_closes_at", name=op.f("ck_editions_submission_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sa.UniqueConstraint("slug", name=op.f("uq_editions_slug")),
    )
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "outgoing_mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unique_key", sa.String(length=200), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mails")),
        sa.UniqueConstraint("unique_key", name=op.f("uq_outgoing_mails_unique_key")),
    )
    with op.batch_alter_table("outgoing_mails", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outgoing_mails_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_outgoing_mails_recipient"), ["recipient"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.Column("is_steward", sa.Boolean(), nullable=False),
        sa.Column("email_verified_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("session_stamp", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("email", name=op.f("uq_people_email")),
        sa.UniqueConstraint("public_id", name=op.f("uq_people_public_id")),
    )
    op.create_table(
        "publishers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("website", sa.String(length=1000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publishers")),
        sa.UniqueConstraint("name", name=op.f("uq_publishers_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_publishers_slug")),
    )
    op.create_table(
        "sign_in_failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=320), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failures")),
    )
    with op.batch_alter_table("sign_in_failures", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_failures_account_at", ["account", "at"], unique=False)

    op.create_table(
        "account_tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "verify-email",
                "reset-password",
                name="tokenpurpose_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_account_tokens_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_account_tokens_digest")),
    )
    with op.batch_alter_table("account_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_tokens_person_id"), ["person_id"], unique=False)

    op.create_table(
        "actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("subject_type", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_actions_actor_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_actions_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
    )
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.create_index("ix_actions_edition_id_at", ["edition_id", "at"], unique=False)
        batch_op.create_index("ix_actions_subject", ["subject_type", "subject_id"], unique=False)

    op.create_table(
        "challenges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", BilingualType(), nullable=False),
        sa.Column("question", BilingualType(), nullable=False),
        sa.Column("brief", BilingualType(), nullable=False),
        sa.Column(
            "visibility",
            sa.Enum(
                "draft", "published", name="visibility_known", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("published_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "(visibility = 'published') = (published_at IS NOT NULL)", name=op.f("ck_challenges_published_is_dated")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_challenges_number_from_one")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_challenges_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenges")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_challenges_edition_id_number")),
        sa.UniqueConstraint("edition_id", "slug", name=op.f("uq_challenges_edition_id_slug")),
    )
    op.create_table(
        "datasets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("title", BilingualType(), nullable=False),
        sa.Column("description", BilingualType(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("licence", sa.String(length=40), nullable=False),
        sa.Column("licence_as_stated", sa.String(length=500), nullable=False),
        sa.Column("landing_page", sa.String(length=2000), nullable=False),
        sa.Column("coverage", BilingualType(), nullable=True),
        sa.Column("period", sa.String(length=120), nullable=False),
        sa.Column(
            "availability",
            sa.Enum(
                "here",
                "reachable",
                "described",
                name="availability_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("link_seen_on", sa.Date(), nullable=True),
        sa.Column("seen_in", sa.String(length=500), nullable=False),
        sa.Column("is_featured", sa.Boolean(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("folded_title_fr", sa.String(length=400), nullable=False),
        sa.Column("folded_title_en", sa.String(length=400), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["publisher_id"], ["publishers.id"], name=op.f("fk_datasets_publisher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_datasets")),
        sa.UniqueConstraint("slug", name=op.f("uq_datasets_slug")),
    )
    with op.batch_alter_table("datasets", schema=None) as batch_op:
        batch_op.create_index("ix_datasets_availability", ["availability"], unique=False)
        batch_op.create_index("ix_datasets_licence", ["licence"], unique=False)
        batch_op.create_index(batch_op.f("ix_datasets_publisher_id"), ["publisher_id"], unique=False)
        batch_op.create_index("ix_datasets_theme", ["theme"], unique=False)

    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("public_at", UTCDateTime(), nullable=False),
        sa.Column("prepared_at", UTCDateTime(), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("snapshot_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_publications_edition_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["people.id"], name=op.f("fk_publications_prepared_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_publications_edition_id_number")),
    )
    op.create_table(
        "rules_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", BilingualType(), nullable=False),
        sa.Column("published_at", UTCDateTime(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_rules_versions_edition_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["people.id"], name=op.f("fk_rules_versions_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules_versions")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_rules_versions_edition_id_number")),
    )
    op.create_table(
        "sponsors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("website", sa.String(length=500), nullable=False),
        sa.Column("description", BilingualType(), nullable=False),
        sa.Column("is_invented", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_sponsors_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsors")),
        sa.UniqueConstraint("edition_id", "name", name=op.f("uq_sponsors_edition_id_name")),
    )
    op.create_table(
        "challenge_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("before", BilingualType(), nullable=False),
        sa.Column("after", BilingualType(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_challenge_changes_challenge_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["people.id"], name=op.f("fk_challenge_changes_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_changes")),
    )
    with op.batch_alter_table("challenge_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_changes_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "challenge_datasets",
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_challenge_datasets_challenge_id")),
        sa.ForeignKeyConstraint(["dataset_id"], ["datasets.id"], name=op.f("fk_challenge_datasets_dataset_id")),
        sa.PrimaryKeyConstraint("challenge_id", "dataset_id", name=op.f("pk_challenge_datasets")),
    )
    op.create_table(
        "criteria",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", BilingualType(), nullable=False),
        sa.Column("question", BilingualType(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.CheckConstraint("weight > 0", name=op.f("ck_criteria_weight_is_positive")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_criteria_challenge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria")),
        sa.UniqueConstraint("challenge_id", "position", name=op.f("uq_criteria_challenge_id_position")),
    )
    op.create_table(
        "dataset_formats",
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["dataset_id"], ["datasets.id"], name=op.f("fk_dataset_formats_dataset_id")),
        sa.PrimaryKeyConstraint("dataset_id", "format", name=op.f("pk_dataset_formats")),
    )
    with op.batch_alter_table("dataset_formats", schema=None) as batch_op:
        batch_op.create_index("ix_dataset_formats_format", ["format"], unique=False)

    op.create_table(
        "edition_roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "organiser", "juror", "sponsor", name="role_known", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("sponsor_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "(role = 'sponsor') = (sponsor_id IS NOT NULL)", name=op.f("ck_edition_roles_sponsor_contact_names_sponsor")
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_edition_roles_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_edition_roles_person_id")),
        sa.ForeignKeyConstraint(["sponsor_id"], ["sponsors.id"], name=op.f("fk_edition_roles_sponsor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_roles")),
        sa.UniqueConstraint(
            "person_id",
            "edition_id",
            "role",
            "sponsor_id",
            name=op.f("uq_edition_roles_person_id_edition_id_role_sponsor_id"),
        ),
    )
    with op.batch_alter_table("edition_roles", schema=None) as batch_op:
        batch_op.create_index("ix_edition_roles_edition_id_role", ["edition_id", "role"], unique=False)
        batch_op.create_index(
            "uq_edition_roles_without_sponsor",
            ["person_id", "edition_id", "role"],
            unique=True,
            sqlite_where=sa.text("sponsor_id IS NULL"),
            postgresql_where=sa.text("sponsor_id IS NULL"),
        )

    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "organiser", "juror", "sponsor", name="role_known", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("sponsor_id", sa.Integer(), nullable=True),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("accepted_at", UTCDateTime(), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["people.id"], name=op.f("fk_invitations_accepted_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_invitations_edition_id")),
        sa.ForeignKeyConstraint(["invited_by_id"], ["people.id"], name=op.f("fk_invitations_invited_by_id")),
        sa.ForeignKeyConstraint(["sponsor_id"], ["sponsors.id"], name=op.f("fk_invitations_sponsor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_invitations_token_digest")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "pledges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("sponsor_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("promised_cents", sa.BigInteger(), nullable=False),
        sa.Column("received_cents", sa.BigInteger(), nullable=False),
        sa.Column("allocated_cents", sa.BigInteger(), nullable=False),
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
        sa.Column("carrier_name", sa.String(length=160), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("pledged_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("(custody = 'carrier') = (carrier_name <> '')", name=op.f("ck_pledges_carrier_is_named")),
        sa.CheckConstraint(
            "allocated_cents <= CASE WHEN custody = 'direct' THEN promised_cents ELSE received_cents END",
            name=op.f("ck_pledges_allocated_within_held"),
        ),
        sa.CheckConstraint("allocated_cents >= 0", name=op.f("ck_pledges_allocated_not_negative")),
        sa.CheckConstraint("promised_cents > 0", name=op.f("ck_pledges_promise_is_positive")),
        sa.CheckConstraint(
            "received_cents BETWEEN 0 AND promised_cents", name=op.f("ck_pledges_received_within_promise")
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_pledges_edition_id")),
        sa.ForeignKeyConstraint(["sponsor_id"], ["sponsors.id"], name=op.f("fk_pledges_sponsor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledges")),
        sa.UniqueConstraint("edition_id", "name", name=op.f("uq_pledges_edition_id_name")),
    )
    with op.batch_alter_table("pledges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pledges_sponsor_id"), ["sponsor_id"], unique=False)

    op.create_table(
        "prizes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", BilingualType(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("awarded_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("awarded_cents BETWEEN 0 AND cents", name=op.f("ck_prizes_awarded_within_announced")),
        sa.CheckConstraint("cents > 0", name=op.f("ck_prizes_prize_is_positive")),
        sa.CheckConstraint("place >= 1", name=op.f("ck_prizes_place_from_one")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_prizes_challenge_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_prizes_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prizes")),
        sa.UniqueConstraint(
            "edition_id", "challenge_id", "place", name=op.f("uq_prizes_edition_id_challenge_id_place")
        ),
    )
    op.create_table(
        "registrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("rules_version_id", sa.Integer(), nullable=False),
        sa.Column("rules_accepted_at", UTCDateTime(), nullable=False),
        sa.Column("is_student", sa.Boolean(), nullable=False),
        sa.Column("school", sa.String(length=200), nullable=False),
        sa.Column("is_minor", sa.Boolean(), nullable=False),
        sa.Column(
            "eligibility",
            sa.Enum(
                "stated",
                "confirmed",
                "refused",
                name="eligibility_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("eligibility_reason", sa.String(length=500), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_registrations_decided_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_registrations_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_registrations_person_id")),
        sa.ForeignKeyConstraint(
            ["rules_version_id"], ["rules_versions.id"], name=op.f("fk_registrations_rules_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint("edition_id", "person_id", name=op.f("uq_registrations_edition_id_person_id")),
    )
    with op.batch_alter_table("registrations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registrations_person_id"), ["person_id"], unique=False)

    op.create_table(
        "resources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", BilingualType(), nullable=False),
        sa.Column("format", sa.String(length=40), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=True),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("inspection", sa.JSON(), nullable=True),
        sa.Column("chart", sa.JSON(), nullable=True),
        sa.CheckConstraint("storage_key IS NOT NULL OR url <> ''", name=op.f("ck_resources_resource_is_somewhere")),
        sa.ForeignKeyConstraint(["dataset_id"], ["datasets.id"], name=op.f("fk_resources_dataset_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resources")),
        sa.UniqueConstraint("dataset_id", "position", name=op.f("uq_resources_dataset_id_position")),
    )
    with op.batch_alter_table("resources", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resources_dataset_id"), ["dataset_id"], unique=False)

    op.create_table(
        "teams",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("folded_name", sa.String(length=80), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_teams_challenge_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_teams_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("edition_id", "folded_name", name=op.f("uq_teams_edition_id_folded_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_teams_public_id")),
    )
    op.create_table(
        "entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("message", sa.String(length=300), nullable=False),
        sa.Column("text_alternative", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("tools", sa.String(length=300), nullable=False),
        sa.Column("current_upload_id", sa.Integer(), nullable=True),
        sa.Column("current_version_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_entries_challenge_id")),
        sa.ForeignKeyConstraint(
            ["current_upload_id"], ["uploads.id"], name=op.f("fk_entries_current_upload_id"), use_alter=True
        ),
        sa.ForeignKeyConstraint(
            ["current_version_id"], ["entry_versions.id"], name=op.f("fk_entries_current_version_id"), use_alter=True
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_entries_edition_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_entries_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_entries_edition_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_entries_public_id")),
        sa.UniqueConstraint("team_id", name=op.f("uq_entries_team_id")),
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entries_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "pledge_challenges",
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_pledge_challenges_challenge_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_challenges_pledge_id")),
        sa.PrimaryKeyConstraint("pledge_id", "challenge_id", name=op.f("pk_pledge_challenges")),
    )
    op.create_table(
        "pledge_payments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=160), nullable=False),
        sa.Column("request_key", sa.String(length=60), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("cents > 0", name=op.f("ck_pledge_payments_payment_is_positive")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_payments_pledge_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["people.id"], name=op.f("fk_pledge_payments_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_payments")),
        sa.UniqueConstraint("request_key", name=op.f("uq_pledge_payments_request_key")),
    )
    with op.batch_alter_table("pledge_payments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pledge_payments_pledge_id"), ["pledge_id"], unique=False)

    op.create_table(
        "team_invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("accepted_at", UTCDateTime(), nullable=True),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["invited_by_id"], ["people.id"], name=op.f("fk_team_invitations_invited_by_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_team_invitations_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_invitations")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_team_invitations_token_digest")),
    )
    with op.batch_alter_table("team_invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_invitations_team_id"), ["team_id"], unique=False)

    op.create_table(
        "team_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("is_captain", sa.Boolean(), nullable=False),
        sa.Column("joined_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("seat >= 1", name=op.f("ck_team_members_seat_from_one")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_team_members_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_team_members_person_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_team_members_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_members")),
        sa.UniqueConstraint("edition_id", "person_id", name="uq_team_members_one_team_per_edition"),
        sa.UniqueConstraint("team_id", "seat", name=op.f("uq_team_members_team_id_seat")),
    )
    with op.batch_alter_table("team_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_members_person_id"), ["person_id"], unique=False)

    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("assigned_at", UTCDateTime(), nullable=False),
        sa.Column("assigned_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["assigned_by_id"], ["people.id"], name=op.f("fk_assignments_assigned_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_assignments_entry_id")),
        sa.ForeignKeyConstraint(["juror_id"], ["people.id"], name=op.f("fk_assignments_juror_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
        sa.UniqueConstraint("juror_id", "entry_id", name=op.f("uq_assignments_juror_id_entry_id")),
    )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignments_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "awards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prize_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("payment_reference", sa.String(length=160), nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_awards_award_is_positive")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_awards_decided_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_awards_entry_id")),
        sa.ForeignKeyConstraint(["prize_id"], ["prizes.id"], name=op.f("fk_awards_prize_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awards")),
        sa.UniqueConstraint("prize_id", "entry_id", name=op.f("uq_awards_prize_id_entry_id")),
    )
    with op.batch_alter_table("awards", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_awards_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_awards_prize_id"), ["prize_id"], unique=False)

    op.create_table(
        "citations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("usage", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["dataset_id"], ["datasets.id"], name=op.f("fk_citations_dataset_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_citations_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citations")),
        sa.UniqueConstraint("entry_id", "dataset_id", name=op.f("uq_citations_entry_id_dataset_id")),
    )
    with op.batch_alter_table("citations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_citations_dataset_id"), ["dataset_id"], unique=False)

    op.create_table(
        "cleared_conflict_hints",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("cleared_at", UTCDateTime(), nullable=False),
        sa.Column("cleared_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cleared_by_id"], ["people.id"], name=op.f("fk_cleared_conflict_hints_cleared_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_cleared_conflict_hints_entry_id")),
        sa.ForeignKeyConstraint(["juror_id"], ["people.id"], name=op.f("fk_cleared_conflict_hints_juror_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cleared_conflict_hints")),
        sa.UniqueConstraint("juror_id", "entry_id", name=op.f("uq_cleared_conflict_hints_juror_id_entry_id")),
    )
    with op.batch_alter_table("cleared_conflict_hints", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cleared_conflict_hints_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "conflicts_of_interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("declared_at", UTCDateTime(), nullable=False),
        sa.Column("declared_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["declared_by_id"], ["people.id"], name=op.f("fk_conflicts_of_interest_declared_by_id")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_conflicts_of_interest_entry_id")),
        sa.ForeignKeyConstraint(["juror_id"], ["people.id"], name=op.f("fk_conflicts_of_interest_juror_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflicts_of_interest")),
        sa.UniqueConstraint("juror_id", "entry_id", name=op.f("uq_conflicts_of_interest_juror_id_entry_id")),
    )
    with op.batch_alter_table("conflicts_of_interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conflicts_of_interest_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("comment_to_team", sa.Text(), nullable=False),
        sa.Column("comment_private", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("last_save_key", sa.String(length=60), nullable=True),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("saved_at", UTCDateTime(), nullable=False),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("revision >= 0", name=op.f("ck_reviews_revision_from_zero")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_reviews_entry_id")),
        sa.ForeignKeyConstraint(["juror_id"], ["people.id"], name=op.f("fk_reviews_juror_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("juror_id", "entry_id", name=op.f("uq_reviews_juror_id_entry_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reviews_public_id")),
    )
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reviews_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "accepted", "refused", name="uploadstate_known", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=24), nullable=True),
        sa.Column("entry_point", sa.String(length=1000), nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_uploads_entry_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["people.id"], name=op.f("fk_uploads_sent_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        sa.UniqueConstraint("public_id", name=op.f("uq_uploads_public_id")),
    )
    with op.batch_alter_table("uploads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_uploads_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "award_fundings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_award_fundings_funding_is_positive")),
        sa.ForeignKeyConstraint(["award_id"], ["awards.id"], name=op.f("fk_award_fundings_award_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_award_fundings_pledge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_fundings")),
        sa.UniqueConstraint("award_id", "pledge_id", name=op.f("uq_award_fundings_award_id_pledge_id")),
    )
    with op.batch_alter_table("award_fundings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_award_fundings_pledge_id"), ["pledge_id"], unique=False)

    op.create_table(
        "entry_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("handed_in_at", UTCDateTime(), nullable=False),
        sa.Column("handed_in_by_id", sa.Integer(), nullable=False),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.Column("manifest_sha256", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=200), nullable=False),
        sa.Column("request_key", sa.String(length=60), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_entry_versions_number_from_one")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_entry_versions_entry_id")),
        sa.ForeignKeyConstraint(["handed_in_by_id"], ["people.id"], name=op.f("fk_entry_versions_handed_in_by_id")),
        sa.ForeignKeyConstraint(["upload_id"], ["uploads.id"], name=op.f("fk_entry_versions_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_versions")),
        sa.UniqueConstraint("entry_id", "number", name=op.f("uq_entry_versions_entry_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_entry_versions_public_id")),
        sa.UniqueConstraint("request_key", name=op.f("uq_entry_versions_request_key")),
    )
    op.create_table(
        "marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.CheckConstraint("value >= 0", name=op.f("ck_marks_mark_from_zero")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criteria.id"], name=op.f("fk_marks_criterion_id")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_marks_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marks")),
        sa.UniqueConstraint("review_id", "criterion_id", name=op.f("uq_marks_review_id_criterion_id")),
    )
    op.create_table(
        "previews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "due",
                "ready",
                "failed",
                name="previewstate_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", UTCDateTime(), nullable=True),
        sa.Column("large_key", sa.String(length=200), nullable=True),
        sa.Column("small_key", sa.String(length=200), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("is_drawn_label", sa.Boolean(), nullable=False),
        sa.Column("pages", sa.JSON(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["upload_id"], ["uploads.id"], name=op.f("fk_previews_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_previews")),
        sa.UniqueConstraint("upload_id", name=op.f("uq_previews_upload_id")),
    )
    with op.batch_alter_table("previews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_previews_state"), ["state"], unique=False)

    op.create_table(
        "upload_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=1000), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["uploads.id"], name=op.f("fk_upload_files_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_files")),
        sa.UniqueConstraint("upload_id", "path", name=op.f("uq_upload_files_upload_id_path")),
    )
    create_triggers(op)


def downgrade() -> None:
    """Undo."""
    drop_triggers(op)
    op.drop_table("upload_files")
    with op.batch_alter_table("previews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_previews_state"))

    op.drop_table("previews")
    op.drop_table("marks")
    op.drop_table("entry_versions")
    with op.batch_alter_table("award_fundings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_award_fundings_pledge_id"))

    op.drop_table("award_fundings")
    with op.batch_alter_table("uploads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_uploads_entry_id"))

    op.drop_table("uploads")
    with op.batch_alter_table("reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reviews_entry_id"))

    op.drop_table("reviews")
    with op.batch_alter_table("conflicts_of_interest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflicts_of_interest_entry_id"))

    op.drop_table("conflicts_of_interest")
    with op.batch_alter_table("cleared_conflict_hints", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cleared_conflict_hints_entry_id"))

    op.drop_table("cleared_conflict_hints")
    with op.batch_alter_table("citations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_citations_dataset_id"))

    op.drop_table("citations")
    with op.batch_alter_table("awards", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_awards_prize_id"))
        batch_op.drop_index(batch_op.f("ix_awards_entry_id"))

    op.drop_table("awards")
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignments_entry_id"))

    op.drop_table("assignments")
    with op.batch_alter_table("team_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_members_person_id"))

    op.drop_table("team_members")
    with op.batch_alter_table("team_invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_invitations_team_id"))

    op.drop_table("team_invitations")
    with op.batch_alter_table("pledge_payments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pledge_payments_pledge_id"))

    op.drop_table("pledge_payments")
    op.drop_table("pledge_challenges")
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entries_challenge_id"))

    op.drop_table("entries")
    op.drop_table("teams")
    with op.batch_alter_table("resources", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resources_dataset_id"))

    op.drop_table("resources")
    with op.batch_alter_table("registrations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registrations_person_id"))

    op.drop_table("registrations")
    op.drop_table("prizes")
    with op.batch_alter_table("pledges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pledges_sponsor_id"))

    op.drop_table("pledges")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitations_edition_id"))

    op.drop_table("invitations")
    with op.batch_alter_table("edition_roles", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_edition_roles_without_sponsor",
            sqlite_where=sa.text("sponsor_id IS NULL"),
            postgresql_where=sa.text("sponsor_id IS NULL"),
        )
        batch_op.drop_index("ix_edition_roles_edition_id_role")

    op.drop_table("edition_roles")
    with op.batch_alter_table("dataset_formats", schema=None) as batch_op:
        batch_op.drop_index("ix_dataset_formats_format")

    op.drop_table("dataset_formats")
    op.drop_table("criteria")
    op.drop_table("challenge_datasets")
    with op.batch_alter_table("challenge_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_challenge_changes_challenge_id"))

    op.drop_table("challenge_changes")
    op.drop_table("sponsors")
    op.drop_table("rules_versions")
    op.drop_table("publications")
    with op.batch_alter_table("datasets", schema=None) as batch_op:
        batch_op.drop_index("ix_datasets_theme")
        batch_op.drop_index(batch_op.f("ix_datasets_publisher_id"))
        batch_op.drop_index("ix_datasets_licence")
        batch_op.drop_index("ix_datasets_availability")

    op.drop_table("datasets")
    op.drop_table("challenges")
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.drop_index("ix_actions_subject")
        batch_op.drop_index("ix_actions_edition_id_at")

    op.drop_table("actions")
    with op.batch_alter_table("account_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_tokens_person_id"))

    op.drop_table("account_tokens")
    with op.batch_alter_table("sign_in_failures", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_failures_account_at")

    op.drop_table("sign_in_failures")
    op.drop_table("publishers")
    op.drop_table("people")
    with op.batch_alter_table("outgoing_mails", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outgoing_mails_recipient"))
        batch_op.drop_index(batch_op.f("ix_outgoing_mails_due_at"))

    op.drop_table("outgoing_mails")
    op.drop_table("heartbeats")
    op.drop_table("editions")
