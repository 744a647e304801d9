"""`flask catalogue …`: work on files alone, without database or secret."""

import json
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from challenges.catalogue.inspect.read import inspect_file

commands = AppGroup("catalogue", help="Datasets and their files.")


@commands.command("inspect")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The whole answer as one JSON document.")
def inspect(file: Path, as_json: bool) -> None:
    """Say what a dataset file holds: format, encoding, columns with types, missing and distinct values."""
    try:
        inspection = inspect_file(file)
    except OSError as error:
        print(f"{file} cannot be read: {error.strerror}. Give the path of a file.", file=sys.stderr)
        sys.exit(2)
    if as_json:
        print(json.dumps(inspection.as_dict(), ensure_ascii=False))
        return
    print(f"{inspection.format}, {inspection.rows} rows, {len(inspection.columns)} columns")
    for column in inspection.columns:
        print(f"  {column.name}: {column.type}, {column.missing} missing, {column.distinct} distinct")
    for finding in inspection.findings:
        print(f"  {finding.code}: {finding.detail}")
