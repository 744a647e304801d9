"""What migration 0004 does beyond tables and columns: triggers, CHECKs that grew, and the rows it starts from."""

from typing import Any

from hackaviz.migrations.append_only import refuse_changes
from hackaviz.migrations.ledger_rows import carry_over
from hackaviz.migrations.ledger_triggers import create_triggers, drop_triggers
from hackaviz.migrations.payout_triggers import REFUSALS
from hackaviz.migrations.refusals import create_refusals, drop_refusals
from hackaviz.migrations.relaxed_checks import relax_check

UNCHANGEABLE = ("prize_outcomes", "prize_outcome_parts")
# Mentions and gifts in kind carry no money.
MAY_BE_NOTHING = (("prizes", "ck_prizes_prize_is_positive"), ("awards", "ck_awards_award_is_positive"))


def after_upgrade(op: Any) -> None:
    """Guard the ledger, then write into it what was promised, received, awarded and paid before there was one."""
    for table, name in MAY_BE_NOTHING:
        relax_check(op, table=table, name=name, before="cents > 0", after="cents >= 0")
    create_triggers(op)
    carry_over(op.get_bind())
    create_refusals(op, REFUSALS)
    refuse_changes(op, UNCHANGEABLE)


def before_downgrade(op: Any) -> None:
    """Drop what does not go with its table."""
    drop_refusals(op, REFUSALS)
    drop_triggers(op)
