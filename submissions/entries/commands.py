"""`flask entries verify-receipt`: whether a receipt, and files, are those of a hand-in on this installation."""

import hashlib
import json
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from submissions.entries.receipts import HeldFile, PublicKey, problems_of, read_public_key, signing_key
from submissions.intake.commands import entries

INVALID, UNREADABLE = 1, 2


@entries.command("verify-receipt")
@click.argument("receipt", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--public-key", type=click.Path(path_type=Path), help="The published key (PEM) of the installation that signed."
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON document.")
@click.pass_context
@with_appcontext
def verify_receipt(
    context: click.Context, receipt: Path, files: tuple[Path, ...], public_key: Path | None, as_json: bool
) -> None:
    """Say whether RECEIPT was made here and is unchanged, and whether FILES are those it names.

    Exit code 1 when something does not agree, 2 when a file cannot be read.
    """
    try:
        document = _read(receipt)
        held = [_digest(file) for file in files]
        key = _key(public_key)
    except OSError as error:
        click.echo(f"“{error.filename}” cannot be read: {error.strerror}.", err=True)
        context.exit(UNREADABLE)
    except ValueError as error:
        click.echo(f"“{public_key}” is no public key of receipts: {error}.", err=True)
        context.exit(UNREADABLE)
    problems = problems_of(document, key, held)
    answer = {"valid": not problems, "problems": problems}
    summary = "\n".join(problems) if problems else "Valid: the receipt was made here and is unchanged."
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2) if as_json else summary)
    context.exit(INVALID if problems else 0)


def _read(receipt: Path) -> Any:
    """The document, or None when it is not JSON, or JSON that says one thing twice: then it is no receipt."""
    try:
        return json.loads(receipt.read_bytes(), object_pairs_hook=_said_once)
    except (ValueError, RecursionError):
        return None


def _said_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise ValueError("a field stands there twice")
    return document


def _key(pem: Path | None) -> PublicKey:
    if pem is None:
        return signing_key(current_app.config["SECRET_KEY"]).public_key()
    return read_public_key(pem.read_bytes())


def _digest(file: Path) -> HeldFile:
    with file.open("rb") as stream:
        return HeldFile(file.name, hashlib.file_digest(stream, "sha256").hexdigest())
