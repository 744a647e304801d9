"""`flask entries check`: what intake says of a file, without storing it."""

import json
from pathlib import Path
from typing import Protocol

import click

from submissions.intake.check import check_file_confined
from submissions.intake.report import CheckReport

REFUSED, UNREADABLE = 1, 2


class _HasCommands(Protocol):
    cli: click.Group


def register(app: _HasCommands) -> None:
    """Add the group `entries` to the application's commands."""
    app.cli.add_command(entries)


@click.group()
def entries() -> None:
    """Look into files of entries."""


@entries.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON document.")
@click.pass_context
def check(context: click.Context, file: Path, as_json: bool) -> None:
    """Say whether FILE would be accepted as an entry, and why not. Exit code 1 when it is refused."""
    if not file.is_file():
        _stop_unreadable(context, file)
    try:
        report = check_file_confined(file, file.name)
    except OSError:
        _stop_unreadable(context, file)
    click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2) if as_json else _summary(report))
    context.exit(0 if report.accepted else REFUSED)


def _stop_unreadable(context: click.Context, file: Path) -> None:
    shown = click.format_filename(file)
    click.echo(f"“{shown}” cannot be read as a file. Give the path of a file that exists and may be read.", err=True)
    context.exit(UNREADABLE)


def _summary(report: CheckReport) -> str:
    if not report.accepted:
        return "\n".join(["Refused."] + [f"- {reason.detail()} ({reason.code})" for reason in report.reasons])
    lines = [f"Accepted: {report.kind}, {report.files} file(s), opens with {report.entry_point}."]
    if report.external_hosts:
        lines.append(f"It would load from other hosts, which viewers do not reach: {', '.join(report.external_hosts)}.")
    return "\n".join(lines)
