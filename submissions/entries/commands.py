"""`flask entries verify-receipt`: whether a receipt, and files, are those of a hand-in on this installation."""

import hashlib
import json
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from submissions.entries.receipts import HeldFile, problems_of, signing_key
from submissions.intake.commands import entries

INVALID, UNREADABLE = 1, 2


@entries.command("verify-receipt")
@click.argument("receipt", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON document.")
@click.pass_context
@with_appcontext
def verify_receipt(context: click.Context, receipt: Path, files: tuple[Path, ...], as_json: bool) -> None:
    """Say whether RECEIPT was made here and is unchanged, and whether FILES are those it names.

    Exit code 1 when something does not agree, 2 when a file cannot be read.
    """
    try:
        document = _read(receipt)
        held = [_digest(file) for file in files]
    except OSError as error:
        click.echo(f"“{error.filename}” cannot be read: {error.strerror}.", err=True)
        context.exit(UNREADABLE)
    problems = problems_of(document, signing_key(current_app.config["SECRET_KEY"]), held)
    answer = {"valid": not problems, "problems": problems}
    summary = "\n".join(problems) if problems else "Valid: the receipt was made here and is unchanged."
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2) if as_json else summary)
    context.exit(INVALID if problems else 0)


def _read(receipt: Path) -> Any:
    """The document, or None when it is not JSON: then it is no receipt."""
    try:
        return json.loads(receipt.read_bytes())
    except ValueError:
        return None


def _digest(file: Path) -> HeldFile:
    with file.open("rb") as stream:
        return HeldFile(file.name, hashlib.file_digest(stream, "sha256").hexdigest())
