"""Pages about who may win prizes: what a person states, and what organisers decide."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.policy import find_edition
from challenges.sponsors.eligibility.queries import conditions_in, hors_concours_in, statement_of
from challenges.sponsors.eligibility.rules import asked_by, regions_of
from challenges.sponsors.eligibility.service import lift_hors_concours, set_hors_concours, state
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from submissions.teams.extension_views import blueprint
from submissions.teams.policy import find_registration
from submissions.teams.prize_forms import HorsConcoursForm, PrizeStatementForm
from submissions.teams.queries import registration_of
from submissions.teams.winnable import hindrances_alone

Answer = Response | tuple[str, int] | str


def _act() -> dict[str, Any]:
    return {"actor": current_user, "now": request_now()}


@blueprint.route("/editions/<edition_slug>/prizes-and-you", methods=["GET", "POST"])
@audience("registered")
@makes_once
def prize_statement(edition_slug: str) -> Answer:
    """What a registered person states for prizes, and which they cannot win."""
    session = current_session()
    edition = find_edition(session, edition_slug, current_user)
    rules = conditions_in(session, edition)
    form = PrizeStatementForm.asking(asked_by(rules), regions_of(rules), statement_of(session, edition, current_user))
    if form.accepts(lambda: state(session, edition=edition, stated=form.stated(), **_act())):
        flash(_("What you state is kept."), "ok")
        return redirect(url_for(".prize_statement", edition_slug=edition_slug))
    registration = registration_of(session, edition, current_user)
    told = hindrances_alone(session, registration) if registration else {}
    return render_template("submissions/teams/prize_statement.html", edition=edition, form=form, **told), form.status


@blueprint.route(
    "/editions/<edition_slug>/organise/participants/<person_public_id>/hors-concours", methods=["GET", "POST"]
)
@audience("organiser")
@makes_once
def hors_concours(edition_slug: str, person_public_id: str) -> Answer:
    """Let a person take part without winning."""
    session, form = current_session(), HorsConcoursForm()
    edition = find_edition(session, edition_slug, current_user)
    registration = find_registration(session, edition, person_public_id)
    person = registration.person
    if form.accepts(
        lambda: set_hors_concours(session, edition=edition, person=person, reason=form.reason.data or "", **_act())
    ):
        flash(_("This person takes part hors concours. Their team is told."), "ok")
        return redirect(url_for(".hors_concours", edition_slug=edition_slug, person_public_id=person_public_id))
    decided = hors_concours_in(session, edition.id).get(person.id)
    context = {"registration": registration, "decided": decided, "stated": statement_of(session, edition, person)}
    return render_template("submissions/teams/hors_concours.html", edition=edition, form=form, **context), form.status


@blueprint.post("/editions/<edition_slug>/organise/participants/<person_public_id>/hors-concours/lift")
@audience("organiser")
@makes_once
def lift(edition_slug: str, person_public_id: str) -> Answer:
    """Let a person win again."""
    session = current_session()
    edition = find_edition(session, edition_slug, current_user)
    person = find_registration(session, edition, person_public_id).person
    lift_hors_concours(session, edition=edition, person=person, **_act())
    flash(_("This person may win prizes again."), "ok")
    return redirect(url_for(".hors_concours", edition_slug=edition_slug, person_public_id=person_public_id))
