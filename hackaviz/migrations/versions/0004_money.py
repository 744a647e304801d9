"""The money

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from hackaviz.kernel.bilingual import BilingualType
from hackaviz.kernel.database import UTCDateTime
from hackaviz.migrations.money_changes import after_upgrade, before_downgrade

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "agreements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("title", BilingualType(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_agreements_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
        sa.UniqueConstraint("edition_id", "reference", name=op.f("uq_agreements_edition_id_reference")),
    )
    op.create_table(
        "guardians",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("consented_at", UTCDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_guardians_guardian_is_named")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_guardians_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_guardians_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["people.id"], name=op.f("fk_guardians_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardians")),
        sa.UniqueConstraint("edition_id", "person_id", name=op.f("uq_guardians_edition_id_person_id")),
    )
    with op.batch_alter_table("guardians", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guardians_person_id"), ["person_id"], unique=False)

    op.create_table(
        "hors_concours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_hors_concours_decided_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_hors_concours_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_hors_concours_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hors_concours")),
        sa.UniqueConstraint("edition_id", "person_id", name=op.f("uq_hors_concours_edition_id_person_id")),
    )
    with op.batch_alter_table("hors_concours", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hors_concours_person_id"), ["person_id"], unique=False)

    op.create_table(
        "ledger_transactions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "pledge",
                "receipt",
                "award",
                "payment",
                "cost",
                "refund",
                "carry_over",
                "reversal",
                name="transactionkind_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_ledger_transactions_edition_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["people.id"], name=op.f("fk_ledger_transactions_recorded_by_id")),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["ledger_transactions.id"], name=op.f("fk_ledger_transactions_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_transactions")),
        sa.UniqueConstraint("key", name=op.f("uq_ledger_transactions_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_ledger_transactions_reverses_id")),
    )
    with op.batch_alter_table("ledger_transactions", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_transactions_edition_id_id", ["edition_id", "id"], unique=False)

    op.create_table(
        "prize_policies",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("one_prize_per_entry", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_prize_policies_edition_id")),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_prize_policies")),
    )
    op.create_table(
        "prize_statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("region", sa.String(length=120), nullable=False),
        sa.Column("is_first_entry", sa.Boolean(), nullable=True),
        sa.Column(
            "tie",
            sa.Enum(
                "none",
                "sponsor_staff",
                "juror_relative",
                name="tie_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("tie_to", sa.String(length=200), nullable=False),
        sa.Column("stated_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("(tie = 'none') = (tie_to = '')", name=op.f("ck_prize_statements_tie_is_named")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_prize_statements_edition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_prize_statements_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prize_statements")),
        sa.UniqueConstraint("edition_id", "person_id", name=op.f("uq_prize_statements_edition_id_person_id")),
    )
    with op.batch_alter_table("prize_statements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prize_statements_person_id"), ["person_id"], unique=False)

    op.create_table(
        "result_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column(
            "addressees",
            sa.Enum("winners", "others", name="addressees_known", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("subject", BilingualType(), nullable=False),
        sa.Column("body", BilingualType(), nullable=False),
        sa.Column("saved_at", UTCDateTime(), nullable=False),
        sa.Column("released_at", UTCDateTime(), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "written_at IS NULL OR released_at IS NOT NULL", name=op.f("ck_result_letters_released_before_written")
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_result_letters_edition_id")),
        sa.ForeignKeyConstraint(["released_by_id"], ["people.id"], name=op.f("fk_result_letters_released_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_letters")),
        sa.UniqueConstraint("edition_id", "addressees", name=op.f("uq_result_letters_edition_id_addressees")),
    )
    op.create_table(
        "subsidies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("funder", sa.String(length=160), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("cost_without_tax_cents", sa.BigInteger(), nullable=False),
        sa.Column("cost_with_tax_cents", sa.BigInteger(), nullable=False),
        sa.Column("is_on_cost_with_tax", sa.Boolean(), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.Column("ceiling_cents", sa.BigInteger(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "granted",
                "received",
                "refused",
                name="subsidystate_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("requested_cents", sa.BigInteger(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("granted_cents", sa.BigInteger(), nullable=True),
        sa.Column("received_cents", sa.BigInteger(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "(state = 'received') = (received_cents IS NOT NULL)", name=op.f("ck_subsidies_receipt_has_amount")
        ),
        sa.CheckConstraint(
            "(state IN ('granted', 'received')) = (granted_cents IS NOT NULL)",
            name=op.f("ck_subsidies_grant_has_amount"),
        ),
        sa.CheckConstraint("cost_with_tax_cents >= cost_without_tax_cents", name=op.f("ck_subsidies_tax_not_negative")),
        sa.CheckConstraint("cost_without_tax_cents > 0", name=op.f("ck_subsidies_cost_is_positive")),
        sa.CheckConstraint(
            "granted_cents IS NULL OR granted_cents BETWEEN 1 AND requested_cents",
            name=op.f("ck_subsidies_grant_in_request"),
        ),
        sa.CheckConstraint("rate BETWEEN 1 AND 10000", name=op.f("ck_subsidies_rate_is_a_share")),
        sa.CheckConstraint(
            "received_cents IS NULL OR received_cents BETWEEN 1 AND granted_cents",
            name=op.f("ck_subsidies_receipt_in_grant"),
        ),
        sa.CheckConstraint("requested_cents > 0", name=op.f("ck_subsidies_request_is_positive")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_subsidies_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidies")),
    )
    with op.batch_alter_table("subsidies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subsidies_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "agreement_parties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("is_carrier", sa.Boolean(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], name=op.f("fk_agreement_parties_agreement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_parties")),
        sa.UniqueConstraint("agreement_id", "name", name=op.f("uq_agreement_parties_agreement_id_name")),
    )
    with op.batch_alter_table("agreement_parties", schema=None) as batch_op:
        batch_op.create_index(
            "ix_agreement_parties_one_carrier",
            ["agreement_id"],
            unique=True,
            sqlite_where=sa.text("is_carrier"),
            postgresql_where=sa.text("is_carrier"),
        )

    op.create_table(
        "gifts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("sponsor_id", sa.Integer(), nullable=False),
        sa.Column("title", BilingualType(), nullable=False),
        sa.Column("terms", BilingualType(), nullable=False),
        sa.Column("stated_cents", sa.BigInteger(), nullable=True),
        sa.Column("promised_at", UTCDateTime(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("stated_cents IS NULL OR stated_cents > 0", name=op.f("ck_gifts_stated_value_is_positive")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_gifts_edition_id")),
        sa.ForeignKeyConstraint(["sponsor_id"], ["sponsors.id"], name=op.f("fk_gifts_sponsor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gifts")),
    )
    with op.batch_alter_table("gifts", schema=None) as batch_op:
        batch_op.create_index("ix_gifts_edition_id", ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gifts_sponsor_id"), ["sponsor_id"], unique=False)

    op.create_table(
        "carried_pledges",
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("transaction_key", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_carried_pledges_pledge_id")),
        sa.ForeignKeyConstraint(["source_id"], ["pledges.id"], name=op.f("fk_carried_pledges_source_id")),
        sa.ForeignKeyConstraint(
            ["transaction_key"], ["ledger_transactions.key"], name=op.f("fk_carried_pledges_transaction_key")
        ),
        sa.PrimaryKeyConstraint("pledge_id", name=op.f("pk_carried_pledges")),
        sa.UniqueConstraint("transaction_key", name=op.f("uq_carried_pledges_transaction_key")),
    )
    with op.batch_alter_table("carried_pledges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_carried_pledges_source_id"), ["source_id"], unique=False)

    op.create_table(
        "contributions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "money",
                "data",
                "jurors",
                "in_kind",
                name="contributionkind_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'money') = (cents IS NOT NULL)", name=op.f("ck_contributions_only_money_has_an_amount")
        ),
        sa.CheckConstraint("cents IS NULL OR cents > 0", name=op.f("ck_contributions_contribution_is_positive")),
        sa.ForeignKeyConstraint(["party_id"], ["agreement_parties.id"], name=op.f("fk_contributions_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributions")),
    )
    with op.batch_alter_table("contributions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contributions_party_id"), ["party_id"], unique=False)

    op.create_table(
        "instalments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_instalments_instalment_is_positive")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_instalments_pledge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instalments")),
        sa.UniqueConstraint("pledge_id", "due_on", name=op.f("uq_instalments_pledge_id_due_on")),
    )
    with op.batch_alter_table("instalments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_instalments_pledge_id"), ["pledge_id"], unique=False)

    op.create_table(
        "ledger_accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sponsor",
                "promised",
                "held",
                "awarded",
                "paid",
                "costs",
                "refunded",
                "carried_over",
                name="accountkind_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
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
        sa.Column("balance_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "CASE WHEN kind = 'sponsor' THEN balance_cents <= 0 ELSE balance_cents >= 0 END",
            name=op.f("ck_ledger_accounts_not_overdrawn"),
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_ledger_accounts_edition_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_ledger_accounts_pledge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_accounts")),
        sa.UniqueConstraint("pledge_id", "kind", name=op.f("uq_ledger_accounts_pledge_id_kind")),
    )
    with op.batch_alter_table("ledger_accounts", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_accounts_edition_id_kind", ["edition_id", "kind"], unique=False)

    op.create_table(
        "pledge_prizes",
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("prize_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_prizes_pledge_id")),
        sa.ForeignKeyConstraint(["prize_id"], ["prizes.id"], name=op.f("fk_pledge_prizes_prize_id")),
        sa.PrimaryKeyConstraint("pledge_id", "prize_id", name=op.f("pk_pledge_prizes")),
    )
    op.create_table(
        "pledge_rules",
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("students_only", sa.Boolean(), nullable=False),
        sa.Column("under_age", sa.Integer(), nullable=True),
        sa.Column("age_on", sa.Date(), nullable=True),
        sa.Column("region", sa.String(length=120), nullable=False),
        sa.Column("first_entry_only", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(under_age IS NULL) = (age_on IS NULL)", name=op.f("ck_pledge_rules_age_at_a_date")),
        sa.CheckConstraint(
            "under_age IS NULL OR under_age BETWEEN 1 AND 120", name=op.f("ck_pledge_rules_age_is_human")
        ),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_rules_pledge_id")),
        sa.PrimaryKeyConstraint("pledge_id", name=op.f("pk_pledge_rules")),
    )
    op.create_table(
        "prize_outcomes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prize_id", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "refund", "carry_over", "move", name="way_known", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("target_prize_id", sa.Integer(), nullable=True),
        sa.Column("target_edition_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("request_key", sa.String(length=60), nullable=False),
        sa.CheckConstraint(
            "(way = 'carry_over') = (target_edition_id IS NOT NULL)",
            name=op.f("ck_prize_outcomes_carried_to_an_edition"),
        ),
        sa.CheckConstraint(
            "(way = 'move') = (target_prize_id IS NOT NULL)", name=op.f("ck_prize_outcomes_moved_to_a_prize")
        ),
        sa.CheckConstraint("decision <> ''", name=op.f("ck_prize_outcomes_outcome_is_decided")),
        sa.CheckConstraint("cents > 0", name=op.f("ck_prize_outcomes_outcome_is_positive")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_prize_outcomes_decided_by_id")),
        sa.ForeignKeyConstraint(["prize_id"], ["prizes.id"], name=op.f("fk_prize_outcomes_prize_id")),
        sa.ForeignKeyConstraint(
            ["target_edition_id"], ["editions.id"], name=op.f("fk_prize_outcomes_target_edition_id")
        ),
        sa.ForeignKeyConstraint(["target_prize_id"], ["prizes.id"], name=op.f("fk_prize_outcomes_target_prize_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prize_outcomes")),
        sa.UniqueConstraint("request_key", name=op.f("uq_prize_outcomes_request_key")),
    )
    with op.batch_alter_table("prize_outcomes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prize_outcomes_prize_id"), ["prize_id"], unique=False)

    op.create_table(
        "prize_rules",
        sa.Column("prize_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "place",
                "mention",
                "sponsor_choice",
                "audience",
                "in_kind",
                name="prizekind_known",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("sponsor_id", sa.Integer(), nullable=True),
        sa.Column("gift_id", sa.Integer(), nullable=True),
        sa.Column("students_only", sa.Boolean(), nullable=False),
        sa.Column("under_age", sa.Integer(), nullable=True),
        sa.Column("age_on", sa.Date(), nullable=True),
        sa.Column("region", sa.String(length=120), nullable=False),
        sa.Column("first_entry_only", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'in_kind') = (gift_id IS NOT NULL)", name=op.f("ck_prize_rules_only_gifts_are_in_kind")
        ),
        sa.CheckConstraint(
            "(kind = 'sponsor_choice') = (sponsor_id IS NOT NULL)", name=op.f("ck_prize_rules_chosen_by_a_sponsor")
        ),
        sa.CheckConstraint("(under_age IS NULL) = (age_on IS NULL)", name=op.f("ck_prize_rules_age_at_a_date")),
        sa.CheckConstraint(
            "under_age IS NULL OR under_age BETWEEN 1 AND 120", name=op.f("ck_prize_rules_age_is_human")
        ),
        sa.ForeignKeyConstraint(["gift_id"], ["gifts.id"], name=op.f("fk_prize_rules_gift_id")),
        sa.ForeignKeyConstraint(["prize_id"], ["prizes.id"], name=op.f("fk_prize_rules_prize_id")),
        sa.ForeignKeyConstraint(["sponsor_id"], ["sponsors.id"], name=op.f("fk_prize_rules_sponsor_id")),
        sa.PrimaryKeyConstraint("prize_id", name=op.f("pk_prize_rules")),
        sa.UniqueConstraint("gift_id", name=op.f("uq_prize_rules_gift_id")),
    )
    with op.batch_alter_table("prize_rules", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prize_rules_sponsor_id"), ["sponsor_id"], unique=False)

    op.create_table(
        "certificates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("claimed_at", UTCDateTime(), nullable=True),
        sa.Column("made_at", UTCDateTime(), nullable=True),
        sa.Column("files", sa.JSON(), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_certificates_entry_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_certificates_person_id")),
        sa.ForeignKeyConstraint(["publication_id"], ["publications.id"], name=op.f("fk_certificates_publication_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("public_id", name=op.f("uq_certificates_public_id")),
        sa.UniqueConstraint("publication_id", "person_id", name=op.f("uq_certificates_publication_id_person_id")),
    )
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.create_index("ix_certificates_made_at_claimed_at", ["made_at", "claimed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificates_person_id"), ["person_id"], unique=False)

    op.create_table(
        "ledger_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transaction_key", sa.String(length=100), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("cents <> 0", name=op.f("ck_ledger_lines_line_is_not_nothing")),
        sa.ForeignKeyConstraint(["account_id"], ["ledger_accounts.id"], name=op.f("fk_ledger_lines_account_id")),
        sa.ForeignKeyConstraint(
            ["transaction_key"],
            ["ledger_transactions.key"],
            name=op.f("fk_ledger_lines_transaction_key"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_lines")),
        sa.UniqueConstraint("transaction_key", "account_id", name=op.f("uq_ledger_lines_transaction_key_account_id")),
    )
    with op.batch_alter_table("ledger_lines", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_lines_account_id_cents", ["account_id", "cents"], unique=False)

    op.create_table(
        "passed_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prize_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_passed_over_entry_id")),
        sa.ForeignKeyConstraint(["prize_id"], ["prizes.id"], name=op.f("fk_passed_over_prize_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passed_over")),
        sa.UniqueConstraint("prize_id", "entry_id", name=op.f("uq_passed_over_prize_id_entry_id")),
    )
    with op.batch_alter_table("passed_over", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passed_over_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "payment_reversals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reversed_at", UTCDateTime(), nullable=False),
        sa.Column("reversed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["payment_id"], ["pledge_payments.id"], name=op.f("fk_payment_reversals_payment_id")),
        sa.ForeignKeyConstraint(["reversed_by_id"], ["people.id"], name=op.f("fk_payment_reversals_reversed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_reversals")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_payment_reversals_payment_id")),
    )
    op.create_table(
        "prize_outcome_parts",
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("transaction_key", sa.String(length=100), nullable=True),
        sa.CheckConstraint("cents > 0", name=op.f("ck_prize_outcome_parts_part_is_positive")),
        sa.ForeignKeyConstraint(["outcome_id"], ["prize_outcomes.id"], name=op.f("fk_prize_outcome_parts_outcome_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_prize_outcome_parts_pledge_id")),
        sa.PrimaryKeyConstraint("outcome_id", "pledge_id", name=op.f("pk_prize_outcome_parts")),
        sa.UniqueConstraint("transaction_key", name=op.f("uq_prize_outcome_parts_transaction_key")),
    )
    op.create_table(
        "award_approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("approved_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["awards.id"], name=op.f("fk_award_approvals_award_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_award_approvals_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_approvals")),
        sa.UniqueConstraint(
            "award_id", "person_id", "content_sha256", name=op.f("uq_award_approvals_award_id_person_id_content_sha256")
        ),
    )
    op.create_table(
        "share_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["awards.id"], name=op.f("fk_share_proposals_award_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["people.id"], name=op.f("fk_share_proposals_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_proposals")),
    )
    with op.batch_alter_table("share_proposals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_share_proposals_award_id"), ["award_id"], unique=False)

    op.create_table(
        "share_consents",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("consented_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_share_consents_person_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["share_proposals.id"], name=op.f("fk_share_consents_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", "person_id", name=op.f("pk_share_consents")),
    )
    op.create_table(
        "share_parts",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_share_parts_share_not_negative")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_share_parts_person_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["share_proposals.id"], name=op.f("fk_share_parts_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", "person_id", name=op.f("pk_share_parts")),
    )
    with op.batch_alter_table("awards", schema=None) as batch_op:
        batch_op.add_column(sa.Column("proof_key", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("proof_name", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("ranking_sha256", sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(sa.Column("although", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("ledger_key", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("decision", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("paid_content_sha256", sa.String(length=64), nullable=True))

    with op.batch_alter_table("pledges", schema=None) as batch_op:
        batch_op.add_column(sa.Column("released_cents", sa.BigInteger(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("may_pay_costs", sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("other_conditions", sa.String(length=500), server_default="", nullable=False))

    with op.batch_alter_table("sponsors", schema=None) as batch_op:
        batch_op.add_column(sa.Column("logo_key", sa.String(length=200), nullable=True))

    after_upgrade(op)


def downgrade() -> None:
    """Undo."""
    before_downgrade(op)
    with op.batch_alter_table("sponsors", schema=None, recreate="never") as batch_op:
        batch_op.drop_column("logo_key")

    with op.batch_alter_table("pledges", schema=None, recreate="never") as batch_op:
        batch_op.drop_column("other_conditions")
        batch_op.drop_column("may_pay_costs")
        batch_op.drop_column("released_cents")

    with op.batch_alter_table("awards", schema=None, recreate="never") as batch_op:
        batch_op.drop_column("paid_content_sha256")
        batch_op.drop_column("decision")
        batch_op.drop_column("ledger_key")
        batch_op.drop_column("although")
        batch_op.drop_column("ranking_sha256")
        batch_op.drop_column("proof_name")
        batch_op.drop_column("proof_key")

    op.drop_table("share_parts")
    op.drop_table("share_consents")
    with op.batch_alter_table("share_proposals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_proposals_award_id"))

    op.drop_table("share_proposals")
    op.drop_table("award_approvals")
    op.drop_table("prize_outcome_parts")
    op.drop_table("payment_reversals")
    with op.batch_alter_table("passed_over", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passed_over_entry_id"))

    op.drop_table("passed_over")
    with op.batch_alter_table("ledger_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_lines_account_id_cents")

    op.drop_table("ledger_lines")
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificates_person_id"))
        batch_op.drop_index("ix_certificates_made_at_claimed_at")

    op.drop_table("certificates")
    with op.batch_alter_table("prize_rules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prize_rules_sponsor_id"))

    op.drop_table("prize_rules")
    with op.batch_alter_table("prize_outcomes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prize_outcomes_prize_id"))

    op.drop_table("prize_outcomes")
    op.drop_table("pledge_rules")
    op.drop_table("pledge_prizes")
    with op.batch_alter_table("ledger_accounts", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_accounts_edition_id_kind")

    op.drop_table("ledger_accounts")
    with op.batch_alter_table("instalments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_instalments_pledge_id"))

    op.drop_table("instalments")
    with op.batch_alter_table("contributions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contributions_party_id"))

    op.drop_table("contributions")
    with op.batch_alter_table("carried_pledges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_carried_pledges_source_id"))

    op.drop_table("carried_pledges")
    with op.batch_alter_table("gifts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gifts_sponsor_id"))
        batch_op.drop_index("ix_gifts_edition_id")

    op.drop_table("gifts")
    with op.batch_alter_table("agreement_parties", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_agreement_parties_one_carrier",
            sqlite_where=sa.text("is_carrier"),
            postgresql_where=sa.text("is_carrier"),
        )

    op.drop_table("agreement_parties")
    with op.batch_alter_table("subsidies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subsidies_edition_id"))

    op.drop_table("subsidies")
    op.drop_table("result_letters")
    with op.batch_alter_table("prize_statements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prize_statements_person_id"))

    op.drop_table("prize_statements")
    op.drop_table("prize_policies")
    with op.batch_alter_table("ledger_transactions", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_transactions_edition_id_id")

    op.drop_table("ledger_transactions")
    with op.batch_alter_table("hors_concours", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hors_concours_person_id"))

    op.drop_table("hors_concours")
    with op.batch_alter_table("guardians", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guardians_person_id"))

    op.drop_table("guardians")
    op.drop_table("agreements")
