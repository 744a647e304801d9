"""`flask previews`: still images that are lost are made again."""

import click
from flask import current_app
from flask.cli import AppGroup

from hackaviz.web.database import sessions
from submissions.viewer.checks.service import look_at_lost_again
from submissions.viewer.service import draw_lost_again

commands = AppGroup("previews", help="Still images of works.")


@commands.command("again")
def again() -> None:
    """Let the job process make anew every picture that is lost, of works and of check reports, and every label."""
    storage = current_app.extensions["hackaviz.storage"]
    with sessions().writing() as session, session.begin():
        count = draw_lost_again(session, storage) + look_at_lost_again(session, storage)
    click.echo(f"{count} due", err=True)
