"""Pages of entries: for their team, and the organisers' list."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from challenges.catalogue.registry import catalogue_registry
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from hackaviz.accounts.registry import account_registry
from hackaviz.kernel.jobs import Work
from hackaviz.web.doctor import declare_checks
from hackaviz.web.jobs import declare_work
from submissions.entries import commands, figures, service
from submissions.entries.annexes.scanning import WORK as ANNEX_SCANS
from submissions.entries.annexes.scanning import AnnexScanner
from submissions.entries.checks import CHECKS
from submissions.entries.in_catalogue import drafts_of
from submissions.entries.listing import views as listings
from submissions.entries.merged_datasets import CITATIONS
from submissions.entries.receipts import signing_key
from submissions.entries.scans.service import WORK as SCANS
from submissions.entries.scans.service import Scanner
from submissions.entries.transfers.examination import Desk, release_files
from submissions.entries.transfers.leftovers import WORK as LEFTOVERS
from submissions.entries.transfers.leftovers import Sweeper
from submissions.entries.transfers.service import WORK
from submissions.entries.views import (
    annexes,
    arriving,
    draft,
    handing_in,
    multiparts,
    organise,
    receipts,
    sheet,
    transfers,
    uploads,
    versions,
)
from submissions.entries.views.blueprint import blueprint
from submissions.entries.wording import kind_word, reasons_in_words, receipt_time
from submissions.intake.limits import Limits
from submissions.teams.registry import team_registry

# How the keys of letters to a team about its work begin.
LETTERS = ("handed-in/", "hand-in-failed/", "infected/", "listing/")
PAGES = (
    *(draft, sheet, listings, uploads, arriving, transfers, multiparts),
    *(handing_in, versions, receipts, annexes, organise),
)


def register(app: Flask) -> None:
    """Add the pages and commands, what this room shows on those of others, and what must hold of versions."""
    app.register_blueprint(blueprint)
    declare_checks(app, CHECKS)
    app.config.setdefault("UPLOAD_LIMIT_BYTES", Limits().bytes)
    app.jinja_env.filters |= {each.__name__: each for each in (kind_word, receipt_time, reasons_in_words)}
    app.cli.add_command(commands.entries)
    listings.register(app)
    editions = edition_registry(app)
    editions.waiting.append(figures.waiting)
    editions.organiser_links.append(
        OrganiserLink(Section.TEAMS, _l("Teams and entries"), "entries.entries_list", order=31)
    )
    catalogue_registry(app).holders.append(CITATIONS)
    catalogue_registry(app).drafts.append(drafts_of)
    _declare_work(app)
    account_registry(app).letters_of_works.update(LETTERS)
    teams = team_registry(app)
    teams.parts.append(figures.team_part)
    teams.challenge_followers.append(service.follow_challenge)


def _declare_work(app: Flask) -> None:
    limits = Limits(bytes=app.config["UPLOAD_LIMIT_BYTES"])
    storage, antivirus_url = app.extensions["hackaviz.storage"], app.config["ANTIVIRUS_URL"]
    desk = Desk(storage, limits, signing_key(app.config["SECRET_KEY"]), antivirus_url)
    declare_work(app, Work(WORK, desk.examine_due, release_files))
    declare_work(app, Work("hand-ins overdue", desk.settle_overdue))
    declare_work(app, Work("transfers abandoned", desk.give_up_abandoned))
    declare_work(app, Work(LEFTOVERS, Sweeper(storage).sweep))
    if antivirus_url is not None:
        declare_work(app, Work(SCANS, Scanner(storage, antivirus_url).scan_due))
        declare_work(app, Work(ANNEX_SCANS, AnnexScanner(storage, antivirus_url).scan_due))
