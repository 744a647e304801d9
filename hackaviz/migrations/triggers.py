"""Triggers of migration 0001: running sums kept by the database itself, and rows that nobody may change.

A sum that a CHECK can see is what refuses an overdraft even by hand and even in a race: the row of the pledge (or
prize) is updated by the trigger, hence locked, before its CHECK is tested. Each trigger belongs to the migration that
made it; a later change comes in a new module.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sum:
    """`total_table.total` = the sum of `source.cents` over the rows whose `key` is the total's id."""

    source: str
    key: str
    total_table: str
    total: str

    def add(self, row: str, sign: str) -> str:
        """The statement that adds or takes away one row of the source."""
        changed = f"{self.total} = {self.total} {sign} {row}.cents"
        return f"UPDATE {self.total_table} SET {changed} WHERE id = {row}.{self.key};"  # noqa: S608 — our own names


SUMS = (
    Sum("pledge_payments", "pledge_id", "pledges", "received_cents"),
    Sum("award_fundings", "pledge_id", "pledges", "allocated_cents"),
    Sum("awards", "prize_id", "prizes", "awarded_cents"),
)

UNCHANGEABLE = ("actions", "entry_versions", "rules_versions", "challenge_changes", "pledge_payments")


def create_triggers(op: Any) -> None:
    """Create every trigger in the dialect of the database."""
    dialect = op.get_bind().dialect.name
    for statement in _sqlite() if dialect == "sqlite" else _postgresql():
        op.execute(statement)


def drop_triggers(op: Any) -> None:
    """Drop the functions that PostgreSQL keeps; SQLite drops triggers with their tables."""
    if op.get_bind().dialect.name == "postgresql":
        for name in [*(f"keep_{s.total_table}_{s.total}" for s in SUMS), "refuse_change"]:
            op.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")


def _sqlite() -> Iterator[str]:
    for kept in SUMS:
        name = f"keep_{kept.total_table}_{kept.total}"
        yield f"CREATE TRIGGER {name}_insert AFTER INSERT ON {kept.source} BEGIN {kept.add('NEW', '+')} END"
        yield f"CREATE TRIGGER {name}_delete AFTER DELETE ON {kept.source} BEGIN {kept.add('OLD', '-')} END"
        both = f"{kept.add('OLD', '-')} {kept.add('NEW', '+')}"
        yield f"CREATE TRIGGER {name}_update AFTER UPDATE OF cents, {kept.key} ON {kept.source} BEGIN {both} END"
    for table in UNCHANGEABLE:
        for act in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER refuse_{act.lower()}_{table} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _postgresql() -> Iterator[str]:
    for kept in SUMS:
        name = f"keep_{kept.total_table}_{kept.total}"
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP <> 'INSERT' THEN {kept.add('OLD', '-')} END IF; "
            f"IF TG_OP <> 'DELETE' THEN {kept.add('NEW', '+')} END IF; RETURN NULL; END $$"
        )
        event = f"AFTER INSERT OR UPDATE OR DELETE ON {kept.source}"
        yield f"CREATE TRIGGER {name} {event} FOR EACH ROW EXECUTE FUNCTION {name}()"
    yield (
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in UNCHANGEABLE:
        event = f"BEFORE UPDATE OR DELETE ON {table}"
        yield f"CREATE TRIGGER refuse_change {event} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
