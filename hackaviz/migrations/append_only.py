"""Tables whose rows nobody may change, not even by hand: triggers that refuse UPDATE and DELETE."""

from collections.abc import Iterable
from typing import Any


def refuse_changes(op: Any, tables: Iterable[str]) -> None:
    """Guard these tables. On PostgreSQL the function `refuse_change` of migration 0001 says no."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in tables:
        for statement in _sqlite(table) if is_sqlite else _postgresql(table):
            op.execute(statement)


def _sqlite(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER refuse_{act.lower()}_{table} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for act in ("UPDATE", "DELETE")
    ]


def _postgresql(table: str) -> list[str]:
    event = f"BEFORE UPDATE OR DELETE ON {table}"
    return [f"CREATE TRIGGER refuse_change {event} FOR EACH ROW EXECUTE FUNCTION refuse_change()"]
