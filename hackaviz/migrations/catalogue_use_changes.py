"""What migration 0006 does beyond tables and columns: on the way back, a dataset has one source again."""

from typing import Any

OTHERS = "DELETE FROM harvested_records WHERE id NOT IN (SELECT min(id) FROM harvested_records GROUP BY dataset_id)"


def after_upgrade(_op: Any) -> None:
    """Tables and columns are all."""


def before_downgrade(op: Any) -> None:
    """Forget the further sources of merged datasets: before 0006 the database allows one."""
    op.execute(OTHERS)
