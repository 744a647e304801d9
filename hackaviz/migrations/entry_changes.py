"""What migration 0002 does beyond tables and columns: rows that nobody may change."""

from typing import Any

from hackaviz.migrations.append_only import refuse_changes

UNCHANGEABLE = ("deadline_extensions",)


def after_upgrade(op: Any) -> None:
    """Refuse UPDATE and DELETE on what is history."""
    refuse_changes(op, UNCHANGEABLE)


def before_downgrade(_op: Any) -> None:
    """Triggers go with their tables."""
