"""What migration 0008 does beyond tables and columns: payments matched by their own key, and search in one table."""

from typing import Any

from hackaviz.migrations.payout_key_changes import match_by_date, match_by_key
from hackaviz.migrations.search_changes import search_datasets, search_places


def after_upgrade(op: Any) -> None:
    """Give each payment its key, and each place its formats and words."""
    match_by_key(op)
    search_places(op)


def before_downgrade(op: Any) -> None:
    """Drop what names the new columns."""
    search_datasets(op)
    match_by_date(op)
