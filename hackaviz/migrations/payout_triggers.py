"""The rule of two approvers, held by the database itself: what fewer approved is not paid, and what is paid stays.

An award is paid when `paid_on` is set, with the hash of what was approved; the ledger takes a payment of such an
award alone. A gift in kind goes whole to one entry.
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
