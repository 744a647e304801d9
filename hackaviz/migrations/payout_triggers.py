"""The rule of two approvers, held by the database itself: what fewer approved is not paid, and what is paid stays.

An award is paid when `paid_on` is set, with the hash of what was approved; the ledger takes a payment of such an
award alone. A gift in kind goes whole to one entry. Of a prize, what went back or over is not awarded too.
"""

from hackaviz.migrations.refusals import Refusal

APPROVERS = (
    "(SELECT COUNT(DISTINCT person_id) FROM award_approvals "
    "WHERE award_id = NEW.id AND content_sha256 = NEW.paid_content_sha256)"
)
CHANGED = " OR ".join(
    f"COALESCE(CAST(NEW.{name} AS VARCHAR(200)), '') <> COALESCE(CAST(OLD.{name} AS VARCHAR(200)), '')"
    for name in (
        "prize_id", "entry_id", "cents", "paid_on", "payment_reference", "proof_key", "ledger_key",
        "paid_content_sha256",
    )
)  # fmt: skip
PAID_AWARD = "EXISTS (SELECT 1 FROM awards WHERE id = {row}.award_id AND paid_on IS NOT NULL)"
UNPAID_PAYMENT = (
    "NEW.kind = 'payment' AND NOT EXISTS "
    "(SELECT 1 FROM awards WHERE 'payment/' || ledger_key = NEW.key AND paid_on IS NOT NULL)"
)
DIVIDED_GIFT = (
    "EXISTS (SELECT 1 FROM prize_rules WHERE prize_id = NEW.prize_id AND kind = 'in_kind') "
    "AND (NEW.cents <> 0 OR EXISTS (SELECT 1 FROM awards WHERE prize_id = NEW.prize_id))"
)
# What of a prize went back or over, as far as the ledger has not taken that back.
SETTLED = (
    "(SELECT COALESCE(SUM(p.cents), 0) FROM prize_outcome_parts p JOIN prize_outcomes o ON o.id = p.outcome_id "
    "JOIN ledger_transactions t ON t.key = p.transaction_key WHERE o.prize_id = {prize} "
    "AND NOT EXISTS (SELECT 1 FROM ledger_transactions back WHERE back.reverses_id = t.id))"
)
PARTED_FROM = "(SELECT prize_id FROM prize_outcomes WHERE id = NEW.outcome_id)"
LEFT = f"(SELECT cents - awarded_cents FROM prizes WHERE id = {PARTED_FROM})"  # noqa: S608 — our own names
BEYOND_LEFT = f"NEW.cents + {SETTLED.format(prize=PARTED_FROM)} > {LEFT}"
GONE = "what went of a prize is not awarded too"
STAYS = "what is paid stays as it was paid"

REFUSALS = (
    Refusal("award_born_paid", "INSERT", "awards", "NEW.paid_on IS NOT NULL", "an award is approved before it is paid"),
    Refusal(
        "award_two_approvers",
        "UPDATE",
        "awards",
        f"OLD.paid_on IS NULL AND NEW.paid_on IS NOT NULL AND {APPROVERS} < 2",
        "two different people approve an award before it is paid",
    ),
    Refusal("award_paid_changed", "UPDATE", "awards", f"OLD.paid_on IS NOT NULL AND ({CHANGED})", STAYS),
    Refusal("award_paid_deleted", "DELETE", "awards", "OLD.paid_on IS NOT NULL", STAYS),
    Refusal("award_gift_divided", "INSERT", "awards", DIVIDED_GIFT, "a gift in kind goes whole to one entry"),
    Refusal(
        "prize_beyond_left",
        "UPDATE",
        "prizes",
        f"NEW.awarded_cents + {SETTLED.format(prize='NEW.id')} > NEW.cents",
        GONE,
    ),
    Refusal(
        "outcome_beyond_left",
        "INSERT",
        "prize_outcome_parts",
        f"NEW.transaction_key IS NOT NULL AND {BEYOND_LEFT}",
        GONE,
    ),
    *(
        Refusal(f"funding_paid_{event.lower()}", event, "award_fundings", PAID_AWARD.format(row=row), STAYS)
        for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    ),
    Refusal("approval_changed", "UPDATE", "award_approvals", "NEW.id = OLD.id", "an approval is given once"),
    Refusal("approval_paid_deleted", "DELETE", "award_approvals", PAID_AWARD.format(row="OLD"), STAYS),
    Refusal(
        "ledger_payment_unapproved", "INSERT", "ledger_transactions", UNPAID_PAYMENT, "nobody approved this payment"
    ),
)
