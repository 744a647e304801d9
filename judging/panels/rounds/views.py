"""The organiser's pages of rounds: their plan, and who goes on to the second."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from challenges.briefs.queries import challenges_of
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from judging.panels.registry import panel_registry
from judging.panels.rounds import service
from judging.panels.rounds.forms import FinalistsForm, RoundsForm, saved_rounds
from judging.panels.rounds.models import RoundKind
from judging.panels.rounds.queries import finalists_of, round_of, rounds_of
from judging.panels.views import Page, acted, edition_at
from submissions.entries.queries import handed_in_entries

blueprint = Blueprint("rounds", __name__, url_prefix="/editions/<edition_slug>/organise/jury")
PROPOSED = 3


def register(app: Flask) -> None:
    """Add the pages and their link."""
    app.register_blueprint(blueprint)
    edition_registry(app).organiser_links.append(OrganiserLink(Section.JURY, _l("Rounds"), "rounds.rounds", order=60))


@blueprint.route("/rounds", methods=["GET", "POST"])
@audience("organiser")
def rounds(edition_slug: str) -> Page:
    """One round, or a qualification and finalists: their dates and settings."""
    edition, session = edition_at(edition_slug), current_session()
    kept = rounds_of(session, edition)
    form = RoundsForm(data=saved_rounds(edition, kept))
    if form.accepts(lambda: service.plan_rounds(session, edition=edition, plan=form.plan(edition), **acted())):
        flash(_("The rounds are saved."), "ok")
        return redirect(url_for(".rounds", edition_slug=edition_slug))
    page = {"rounds": kept, "finalists": len(finalists_of(session, edition)), "now": request_now()}
    return render_template("judging/panels/rounds/rounds.html", edition=edition, form=form, **page), form.status


@blueprint.post("/rounds/drop")
@audience("organiser")
def drop(edition_slug: str) -> Page:
    """Go back to one round."""
    service.drop_rounds(current_session(), edition=edition_at(edition_slug), **acted())
    flash(_("The edition has one round again."), "ok")
    return redirect(url_for(".rounds", edition_slug=edition_slug))


@blueprint.route("/finalists", methods=["GET", "POST"])
@audience("organiser")
def finalists(edition_slug: str) -> Page:
    """The ranking of each challenge, with boxes; the first ones are ticked until somebody has chosen."""
    edition, session, form = edition_at(edition_slug), current_session(), FinalistsForm()
    round_ = round_of(session, edition, RoundKind.FINALISTS)
    if round_ is None:
        raise NotFound(_("This edition has no finalists’ round."))
    if form.accepts(lambda: service.confirm_finalists(session, round_=round_, entries=form.entries.data, **acted())):
        chosen = len(finalists_of(session, edition))
        flash(ngettext("%(num)s finalist is confirmed.", "%(num)s finalists are confirmed.", chosen), "ok")
        return redirect(url_for("panels.assignments", edition_slug=edition_slug, round=RoundKind.FINALISTS.value))
    ranked = [(each, panel_registry().ranked(session, each)) for each in challenges_of(session, edition)]
    confirmed, most = finalists_of(session, edition), request.args.get("most", PROPOSED, type=int)
    proposed = {row.entry for _challenge, rows in ranked for row in rows if 0 < (row.place or 0) <= most}
    page: dict[str, Any] = {"ranked": ranked, "ticked": confirmed or proposed, "confirmed": confirmed, "most": most}
    page |= {"entries": {entry.id: entry for entry in handed_in_entries(session, edition)}}
    return render_template("judging/panels/rounds/finalists.html", edition=edition, form=form, **page), form.status
