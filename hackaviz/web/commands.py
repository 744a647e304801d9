"""`flask database …`: the schema."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from hackaviz.kernel.database import SAFE_SQLITE_VERSIONS, sqlite_may_corrupt
from hackaviz.kernel.migrate import upgrade
from hackaviz.settings import Settings

commands = AppGroup("database", help="The schema of the database.")


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(commands)


@commands.command("upgrade")
def upgrade_schema() -> None:
    """Create or update the tables; a second run changes nothing."""
    settings: Settings = current_app.extensions["hackaviz.settings"]
    upgrade(settings.database_url)
    if settings.database_url.startswith("sqlite") and sqlite_may_corrupt():
        click.echo(
            f"This SQLite may corrupt its log in rare cases; prefer {SAFE_SQLITE_VERSIONS}, or PostgreSQL.", err=True
        )
