"""`flask demo …`: build the demo, and say who can be tried."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from hackaviz.demo.build import build_demo
from hackaviz.demo.people import ACCOUNTS, PASSWORD
from hackaviz.kernel.clock import utc_now
from hackaviz.web.database import sessions
from hackaviz.web.storage import current_storage
from hackaviz.web.templating import localized

commands = AppGroup("demo", help="The Smart Port demonstration.")


def register(app: Flask) -> None:
    """Add the commands, and the accounts that the sign-in page of the demo offers."""
    app.cli.add_command(commands)
    app.extensions["hackaviz.demo_accounts"] = listed_accounts


def listed_accounts() -> list[tuple[str, str, str]]:
    """Label, address and password of each account to try."""
    return [(str(localized(person.role)), person.email, PASSWORD) for person in ACCOUNTS]


def _refuse_elsewhere() -> None:
    # The password of these accounts is public, and one of them is an administrator's.
    if not current_app.config["DEMO"]:
        raise click.ClickException("the demo, whose passwords are public, is built only where HACKAVIZ_DEMO is 1")


@commands.command("build")
def build() -> None:
    """Build what is missing of the demo; a second run changes nothing."""
    _refuse_elsewhere()
    built = build_demo(sessions().writing, current_storage(), utc_now())
    click.echo(f"built: {', '.join(built)}" if built else "The demo is here already.", err=True)
    if built:
        click.echo("The job process draws the still images of the works in its first two minutes.", err=True)


@commands.command("accounts")
def accounts() -> None:
    """Print the accounts that can be tried."""
    _refuse_elsewhere()
    for person in ACCOUNTS:
        click.echo(f"  {person.role.en:<20} {person.email:<30} {PASSWORD}")
