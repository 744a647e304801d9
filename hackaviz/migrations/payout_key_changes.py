"""A payment or handing-over that is taken back is matched by its key, on top of the corrections of 0006.

Two handings-over of the same thing may bear the same date and reference; each has a key of its own.
"""

from dataclasses import replace
from typing import Any

from hackaviz.migrations.correction_changes import CORRECTED, REFUSALS
from hackaviz.migrations.refusals import Refusal, create_refusals, drop_refusals

DATED = "r.paid_on = OLD.paid_on"
KEYED = "r.payout_key = OLD.payout_key"
REWRITTEN = next(refusal for refusal in REFUSALS if refusal.name == "reversal_rewritten")
REKEYED = "COALESCE(NEW.payout_key, '') <> COALESCE(OLD.payout_key, '')"

# What the refusals of 0006 said, and what they say now.
BEFORE = (CORRECTED, REWRITTEN)
NOW = (
    replace(
        CORRECTED,
        condition=f"({CORRECTED.condition.replace(DATED, f'{DATED} AND {KEYED}')}) "
        f"OR (OLD.paid_on IS NOT NULL AND NEW.paid_on IS NOT NULL AND {REKEYED})",
    ),
    replace(REWRITTEN, condition=f"{REWRITTEN.condition} OR {REKEYED}"),
)
REPEATED = Refusal(
    "award_payout_repeated",
    "UPDATE",
    "awards",
    "OLD.paid_on IS NULL AND NEW.paid_on IS NOT NULL AND (NEW.payout_key IS NULL OR EXISTS "
    "(SELECT 1 FROM award_payment_reversals r WHERE r.payout_key = NEW.payout_key))",
    "each payment has a key of its own",
)


def match_by_key(op: Any) -> None:
    """Give what is paid already its key, then match by it."""
    op.execute("UPDATE awards SET payout_key = 'paid-' || id WHERE paid_on IS NOT NULL")
    drop_refusals(op, BEFORE)
    create_refusals(op, [*NOW, REPEATED])


def match_by_date(op: Any) -> None:
    """As before."""
    drop_refusals(op, [*NOW, REPEATED])
    create_refusals(op, BEFORE)
