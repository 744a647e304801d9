"""`flask judging seal` and `verify`: a result that anybody can recompute from one file."""

import sys
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from challenges.editions.queries import edition_by_slug
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.jobs import transactions
from hackaviz.web.database import sessions
from judging.ranking.commands import REFUSED, UNREADABLE, answer, as_json, judging
from judging.sealing import service
from judging.sealing.verifying import NotASeal, verify


def register(_app: Flask) -> None:
    """Nothing to add: the commands below belong to the group `judging`."""


@judging.command("seal")
@click.argument("edition")
@click.option("--output", required=True, type=click.Path(path_type=Path), help="The file to write.")
@click.option("--public", is_flag=True, help="The form for everybody, without comments and grounds of conflicts.")
@with_appcontext
def seal_command(edition: str, output: Path, *, public: bool) -> None:
    """Seal the result of EDITION (the name in its address) and write it to a file."""
    with transactions(sessions().writing)() as session:
        found = edition_by_slug(session, edition)
        if found is None:
            click.echo(f"There is no edition “{edition}”. Use the name in its address, after /editions/.", err=True)
            sys.exit(UNREADABLE)
        try:
            made = service.seal(session, edition=found, actor=None, now=utc_now())
        except service.MarksAltered as refusal:
            click.echo(str(refusal), err=True)
            sys.exit(REFUSED)
        text, digest = (made.public, made.public_sha256) if public else (made.full, made.full_sha256)
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        click.echo(f"“{output}” cannot be written: {error.strerror}.", err=True)
        sys.exit(UNREADABLE)
    click.echo(f"Seal {made.number}, SHA-256 {digest}", err=True)


@judging.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@as_json
def verify_command(file: Path, *, as_json: bool) -> None:
    """Compute the result in FILE again, from the file alone. Exit code 1 when anything differs."""
    try:
        verdict = verify(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, NotASeal) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        click.echo(f"“{file}” is no sealed result: {reason}.", err=True)
        sys.exit(UNREADABLE)
    if as_json:
        answer(verdict.as_dict(), "problems", as_json=True)
    else:
        click.echo("The file is what it says." if verdict.valid else "\n".join(verdict.problems))
        click.echo(f"SHA-256 {verdict.sha256}: compare it with the one on the results page and on the minutes.")
    sys.exit(0 if verdict.valid else REFUSED)
