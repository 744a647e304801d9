"""`flask catalogue import`: it creates the database that it needs."""

import json
import sys
import time
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from challenges.catalogue.harvest.gathering import gather, scratch
from challenges.catalogue.harvest.importing import Report, write
from challenges.catalogue.harvest.recognise import FORMATS
from challenges.catalogue.harvest.record import Unreadable
from challenges.catalogue.inspect.commands import catalogue
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.fetch.errors import FetchError
from hackaviz.kernel.jobs import transactions
from hackaviz.kernel.migrate import upgrade
from hackaviz.settings import Settings
from hackaviz.web.database import sessions


@catalogue.command("import")
@click.argument("source")
@click.option("--format", "wanted", type=click.Choice(["auto", *FORMATS]), default="auto", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The whole report as one JSON document.")
@with_appcontext
def import_catalogue(source: str, wanted: str, as_json: bool) -> None:
    """Take the datasets of a portal, by its address, or of a file into the catalogue. A second run changes nothing."""
    try:
        report = _import(source, wanted)
    except OSError as error:
        _stop(f"{source} cannot be read: {error.strerror or error}. Give the path of a file, or an address.")
    except (Unreadable, FetchError) as error:
        _stop(f"{source}: {error}")
    except SQLAlchemyError as error:
        _stop(f"The database does not answer ({type(error).__name__}). What is imported is kept: run the import again.")
    print(json.dumps(report.as_dict(), ensure_ascii=False) if as_json else _told(report))
    is_refused = report.rejected and not report.created + report.updated + report.unchanged
    sys.exit(1 if is_refused else 0)


def _import(source: str, wanted: str) -> Report:
    settings: Settings = current_app.extensions["hackaviz.settings"]
    with scratch() as folder:
        gathered = gather(source, wanted=wanted, folder=Path(folder), clock=time.monotonic)
        upgrade(settings.database_url)
        return write(transactions(sessions().writing), gathered, actor=None, now=utc_now(), note=_show_progress)


def _show_progress(done: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done} datasets", nl=False, err=True)


def _told(report: Report) -> str:
    counts = ", ".join(f"{getattr(report, name)} {name}" for name in ("created", "updated", "unchanged", "vanished"))
    lines = [f"{report.source} ({report.format}): {counts}, {len(report.rejected)} rejected"]
    return "\n".join(
        [*lines, *(f"  {each['id'] or 'without identifier'}: {each['reason']}" for each in report.rejected)]
    )


def _stop(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    sys.exit(2)
