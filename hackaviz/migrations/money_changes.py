"""What migration 0004 does beyond tables and columns: the triggers of the ledger, and the rows it starts from."""

from typing import Any

from hackaviz.migrations.ledger_rows import carry_over
from hackaviz.migrations.ledger_triggers import create_triggers, drop_triggers


def after_upgrade(op: Any) -> None:
    """Guard the ledger, then write into it what was promised, received, awarded and paid before there was one."""
    create_triggers(op)
    carry_over(op.get_bind())


def before_downgrade(op: Any) -> None:
    """Drop what does not go with its table."""
    drop_triggers(op)
