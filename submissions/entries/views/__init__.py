"""Pages of entries: for their team, and the organisers' list."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from challenges.editions.registry import OrganiserLink, edition_registry
from submissions.entries import commands, figures, service
from submissions.entries.views import draft, organise, receipts, uploads
from submissions.entries.views.blueprint import blueprint
from submissions.entries.wording import kind_word, receipt_time
from submissions.intake.limits import Limits
from submissions.teams.registry import team_registry

PAGES = (draft, uploads, receipts, organise)


def register(app: Flask) -> None:
    """Add the pages and commands, and what this room shows on those of others."""
    app.register_blueprint(blueprint)
    app.config.setdefault("UPLOAD_LIMIT_BYTES", Limits().bytes)
    app.jinja_env.filters |= {"kind_word": kind_word, "receipt_time": receipt_time}
    app.cli.add_command(commands.entries)
    editions = edition_registry(app)
    editions.waiting.append(figures.waiting)
    editions.organiser_links.append(OrganiserLink(_l("Teams and entries"), "entries.entries_list", order=31))
    teams = team_registry(app)
    teams.parts.append(figures.team_part)
    teams.challenge_followers.append(service.follow_challenge)
