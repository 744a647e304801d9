"""The organisers' page of one team's deadline."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.policy import find_edition
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.forms import instant, local
from hackaviz.web.once import makes_once
from submissions.teams.extensions import give_extension
from submissions.teams.forms import ExtensionForm
from submissions.teams.models import Team
from submissions.teams.policy import find_team_of
from submissions.teams.registration_views import blueprint
from submissions.teams.rules import team_deadline


@blueprint.route("/editions/<edition_slug>/organise/teams/<public_id>/deadline", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def deadline(edition_slug: str, public_id: str) -> Response | tuple[str, int]:
    """The deadline of a team, every extension it was given, and a new one."""
    edition = find_edition(current_session(), edition_slug, current_user)
    team = find_team_of(current_session(), edition, public_id)
    form = ExtensionForm(closes_at=local(team_deadline(team), edition.time_zone))
    if form.accepts(lambda: _extend(team, form)):
        flash(_("The team %(name)s has its new deadline, and a letter says so to its members.", name=team.name), "ok")
        return redirect(url_for(".deadline", edition_slug=edition_slug, public_id=public_id))
    team = find_team_of(current_session(), edition, public_id)
    context = {"team": team, "edition": edition, "form": form, "closes_at": team_deadline(team), "now": request_now()}
    return render_template("submissions/teams/deadline.html", **context), form.status


def _extend(team: Team, form: ExtensionForm) -> None:
    give_extension(
        current_session(),
        team=team,
        closes_at=instant(form.closes_at.data, team.edition.time_zone),
        reason=form.reason.data or "",
        actor=current_user,
        now=request_now(),
    )
