"""What corrections of money need of the database, on top of the ledger of 0004: a payment to a winner that is taken
back, and a promise that is reduced.

A paid award becomes unpaid together with the reversal of its payment, and only so. What a pledge promises is what its
sponsor owes by the ledger: nobody changes the one without the other.
"""

from typing import Any

from hackaviz.migrations import payout_triggers
from hackaviz.migrations.refusals import Refusal, create_refusals, drop_refusals
from hackaviz.migrations.relaxed_checks import relax_check

KINDS = "'pledge', 'receipt', 'award', 'payment', 'cost', 'refund', 'carry_over', 'reversal'"
RELAXED = (
    ("pledges", "ck_pledges_promise_is_positive", "promised_cents > 0", "promised_cents >= 0"),
    (
        "ledger_transactions",
        "ck_ledger_transactions_transactionkind_known",
        f"kind IN ({KINDS})",
        f"kind IN ({KINDS}, 'reduction')",
    ),
)

FROZEN = next(refusal for refusal in payout_triggers.REFUSALS if refusal.name == "award_paid_changed")
# The reason is written down, the ledger has taken the payment back, and nothing but the payment goes from the award.
REASONED = (
    "EXISTS (SELECT 1 FROM award_payment_reversals r WHERE r.award_id = OLD.id AND r.paid_on = OLD.paid_on "
    "AND r.payment_reference = OLD.payment_reference)"
)
REVERSED = (
    "EXISTS (SELECT 1 FROM ledger_transactions p JOIN ledger_transactions back ON back.reverses_id = p.id "
    "WHERE p.key = 'payment/' || OLD.ledger_key)"
)
TAKEN_BACK = (
    "NEW.paid_on IS NULL AND NEW.paid_content_sha256 IS NULL AND NEW.payment_reference = '' AND NEW.proof_key IS NULL "
    "AND NEW.prize_id = OLD.prize_id AND NEW.entry_id = OLD.entry_id AND NEW.cents = OLD.cents "
    f"AND {REASONED} AND (OLD.cents = 0 OR {REVERSED})"
)
UNREASONED = (
    "EXISTS (SELECT 1 FROM ledger_transactions p WHERE p.id = NEW.reverses_id AND p.kind = 'payment' "
    "AND NOT EXISTS (SELECT 1 FROM award_payment_reversals r WHERE r.payment_key = p.key))"
)
REWRITTEN = " OR ".join(
    f"COALESCE(CAST(NEW.{name} AS VARCHAR(2000)), '') <> COALESCE(CAST(OLD.{name} AS VARCHAR(2000)), '')"
    for name in ("edition_id", "payment_key", "paid_on", "payment_reference", "proof_key", "reason", "reversed_at")
)
OWED = "(SELECT balance_cents FROM ledger_accounts WHERE pledge_id = NEW.id AND kind = 'sponsor')"
KEPT = "a payment that was taken back stays written down"

CORRECTED = Refusal(FROZEN.name, FROZEN.event, FROZEN.table, f"{FROZEN.condition} AND NOT ({TAKEN_BACK})", FROZEN.words)
REFUSALS = (
    Refusal("reversal_rewritten", "UPDATE", "award_payment_reversals", REWRITTEN, KEPT),
    Refusal("reversal_erased", "DELETE", "award_payment_reversals", "OLD.id = OLD.id", KEPT),
    Refusal("payment_reversal_unreasoned", "INSERT", "ledger_transactions", UNREASONED, "say why it is taken back"),
    Refusal(
        "promise_by_hand",
        "UPDATE",
        "pledges",
        f"NEW.promised_cents <> OLD.promised_cents AND NEW.promised_cents <> -{OWED}",
        "a promise is what the ledger says",
    ),
)

KEEP_PROMISE = "UPDATE pledges SET promised_cents = -NEW.balance_cents WHERE id = NEW.pledge_id;"
WHEN_OWED = "AFTER UPDATE ON ledger_accounts {each} WHEN (NEW.kind = 'sponsor')"


def allow_corrections(op: Any) -> None:
    """Let a payment be taken back and a promise be reduced, each in its one way."""
    for table, name, before, after in RELAXED:
        relax_check(op, table=table, name=name, before=before, after=after)
    drop_refusals(op, [FROZEN])
    create_refusals(op, [CORRECTED, *REFUSALS])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER keep_promise {WHEN_OWED.format(each='')} BEGIN {KEEP_PROMISE} END")
        return
    body = f"BEGIN {KEEP_PROMISE} RETURN NULL; END"
    op.execute(f"CREATE FUNCTION keep_promise() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")
    when = WHEN_OWED.format(each="FOR EACH ROW")
    op.execute(f"CREATE TRIGGER keep_promise {when} EXECUTE FUNCTION keep_promise()")


def refuse_corrections(op: Any) -> None:
    """Freeze what is paid again. The CHECKs go on allowing what was written meanwhile."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute("DROP TRIGGER keep_promise" if is_sqlite else "DROP FUNCTION keep_promise() CASCADE")
    drop_refusals(op, [CORRECTED, *REFUSALS])
    create_refusals(op, [FROZEN])
