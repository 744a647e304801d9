"""`flask doctor`: whether what must always hold holds in this installation. Each room declares what it knows."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from hackaviz.kernel.errors import NotFound, Unavailable
from hackaviz.kernel.jobs import Work
from hackaviz.web.checks import CHECKS
from hackaviz.web.database import sessions
from hackaviz.web.jobs import declare_work
from hackaviz.web.leftovers import Leftovers

# How many broken things a check names; it counts the others.
MOST_NAMED = 10
# What was changed by hand need not be what our code can read.
CANNOT_LOOK = (SQLAlchemyError, Unavailable, NotFound, ValueError, TypeError, LookupError)
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
    declare_checks(app, CHECKS)


def examine() -> list[Finding]:
    """Every check, in the order of their declaration. A check that cannot look is a broken one."""
    checks: dict[str, Look] = current_app.extensions["hackaviz.doctor"]
    found = []
    for name, look in checks.items():
        with sessions().reading() as session:
            try:
                found.append(_finding(name, list(look(session))))
            except CANNOT_LOOK as error:
                found.append(Finding(name, ok=False, detail=f"could not look: {_first_line(error)}"))
    return found


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


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
