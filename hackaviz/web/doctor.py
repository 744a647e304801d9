"""`flask doctor`: whether what must always hold holds in this installation. Each room declares what it knows."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.errors import Unavailable
from hackaviz.kernel.jobs import Work
from hackaviz.kernel.migrate import alembic_config
from hackaviz.web.database import sessions
from hackaviz.web.jobs import declare_work
from hackaviz.web.leftovers import KEPT_FOR, SWEPT_EVERY, Leftovers, named_keys, namings
from hackaviz.web.storage import current_storage

# How many broken things a check names; it counts the others.
MOST_NAMED = 10
# Looks at the installation and says what is broken, each in a sentence; nothing when all holds.
Look = Callable[[Session], Iterable[str]]


@dataclass(frozen=True)
class Finding:
    """What one check found."""

    name: str
    ok: bool
    detail: str


def declare_checks(app: Flask, checks: Mapping[str, Look]) -> None:
    """Let a room say what must always hold: names as "ledger-balanced", each with what names the broken."""
    app.extensions.setdefault("hackaviz.doctor", {}).update(checks)


def register(app: Flask) -> None:
    """Add the command, and what no room owns."""
    app.cli.add_command(doctor)
    declare_work(app, Work("blobs unnamed", Leftovers(app.extensions["hackaviz.storage"]).sweep))
    own = {"schema-current": _outdated_schema, "references-whole": _broken_references}
    declare_checks(app, {**own, "files-exist": _missing_files, "files-named": _unnamed_files})


def examine() -> list[Finding]:
    """Every check, in the order of their declaration. A check that cannot look is a broken one."""
    checks: dict[str, Look] = current_app.extensions["hackaviz.doctor"]
    found = []
    for name, look in checks.items():
        with sessions().reading() as session:
            try:
                found.append(_finding(name, list(look(session))))
            except (SQLAlchemyError, Unavailable) as error:
                found.append(Finding(name, ok=False, detail=f"could not look: {str(error).splitlines()[0]}"))
    return found


def _finding(name: str, broken: Sequence[str]) -> Finding:
    named = "; ".join(broken[:MOST_NAMED])
    more = f"; and {len(broken) - MOST_NAMED} more" if len(broken) > MOST_NAMED else ""
    return Finding(name, ok=not broken, detail=named + more)


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON document.")
@click.pass_context
@with_appcontext
def doctor(context: click.Context, as_json: bool) -> None:
    """Check every invariant of this installation. Exit code 1 when something is broken."""
    found = examine()
    is_well = all(finding.ok for finding in found)
    if as_json:
        answer = {"ok": is_well, "checks": [asdict(finding) for finding in found]}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        for finding in found:
            click.echo(f"{'holds ' if finding.ok else 'BROKEN'}  {finding.name}  {finding.detail}".rstrip())
    context.exit(0 if is_well else 1)


def _outdated_schema(session: Session) -> Iterator[str]:
    scripts = ScriptDirectory.from_config(alembic_config("sqlite://"))
    newest, have = scripts.get_current_head(), MigrationContext.configure(session.connection()).get_current_revision()
    if have != newest:
        yield f"the schema is {have}, the newest is {newest}: run `flask database upgrade`"


def _broken_references(session: Session) -> Iterator[str]:
    # PostgreSQL never lets one be broken; SQLite does when somebody writes without asking it to look.
    if session.get_bind().dialect.name == "sqlite":
        for name, row, parent, _constraint in session.connection().exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"row {row} of {name} names nothing in {parent}"


def _missing_files(session: Session) -> Iterator[str]:
    storage, known = current_storage(), set[str]()
    for name, key_column, key in namings(session):
        if key not in known and not storage.exists(key):
            yield f"{key}, named by {name}.{key_column}"
        known.add(key)


def _unnamed_files(session: Session) -> Iterator[str]:
    # Listed before the rows are read, and only what the sweep should have taken: a refused request leaves such files.
    stored = set(current_storage().keys(before=utc_now() - KEPT_FOR - SWEPT_EVERY))
    for key in sorted(stored - named_keys(session)):
        yield f"{key}, stored and named by nothing"
