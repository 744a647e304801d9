"""`flask edition archive`: the public edition as a folder that opens from a disk or any static host."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from challenges.editions.queries import edition_by_slug
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.errors import DomainError
from hackaviz.web.database import sessions
from submissions.gallery.archive.writing import archive_edition

REFUSED, UNREADABLE = 1, 2
commands = AppGroup("edition", help="Editions as a whole.")


@commands.command("archive")
@click.argument("slug")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.pass_context
def archive(context: click.Context, slug: str, folder: Path) -> None:
    """Write the public pages, works, results and data of the edition SLUG into FOLDER."""
    status = _archive(slug, folder)
    # Only now: to end within a request context would take the application away from under it.
    context.exit(status)


def _archive(slug: str, folder: Path) -> int:
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.test_request_context(base_url=app.config["BASE_URL"]), sessions().reading() as session:
        edition = edition_by_slug(session, slug)
        if edition is None:
            click.echo(f"There is no edition called {slug}.", err=True)
            return UNREADABLE
        try:
            count = archive_edition(app, session, edition=edition, target=folder.absolute(), now=utc_now())
        except DomainError as error:
            click.echo(str(error), err=True)
            return REFUSED
    click.echo(f"{count} works are in {folder}. Open {folder / 'index.html'} in a browser.", err=True)
    return 0
