"""`flask judging assign`: who judges what, from a file alone."""

import sys
from pathlib import Path
from typing import Protocol

import click

from judging.panels.assignment.instance import read_instance
from judging.panels.assignment.solve import answer
from judging.ranking.commands import answer as print_answer
from judging.ranking.commands import as_json, judging, refusals_end_it

IMPOSSIBLE = 2


class _HasCommands(Protocol):
    cli: click.Group


def register(app: _HasCommands) -> None:
    """Add the group `judging`, whose other commands ranking has, to the application's commands."""
    app.cli.add_command(judging)


@judging.command()
@click.argument("file", metavar="INSTANCE.json", type=click.Path(path_type=Path))
@as_json
def assign(file: Path, *, as_json: bool) -> None:
    """Assign jurors to the entries of INSTANCE.json. Exit code 2 when that cannot be done."""
    with refusals_end_it():
        document = answer(read_instance(file))
    if "infeasible" in document:
        print_answer(document, "entries", as_json=True)
        sys.exit(IMPOSSIBLE)
    if as_json:
        print_answer(document, "assignments", as_json=True)
        return
    for juror, entry in document["assignments"]:
        click.echo(f"{juror}\t{entry}")
    for warning in document["warnings"]:
        click.echo(warning, err=True)
