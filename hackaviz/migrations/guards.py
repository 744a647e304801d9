"""Every trigger of an up-to-date database, taken down from what the migrations say that make them."""

import re
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from hackaviz.migrations import (
    catalogue_changes,
    correction_changes,
    entry_changes,
    jury_changes,
    ledger_triggers,
    money_changes,
    payout_key_changes,
    payout_triggers,
    publication_triggers,
    search_changes,
    triggers,
)
from hackaviz.migrations.append_only import refuse_changes
from hackaviz.migrations.refusals import create_refusals

# (table, name of the trigger)
Guard = tuple[str, str]

CREATED = re.compile(r"CREATE TRIGGER (?P<name>\w+) .*? ON (?P<table>\w+)\b")
CALLED = re.compile(r"EXECUTE FUNCTION (\w+)\(\)")
FUNCTION = re.compile(r"CREATE FUNCTION (\w+)\(\) .*?\$\$(.*)\$\$", re.DOTALL)
DROPPED = re.compile(r"DROP (?:TRIGGER|FUNCTION) (?:IF EXISTS )?(\w+)")


class _Script:
    """Stands for Alembic's operations and their connection: takes every statement down, and asks no database."""

    def __init__(self, dialect: str) -> None:
        self.dialect = SimpleNamespace(name=dialect)
        self.statements = list[str]()

    def get_bind(self) -> "_Script":
        return self

    def execute(self, statement: Any, _values: Any = None) -> Any:
        self.statements.append(str(statement))
        return SimpleNamespace(rowcount=1)

    def exec_driver_sql(self, statement: str) -> Any:
        self.execute(statement)
        return SimpleNamespace(scalar_one=lambda: 0)


def _full_text(op: Any) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in catalogue_changes.FULL_TEXT:
            op.execute(statement)


# In the order of the migrations. One that makes, changes or drops triggers comes in here.
STEPS: tuple[Callable[[Any], None], ...] = (
    triggers.create_triggers,
    lambda op: refuse_changes(op, entry_changes.UNCHANGEABLE),
    lambda op: refuse_changes(op, jury_changes.UNCHANGEABLE),
    ledger_triggers.create_triggers,
    lambda op: create_refusals(op, payout_triggers.REFUSALS),
    lambda op: refuse_changes(op, money_changes.UNCHANGEABLE),
    _full_text,
    correction_changes.allow_corrections,
    lambda op: create_refusals(op, publication_triggers.REFUSALS),
    payout_key_changes.match_by_key,
    search_changes.search_places,
)


def expected_guards(dialect: str) -> Mapping[Guard, str]:
    """Each trigger with what it does: on SQLite its statement, on PostgreSQL the body of its function."""
    script, functions, found = _Script(dialect), dict[str, str](), dict[Guard, str]()
    for step in STEPS:
        step(script)
    for statement in script.statements:
        if dropped := DROPPED.match(statement):
            found = {guard: body for guard, body in found.items() if guard[1] != dropped[1]}
        elif function := FUNCTION.match(statement):
            functions[function[1]] = function[2]
        elif created := CREATED.match(statement):
            called = CALLED.search(statement)
            found[created["table"], created["name"]] = functions[called[1]] if called else statement
    return found
