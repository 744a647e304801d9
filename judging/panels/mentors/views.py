"""The organiser's page of mentors."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from challenges.editions.models import Edition
from hackaviz.accounts.registry import account_registry
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from judging.panels.mentors import service
from judging.panels.mentors.forms import MentorForm
from judging.panels.mentors.queries import mentors_of
from judging.panels.views import Page, acted, edition_at
from submissions.teams.queries import teams_of

blueprint = Blueprint("mentors", __name__, url_prefix="/editions/<edition_slug>/organise/jury/mentors")


def register(app: Flask) -> None:
    """Add the pages; people get a copy of the notes about them, and leave none when they close their account."""
    app.register_blueprint(blueprint)
    account_registry(app).exports["mentor_notes"] = service.export_notes
    account_registry(app).erasers.append(service.forget_person)


@blueprint.route("", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def mentors(edition_slug: str) -> Page:
    """Who helps which team, and a form for another."""
    edition, form, session = edition_at(edition_slug), MentorForm(), current_session()
    teams = teams_of(session, edition)
    form.offer(teams)
    if form.accepts(lambda: _note(edition, form)):
        flash(
            _("Noted. Where %(name)s is a juror, the link waits among the possible conflicts.", name=form.name.data),
            "ok",
        )
        return redirect(url_for(".mentors", edition_slug=edition_slug))
    page: dict[str, Any] = {"mentors": mentors_of(session, edition), "teams": teams}
    return render_template("judging/panels/mentors/mentors.html", edition=edition, form=form, **page), form.status


def _note(edition: Edition, form: MentorForm) -> None:
    team = next(team for team in teams_of(current_session(), edition) if team.public_id == form.team.data)
    service.note_mentor(current_session(), team=team, email=form.email.data, name=form.name.data, **acted())


@blueprint.post("/<int:mentor_id>/remove")
@audience("organiser")
@makes_once
def remove(edition_slug: str, mentor_id: int) -> Page:
    """Forget one who was noted by mistake."""
    edition, session = edition_at(edition_slug), current_session()
    mentor = next((each for each in mentors_of(session, edition) if each.id == mentor_id), None)
    if mentor is None:
        raise NotFound(_("There is no such mentor."))
    service.remove_mentor(session, mentor=mentor, **acted())
    flash(_("The mentor is removed. A conflict that was declared stays."), "ok")
    return redirect(url_for(".mentors", edition_slug=edition_slug))
