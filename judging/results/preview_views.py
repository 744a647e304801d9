"""What each role will read on the day of the results, for organisers before it."""

from datetime import datetime
from typing import Any

from flask import Flask, render_template, request
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.sponsors.policy import find_sponsor
from challenges.sponsors.queries import sponsors_of
from challenges.sponsors.registry import sponsor_registry
from challenges.sponsors.rules import totals_of
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.addresses import row_number
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from judging.results.feedback import feedback_on
from judging.results.models import Publication
from judging.results.page import as_it_would_be, is_prepared, results_context
from judging.results.reading import awards_in, row_of
from judging.results.views import blueprint
from submissions.entries.queries import handed_in_entries


def register(_app: Flask) -> None:
    """Nothing to add: the pages stand on the blueprint of results."""


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


@blueprint.get("/organise/results/preview")
@audience("organiser")
def preview(edition_slug: str) -> str:
    """The public page, as everybody will read it: jurors too."""
    session, edition, now = current_session(), _edition(edition_slug), request_now()
    shown = as_it_would_be(session, edition, now)
    context = results_context(session, edition, shown, [shown], now)
    return render_template("judging/results/results.html", is_preview=True, **context)


@blueprint.get("/organise/results/preview/team")
@audience("organiser")
def preview_for_team(edition_slug: str) -> str:
    """What the team of one entry will read."""
    session, edition, now = current_session(), _edition(edition_slug), request_now()
    shown, entries = as_it_would_be(session, edition, now), handed_in_entries(session, edition)
    context = _for_team(session, shown, entries) if entries else {"entry": None}
    page = {"edition": edition, "entries": entries, "is_prepared": is_prepared(shown)}
    return render_template("judging/results/preview_team.html", **page, **context)


def _for_team(session: Session, shown: Publication, entries: Any) -> dict[str, Any]:
    asked = request.args.get("entry", entries[0].public_id)
    entry = next((each for each in entries if each.public_id == asked), None)
    row = row_of(shown.snapshot, asked)
    if entry is None or row is None:
        raise NotFound(_l("There is no such entry in these results."))
    won = [award for award in awards_in(shown.snapshot) if award.entry["public_id"] == asked]
    return {"entry": entry, "won": won, "part": {"feedback": feedback_on(session, entry, shown.snapshot, row)}}


@blueprint.get("/organise/results/preview/sponsor")
@audience("organiser")
def preview_for_sponsor(edition_slug: str) -> str:
    """What the contacts of one sponsor will read."""
    session, edition, now = current_session(), _edition(edition_slug), request_now()
    shown, sponsors = as_it_would_be(session, edition, now), sponsors_of(session, edition)
    context = _for_sponsor(session, edition, shown.public_at) if sponsors else {}
    page = {"edition": edition, "sponsors": sponsors, "is_prepared": is_prepared(shown)}
    return render_template("judging/results/preview_sponsor.html", **page, **context)


def _for_sponsor(session: Session, edition: Edition, public_at: datetime) -> dict[str, Any]:
    asked = request.args.get("sponsor", type=row_number)
    sponsor = find_sponsor(session, edition, asked or sponsors_of(session, edition)[0].id)
    spending = sponsor_registry().spending(session, sponsor, public_at)
    return {"sponsor": sponsor, "totals": totals_of(sponsor.pledges), "spending": spending}
