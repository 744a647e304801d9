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
        "duel_votings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("opens_at", UTCDateTime(), nullable=False),
        sa.Column("closes_at", UTCDateTime(), nullable=False),
        sa.Column("finalists_only", sa.Boolean(), nullable=False),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_duel_votings_duels_in_order")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_duel_votings_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duel_votings")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_duel_votings_edition_id")),
    )
    op.create_table(
        "juror_pseudonyms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("pseudonym", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_juror_pseudonyms_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_juror_pseudonyms_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_juror_pseudonyms")),
        sa.UniqueConstraint("edition_id", "person_id", name=op.f("uq_juror_pseudonyms_edition_id_person_id")),
        sa.UniqueConstraint("pseudonym", name=op.f("uq_juror_pseudonyms_pseudonym")),
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
        "rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "qualification",
                "finalists",
                name="roundkind_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("opens_at", UTCDateTime(), nullable=False),
        sa.Column("closes_at", UTCDateTime(), nullable=False),
        sa.Column("reviews_needed", sa.Integer(), nullable=True),
        sa.Column("is_blind", sa.Boolean(), nullable=False),
        sa.Column(
            "marks_shown",
            sa.Enum(
                "after-own",
                "at-deliberation",
                name="marksshown_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_rounds_round_in_order")),
        sa.CheckConstraint("reviews_needed >= 1", name=op.f("ck_rounds_reviews_from_one")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_rounds_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("edition_id", "kind", name=op.f("uq_rounds_edition_id_kind")),
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
        "audience_panels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("prize_id", sa.Integer(), nullable=True),
        sa.Column(
            "electorate",
            sa.Enum(
                "everybody", "listed", name="electorate_known", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("opens_at", UTCDateTime(), nullable=False),
        sa.Column("closes_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_audience_panels_vote_in_order")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_audience_panels_edition_id")),
        sa.ForeignKeyConstraint(["prize_id"], ["prizes.id"], name=op.f("fk_audience_panels_prize_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience_panels")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_audience_panels_edition_id")),
    )
    op.create_table(
        "jury_seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("challenge_ids", sa.JSON(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("prize_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("most >= 0", name=op.f("ck_jury_seats_most_from_zero")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_jury_seats_edition_id")),
        sa.ForeignKeyConstraint(["juror_id"], ["people.id"], name=op.f("fk_jury_seats_juror_id")),
        sa.ForeignKeyConstraint(["prize_id"], ["prizes.id"], name=op.f("fk_jury_seats_prize_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_seats")),
        sa.UniqueConstraint("edition_id", "juror_id", name=op.f("uq_jury_seats_edition_id_juror_id")),
    )
    op.create_table(
        "mentors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("noted_at", UTCDateTime(), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["noted_by_id"], ["people.id"], name=op.f("fk_mentors_noted_by_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_mentors_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentors")),
        sa.UniqueConstraint("team_id", "email", name=op.f("uq_mentors_team_id_email")),
    )
    with op.batch_alter_table("mentors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentors_email"), ["email"], unique=False)

    op.create_table(
        "audience_ballots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("voter_key", sa.String(length=64), nullable=False),
        sa.Column("cast_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_audience_ballots_entry_id")),
        sa.ForeignKeyConstraint(["panel_id"], ["audience_panels.id"], name=op.f("fk_audience_ballots_panel_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_audience_ballots_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience_ballots")),
        sa.UniqueConstraint("panel_id", "person_id", name=op.f("uq_audience_ballots_panel_id_person_id")),
        sa.UniqueConstraint("panel_id", "voter_key", name=op.f("uq_audience_ballots_panel_id_voter_key")),
    )
    with op.batch_alter_table("audience_ballots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audience_ballots_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "audience_voters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.ForeignKeyConstraint(["panel_id"], ["audience_panels.id"], name=op.f("fk_audience_voters_panel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience_voters")),
        sa.UniqueConstraint("panel_id", "email", name=op.f("uq_audience_voters_panel_id_email")),
    )
    op.create_table(
        "bids",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("wish", sa.Integer(), nullable=False),
        sa.CheckConstraint("wish IN (-1, 1)", name=op.f("ck_bids_wish_known")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_bids_entry_id")),
        sa.ForeignKeyConstraint(["juror_id"], ["people.id"], name=op.f("fk_bids_juror_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bids")),
        sa.UniqueConstraint("juror_id", "entry_id", name=op.f("uq_bids_juror_id_entry_id")),
    )
    with op.batch_alter_table("bids", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bids_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "duels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("winner_id", sa.Integer(), nullable=False),
        sa.Column("loser_id", sa.Integer(), nullable=False),
        sa.Column("voted_at", UTCDateTime(), nullable=False),
        sa.Column("undone_at", UTCDateTime(), nullable=True),
        sa.Column("request_key", sa.String(length=60), nullable=False),
        sa.CheckConstraint("winner_id <> loser_id", name=op.f("ck_duels_two_works")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_duels_edition_id")),
        sa.ForeignKeyConstraint(["juror_id"], ["people.id"], name=op.f("fk_duels_juror_id")),
        sa.ForeignKeyConstraint(["loser_id"], ["entries.id"], name=op.f("fk_duels_loser_id")),
        sa.ForeignKeyConstraint(["winner_id"], ["entries.id"], name=op.f("fk_duels_winner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duels")),
        sa.UniqueConstraint("request_key", name=op.f("uq_duels_request_key")),
    )
    with op.batch_alter_table("duels", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duels_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "entry_flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("raised_at", UTCDateTime(), nullable=False),
        sa.Column("settled_at", UTCDateTime(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_entry_flags_entry_id")),
        sa.ForeignKeyConstraint(["juror_id"], ["people.id"], name=op.f("fk_entry_flags_juror_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["people.id"], name=op.f("fk_entry_flags_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_flags")),
    )
    with op.batch_alter_table("entry_flags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_flags_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "finalists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("chosen_at", UTCDateTime(), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["chosen_by_id"], ["people.id"], name=op.f("fk_finalists_chosen_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_finalists_entry_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_finalists_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finalists")),
        sa.UniqueConstraint("round_id", "entry_id", name=op.f("uq_finalists_round_id_entry_id")),
    )
    with op.batch_alter_table("finalists", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finalists_entry_id"), ["entry_id"], unique=False)

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
        sa.Column("present", sa.Integer(), nullable=True),
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

    op.create_table(
        "jury_meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("challenge_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "entry_id IS NULL OR challenge_id IS NOT NULL", name=op.f("ck_jury_meetings_an_entry_has_its_challenge")
        ),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_jury_meetings_challenge_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_jury_meetings_edition_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_jury_meetings_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_meetings")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_jury_meetings_edition_id")),
    )
    op.create_table(
        "training_works",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("chosen_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenges.id"], name=op.f("fk_training_works_challenge_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_training_works_edition_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_training_works_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_works")),
        sa.UniqueConstraint("edition_id", "entry_id", name=op.f("uq_training_works_edition_id_entry_id")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_training_works_edition_id_number")),
    )
    op.create_table(
        "meeting_attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("arrived_at", UTCDateTime(), nullable=False),
        sa.Column("left_at", UTCDateTime(), nullable=True),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("left_at >= arrived_at", name=op.f("ck_meeting_attendances_arrives_before_leaving")),
        sa.ForeignKeyConstraint(["juror_id"], ["people.id"], name=op.f("fk_meeting_attendances_juror_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["jury_meetings.id"], name=op.f("fk_meeting_attendances_meeting_id")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["people.id"], name=op.f("fk_meeting_attendances_noted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_attendances")),
    )
    with op.batch_alter_table("meeting_attendances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_attendances_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "training_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("work_id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("given_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["juror_id"], ["people.id"], name=op.f("fk_training_reviews_juror_id")),
        sa.ForeignKeyConstraint(["work_id"], ["training_works.id"], name=op.f("fk_training_reviews_work_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_reviews")),
        sa.UniqueConstraint("work_id", "juror_id", name=op.f("uq_training_reviews_work_id_juror_id")),
    )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("round_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("skipped_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("skip_reason", sa.String(length=1000), server_default="", nullable=False))
        batch_op.create_foreign_key(batch_op.f("fk_assignments_round_id"), "rounds", ["round_id"], ["id"])

    with op.batch_alter_table("conflicts_of_interest", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "kind",
                sa.Enum(
                    "declared",
                    "member",
                    "past-team",
                    "sponsor",
                    "domain",
                    "school",
                    "mentor",
                    name="conflictkind_known",
                    native_enum=False,
                    create_constraint=True,
                    length=24,
                ),
                server_default="declared",
                nullable=False,
            )
        )

    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("declined_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("decline_reason", sa.String(length=500), server_default="", nullable=False))

    after_upgrade(op)


def downgrade() -> None:
    """Undo."""
    before_downgrade(op)
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_column("decline_reason")
        batch_op.drop_column("declined_at")

    with op.batch_alter_table("conflicts_of_interest", schema=None) as batch_op:
        batch_op.drop_column("kind")

    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_assignments_round_id"), type_="foreignkey")
        batch_op.drop_column("skip_reason")
        batch_op.drop_column("skipped_at")
        batch_op.drop_column("round_id")

    op.drop_table("training_reviews")
    with op.batch_alter_table("meeting_attendances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_attendances_meeting_id"))

    op.drop_table("meeting_attendances")
    op.drop_table("training_works")
    op.drop_table("jury_meetings")
    with op.batch_alter_table("jury_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_jury_decisions_edition_id"))

    op.drop_table("jury_decisions")
    with op.batch_alter_table("finalists", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finalists_entry_id"))

    op.drop_table("finalists")
    with op.batch_alter_table("entry_flags", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_flags_entry_id"))

    op.drop_table("entry_flags")
    with op.batch_alter_table("duels", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duels_edition_id"))

    op.drop_table("duels")
    with op.batch_alter_table("bids", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bids_entry_id"))

    op.drop_table("bids")
    op.drop_table("audience_voters")
    with op.batch_alter_table("audience_ballots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audience_ballots_entry_id"))

    op.drop_table("audience_ballots")
    with op.batch_alter_table("mentors", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentors_email"))

    op.drop_table("mentors")
    op.drop_table("jury_seats")
    op.drop_table("audience_panels")
    with op.batch_alter_table("method_choices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_method_choices_edition_id"))

    op.drop_table("method_choices")
    op.drop_table("seals")
    op.drop_table("rounds")
    op.drop_table("mark_entries")
    op.drop_table("juror_pseudonyms")
    op.drop_table("duel_votings")
