"""`flask prizes allocate`: who could pay what, from a file alone."""

import json
from pathlib import Path
from typing import Any

import click

from judging.prizes.allocation import NotAnAllocation, allocate, refusal, unread
from judging.prizes.funding import Shortfall

IMPOSSIBLE = 2


@click.group()
def prizes() -> None:
    """Prizes and the money that pays them."""


@prizes.command("allocate")
@click.argument("file", metavar="POOLS.json", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON document.")
@click.pass_context
def allocate_prizes(context: click.Context, file: Path, as_json: bool) -> None:
    """Fund the prizes of POOLS.json from its pools, exactly. Exit code 2 when that cannot be done."""
    try:
        document = json.loads(file.read_bytes())
        answer, lines = _funded(allocate(document))
    except OSError as error:
        _stop(context, f"“{file}” cannot be read: {error.strerror}.")
    except (ValueError, RecursionError) as error:
        _stop(context, f"“{file}” is not JSON: {error}.")
    except NotAnAllocation as error:
        _stop(context, f"“{file}” cannot be used. {error}")
    except Shortfall as shortfall:
        answer = refusal(shortfall)
        lines = [f"{answer['shortfall']} are missing for: {', '.join(answer['prizes'])}."]
        lines.append(f"Who may pay these: {', '.join(answer['sponsors']) or 'nobody'}.")
    for note in unread(document):
        click.echo(note, err=True)
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2) if as_json else "\n".join(lines))
    context.exit(IMPOSSIBLE if "infeasible" in answer else 0)


def _funded(answer: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    paid = [f"{each['prize']}: {each['amount']} from {each['sponsor']}" for each in answer["funding"]]
    return answer, paid + [f"left with {each['sponsor']}: {each['amount']}" for each in answer["left"]]


def _stop(context: click.Context, message: str) -> None:
    click.echo(message, err=True)
    context.exit(IMPOSSIBLE)
