"""What migration 0002 does beyond tables and columns: rows that nobody may change."""

from typing import Any

UNCHANGEABLE = ("deadline_extensions",)


def after_upgrade(op: Any) -> None:
    """Refuse UPDATE and DELETE on what is history."""
    for statement in _sqlite() if op.get_bind().dialect.name == "sqlite" else _postgresql():
        op.execute(statement)


def before_downgrade(_op: Any) -> None:
    """Triggers go with their tables."""


def _sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER refuse_{act.lower()}_{table} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in UNCHANGEABLE
        for act in ("UPDATE", "DELETE")
    ]


def _postgresql() -> list[str]:
    event = "BEFORE UPDATE OR DELETE ON"
    return [
        f"CREATE TRIGGER refuse_change {event} {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        for table in UNCHANGEABLE
    ]
