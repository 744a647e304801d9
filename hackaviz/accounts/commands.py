"""`flask accounts …`: how an empty installation gets its first administrator."""

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from hackaviz.accounts.links import issue_link
from hackaviz.accounts.models import Person, TokenPurpose
from hackaviz.accounts.queries import person_by_email
from hackaviz.accounts.rights import Right, set_right
from hackaviz.accounts.service import create_person
from hackaviz.kernel.bilingual import LANGUAGES
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.jobs import transactions
from hackaviz.web.database import sessions
from hackaviz.web.letters import page_url

commands = AppGroup("accounts", help="People and their rights.")


@commands.command("create-administrator")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--language", type=click.Choice(LANGUAGES), default="fr", show_default=True)
def create_administrator(email: str, name: str, language: str) -> None:
    """Make somebody an administrator and print a link, good for half an hour, to choose a password.

    A second run changes nothing but the link: an account that exists keeps its name and its password.
    """
    with transactions(sessions().writing)() as session:
        person = _administrator(session, email, name, language)
        token = issue_link(session, person=person, purpose=TokenPurpose.RESET_PASSWORD, now=utc_now())
    click.echo(f"{person.email} is an administrator. To choose a password within half an hour, open:", err=True)
    click.echo(page_url("accounts.choose_password", token=token))


def _administrator(session: Session, email: str, name: str, language: str) -> Person:
    now = utc_now()
    person = person_by_email(session, email) or create_person(
        session, email=email, name=name, language=language, now=now
    )
    set_right(session, person=person, right=Right.ADMINISTRATOR, given=True, actor=None, now=now)
    return person
