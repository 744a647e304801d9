"""Triggers that refuse a row before it is written, on a condition, in the dialect of the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Refusal:
    """Refuse `event` (INSERT, UPDATE or DELETE) on `table` where `condition` holds of NEW and OLD."""

    name: str
    event: str
    table: str
    condition: str
    words: str


def create_refusals(op: Any, refusals: Iterable[Refusal]) -> None:
    """Create them."""
    write = _sqlite if op.get_bind().dialect.name == "sqlite" else _postgresql
    for refusal in refusals:
        for statement in write(refusal):
            op.execute(statement)


def drop_refusals(op: Any, refusals: Iterable[Refusal]) -> None:
    """Drop them, and the functions that PostgreSQL keeps for them."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for refusal in refusals:
        gone = f"TRIGGER {refusal.name}" if is_sqlite else f"FUNCTION {refusal.name}() CASCADE"
        op.execute(f"DROP {gone}")


def _sqlite(refusal: Refusal) -> list[str]:
    when = f"BEFORE {refusal.event} ON {refusal.table} WHEN {refusal.condition}"
    return [f"CREATE TRIGGER {refusal.name} {when} BEGIN SELECT RAISE(ABORT, '{refusal.words}'); END"]


def _postgresql(refusal: Refusal) -> list[str]:
    row = "OLD" if refusal.event == "DELETE" else "NEW"
    body = (
        f"BEGIN IF {refusal.condition} THEN RAISE EXCEPTION '{refusal.words}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END"
    )
    when = f"BEFORE {refusal.event} ON {refusal.table} FOR EACH ROW"
    return [
        f"CREATE FUNCTION {refusal.name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE TRIGGER {refusal.name} {when} EXECUTE FUNCTION {refusal.name}()",
    ]
