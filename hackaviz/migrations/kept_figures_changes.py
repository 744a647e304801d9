"""What migration 0008 does beyond tables and columns: payments that are taken back are matched by their own key."""

from typing import Any

from hackaviz.migrations.payout_key_changes import match_by_date, match_by_key


def after_upgrade(op: Any) -> None:
    """Give each payment its key, and let the triggers ask for it."""
    match_by_key(op)


def before_downgrade(op: Any) -> None:
    """Drop what names the new columns."""
    match_by_date(op)
