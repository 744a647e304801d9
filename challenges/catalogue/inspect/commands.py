"""`flask catalogue inspect`: what a file holds, from the file alone."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from challenges.catalogue.inspect.confined import examine_path
from challenges.catalogue.inspect.sample import sample_of


@click.group()
def catalogue() -> None:
    """Datasets and their files."""


@catalogue.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The whole answer as one JSON document.")
@click.option("--sample", is_flag=True, help="Of a large table of text, say at once what its beginning holds.")
def inspect(file: Path, as_json: bool, sample: bool) -> None:
    """Say what a dataset file holds: format, encoding, columns with types, missing and distinct values."""
    try:
        answer = sample_of(file)
        if answer and not sample:
            print(f"Its beginning: {_in_a_line(answer)}. Reading all of it…", file=sys.stderr, flush=True)
        if answer is None or not sample:
            answer = examine_path(file)
    except OSError as error:
        print(f"{file} cannot be read: {error.strerror}. Give the path of a file.", file=sys.stderr)
        sys.exit(2)
    print(json.dumps(answer, ensure_ascii=False) if as_json else "\n".join(_said(answer)))


def _in_a_line(answer: dict[str, Any]) -> str:
    if answer["tables"] and answer["rows"] is None:
        return f"{answer['format']}, {len(answer['tables'])} tables"
    rows = f"about {answer['estimated_rows']}" if "sample" in answer else answer["rows"]
    return f"{answer['format']}, {rows} rows, {len(answer['columns'])} columns"


def _said(answer: dict[str, Any]) -> Iterator[str]:
    yield _in_a_line(answer)
    for column in answer["columns"]:
        yield f"  {column['name']}: {column['type']}, {column['missing']} missing, {column['distinct']} distinct"
    for table in answer["tables"]:
        yield f"  {table['name']}: {table['rows']} rows, {len(table['columns'])} columns"
    for finding in answer["findings"]:
        yield f"  {finding['code']}: {finding['detail']}"
