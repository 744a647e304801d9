"""The pages of accounts, one module for each thing that people come for."""

from functools import partial
from urllib.parse import urlsplit

from flask import Flask

from hackaviz.accounts import commands
from hackaviz.accounts.navigation import add_links
from hackaviz.accounts.views import administration, invitations, legal, own_account, privacy, signing_in, signing_up
from hackaviz.accounts.views.blueprint import blueprint
from hackaviz.kernel.jobs import Work
from hackaviz.kernel.mail import send_one_due_mail, sender_of
from hackaviz.web.access import Doorkeeper, appoint_doorkeeper
from hackaviz.web.jobs import declare_work
from hackaviz.web.templating import navigation_source

PAGES = (signing_in, signing_up, own_account, privacy, invitations, administration, legal)


def register(app: Flask) -> None:
    """Add the pages, their links, the commands, and the sending of letters."""
    app.register_blueprint(blueprint)
    appoint_doorkeeper(app, Doorkeeper(signing_in.session_ended, signing_up.email_not_verified))
    navigation_source(app, add_links)
    app.cli.add_command(commands.commands)
    mail_url = app.config["MAIL_URL"]
    sender = sender_of(mail_url, urlsplit(app.config["BASE_URL"]).hostname or "localhost")
    declare_work(app, Work("mail", partial(send_one_due_mail, mail_url=mail_url, sender=sender)))
