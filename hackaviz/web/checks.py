"""What must always hold and no room owns: the schema, its guards, references, stored files, the numbers of the log."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, func, inspect, select
from sqlalchemy.orm import Session

from hackaviz.kernel.audit import Action
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.database import Base
from hackaviz.kernel.migrate import alembic_config
from hackaviz.kernel.storage import Storage
from hackaviz.kernel.storage.blobs import copy_hashed
from hackaviz.migrations.guards import Guard, expected_guards
from hackaviz.web.leftovers import KEPT_FOR, SWEPT_EVERY, named_keys, namings
from hackaviz.web.storage import current_storage

TRIGGERS = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT c.relname, t.tgname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') "
    "AND c.relnamespace = current_schema()::regnamespace",
}


def outdated_schema(session: Session) -> Iterator[str]:
    """The schema, unless it is the newest."""
    scripts = ScriptDirectory.from_config(alembic_config("sqlite://"))
    newest, have = scripts.get_current_head(), MigrationContext.configure(session.connection()).get_current_revision()
    if have != newest:
        yield f"the schema is {have}, the newest is {newest}: run `flask database upgrade`"


def missing_triggers(session: Session) -> Iterator[str]:
    """Triggers that the migrations made and that are gone, switched off, or do something else."""
    dialect = session.get_bind().dialect.name
    rows = session.connection().exec_driver_sql(TRIGGERS[dialect])
    have: dict[Guard, str] = {(table, name): body for table, name, body in rows}
    for (table, name), body in sorted(expected_guards(dialect).items()):
        if (table, name) not in have:
            yield f"the trigger {name} of {table} is gone or switched off"
        elif have[table, name] != body:
            yield f"the trigger {name} of {table} is not the one that the migrations made"


def missing_constraints(session: Session) -> Iterator[str]:
    """CHECKs that our tables have and those of the database do not."""
    connection = session.connection()
    found = inspect(connection).get_multi_check_constraints()
    have = {(table, check["name"]) for (_schema, table), checks in found.items() for check in checks}
    name_of = connection.dialect.identifier_preparer.format_constraint
    for table in Base.metadata.sorted_tables:
        wanted = sorted(str(name_of(each)) for each in table.constraints if isinstance(each, CheckConstraint))
        yield from (f"the CHECK {name} of {table.name} is gone" for name in wanted if (table.name, name) not in have)


def broken_references(session: Session) -> Iterator[str]:
    """Rows that name what is not there."""
    # PostgreSQL never lets one be broken; SQLite does when somebody writes without asking it to look.
    if session.get_bind().dialect.name == "sqlite":
        for name, row, parent, _constraint in session.connection().exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"row {row} of {name} names nothing in {parent}"


def missing_actions(session: Session) -> Iterator[str]:
    """Numbers that the log of actions skips. On PostgreSQL an act that failed leaves its number unused."""
    if session.get_bind().dialect.name != "sqlite":
        return
    before = func.lag(Action.id, 1, 0).over(order_by=Action.id).label("before")
    numbered = select(Action.id, before).subquery()
    query = select(numbered).where(numbered.c.id != numbered.c.before + 1).order_by(numbered.c.id)
    for number, before_it in session.execute(query):
        yield f"{number - before_it - 1} acts are gone from the log before number {number}"


def missing_files(session: Session) -> Iterator[str]:
    """Files that rows name and that are not stored."""
    storage, known = current_storage(), set[str]()
    for name, key_column, key in namings(session):
        if key not in known and not storage.exists(key):
            yield f"{key}, named by {name}.{key_column}"
        known.add(key)


def changed_files(session: Session) -> Iterator[str]:
    """Stored files whose bytes are not those of their key. Reads them all, and shows in a terminal how far it is."""
    storage = current_storage()
    there = [key for key in sorted(named_keys(session)) if storage.exists(key)]
    with click.progressbar(there, label="Reading every file", file=sys.stderr, hidden=not sys.stderr.isatty()) as keys:
        for key in keys:
            if _key_of(storage, key) != key:
                yield f"{key}, whose content is another"


def _key_of(storage: Storage, key: str) -> str:
    with storage.open(key) as stream:
        return copy_hashed(stream, lambda _chunk: None, limit=None).key


def unnamed_files(session: Session) -> Iterator[str]:
    """Stored files that no row names."""
    # Listed before the rows are read, and only what the sweep should have taken: a refused request leaves such files.
    stored = set(current_storage().keys(before=utc_now() - KEPT_FOR - SWEPT_EVERY))
    for key in sorted(stored - named_keys(session)):
        yield f"{key}, stored and named by nothing"


CHECKS: Mapping[str, Callable[[Session], Iterable[str]]] = {
    "schema-current": outdated_schema,
    "triggers-whole": missing_triggers,
    "constraints-whole": missing_constraints,
    "references-whole": broken_references,
    "log-numbered": missing_actions,
    "files-exist": missing_files,
    "files-unchanged": changed_files,
    "files-named": unnamed_files,
}
