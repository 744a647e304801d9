"""What migration 0006 does beyond tables and columns: money can be corrected; on the way back, a dataset has one source
again.
"""

from typing import Any

from hackaviz.migrations.correction_changes import allow_corrections, refuse_corrections

OTHERS = "DELETE FROM harvested_records WHERE id NOT IN (SELECT min(id) FROM harvested_records GROUP BY dataset_id)"


def after_upgrade(op: Any) -> None:
    """Let payments be taken back and promises be reduced."""
    allow_corrections(op)


def before_downgrade(op: Any) -> None:
    """Forget the further sources of merged datasets, of which the database allows one before 0006, and corrections."""
    refuse_corrections(op)
    op.execute(OTHERS)
