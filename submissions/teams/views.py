"""Pages of a team: created, joined by invitation, changed by its captain, left."""

from flask import Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.briefs.models import Challenge
from challenges.briefs.queries import published_challenges
from challenges.editions.models import Edition
from challenges.editions.navigation import show_edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import edition_registry
from challenges.sponsors.eligibility.service import forget
from hackaviz.accounts.registry import account_registry
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from hackaviz.web.templating import localized
from submissions.teams import figures, prize_views, registration_views, roster, service
from submissions.teams.forms import ChallengeForm, InvitationForm, SchoolForm, TeamForm
from submissions.teams.models import Team
from submissions.teams.pages import invitation_page, team_page
from submissions.teams.policy import find_invitation, find_member, find_own_team, find_team
from submissions.teams.queries import invitation_by_token, registration_of, team_of
from submissions.teams.refusals import InvitationUnusable
from submissions.teams.registration_views import way_back
from submissions.teams.registry import team_registry
from submissions.teams.winnable import prizes_part

blueprint = prize_views.blueprint
Answer = Response | tuple[str, int] | str


def register(app: Flask) -> None:
    """Add the pages, and what this room shows on those of others."""
    registration_views.register(app)
    app.register_blueprint(blueprint)
    edition_registry(app).act_for = figures.next_act
    accounts = account_registry(app)
    accounts.participations.append(figures.participations)
    accounts.exports["registrations"] = figures.export
    accounts.exports["prize_statements"] = figures.export_statements
    accounts.exports["hors_concours"] = figures.export_hors_concours
    accounts.erasers.append(forget)
    team_registry(app).parts.append(prizes_part)


@blueprint.get("/editions/<edition_slug>/team")
@audience("verified")
def my_team(edition_slug: str) -> Response:
    """The way to one's team: its page, registration first, the invitation that led here, or its creation."""
    session = current_session()
    edition = find_edition(session, edition_slug, current_user)
    team = team_of(session, edition, current_user)
    if team is not None:
        return redirect(url_for(".team", public_id=team.public_id))
    if registration_of(session, edition, current_user) is None:
        return redirect(url_for(".register_person", edition_slug=edition_slug))
    return redirect(way_back() or url_for(".new", edition_slug=edition_slug))


@blueprint.route("/editions/<edition_slug>/teams/new", methods=["GET", "POST"])
@audience("registered")
@makes_once
def new(edition_slug: str) -> Answer:
    """Create a team."""
    edition = find_edition(current_session(), edition_slug, current_user)
    form, made = TeamForm(), list[Team]()
    form.offer(published_challenges(current_session(), edition), _challenge_label)
    if form.accepts(lambda: made.append(_create(edition, form))):
        flash(_("The team is created. Invite its members."), "ok")
        return redirect(url_for(".team", public_id=made[0].public_id))
    return render_template("submissions/teams/new.html", form=form, edition=edition, now=request_now()), form.status


def _create(edition: Edition, form: TeamForm) -> Team:
    return service.create_team(
        current_session(),
        edition=edition,
        name=form.name.data or "",
        challenge=_chosen(edition, form),
        actor=current_user,
        now=request_now(),
    )


def _chosen(edition: Edition, form: ChallengeForm) -> Challenge:
    return next(c for c in published_challenges(current_session(), edition) if c.slug == form.challenge.data)


def _challenge_label(challenge: Challenge) -> str:
    return f"{challenge.number}. {localized(challenge.title)}"


@blueprint.get("/teams/<public_id>")
@audience("verified")
def team(public_id: str) -> Answer:
    """The team's own page, for its members and organisers."""
    found = find_team(current_session(), public_id, current_user)
    return _team_page(found, InvitationForm(), ChallengeForm(challenge=getattr(found.challenge, "slug", "")))


def _team_page(team: Team, invitation_form: InvitationForm, challenge_form: ChallengeForm) -> Answer:
    show_edition(team.edition)
    challenge_form.offer(published_challenges(current_session(), team.edition), _challenge_label)
    context = team_page(current_session(), team, current_user, request_now())
    school_form = SchoolForm(formdata=None, public_school=team.school)
    forms = {"invitation_form": invitation_form, "challenge_form": challenge_form, "school_form": school_form}
    return render_template("submissions/teams/team.html", **context, **forms), invitation_form.status


@blueprint.post("/teams/<public_id>/invitations")
@audience("verified")
@makes_once
def invite(public_id: str) -> Answer:
    """Invite somebody by e-mail."""
    found, form = find_own_team(current_session(), public_id, current_user), InvitationForm()
    if form.accepts(
        lambda: service.invite_member(
            current_session(), team=found, email=form.email.data, actor=current_user, now=request_now()
        )
    ):
        flash(_("The invitation is on its way to %(email)s.", email=form.email.data), "ok")
        return _to_team(public_id)
    found = find_own_team(current_session(), public_id, current_user)
    return _team_page(found, form, ChallengeForm(formdata=None, challenge=getattr(found.challenge, "slug", "")))


@blueprint.post("/teams/<public_id>/invitations/<int:invitation_id>/resend")
@audience("verified")
@makes_once
def resend(public_id: str, invitation_id: int) -> Response:
    """Send a new link to the same address."""
    invitation = find_invitation(find_own_team(current_session(), public_id, current_user), invitation_id)
    service.resend_invitation(current_session(), invitation=invitation, actor=current_user, now=request_now())
    flash(_("A new link is on its way to %(email)s. The former one no longer works.", email=invitation.email), "ok")
    return _to_team(public_id)


@blueprint.post("/teams/<public_id>/invitations/<int:invitation_id>/withdraw")
@audience("verified")
@makes_once
def withdraw(public_id: str, invitation_id: int) -> Response:
    """End an invitation."""
    invitation = find_invitation(find_own_team(current_session(), public_id, current_user), invitation_id)
    service.withdraw_invitation(current_session(), invitation=invitation, actor=current_user, now=request_now())
    flash(_("The invitation of %(email)s no longer works.", email=invitation.email), "ok")
    return _to_team(public_id)


@blueprint.post("/teams/<public_id>/challenge")
@audience("verified")
def choose_challenge(public_id: str) -> Response:
    """Take a challenge."""
    found, form = find_own_team(current_session(), public_id, current_user), ChallengeForm()
    form.offer(published_challenges(current_session(), found.edition), _challenge_label)
    if form.accepts(
        lambda: service.choose_challenge(
            current_session(), team=found, challenge=_chosen(found.edition, form), actor=current_user, now=request_now()
        )
    ):
        flash(_("The team now works on this challenge."), "ok")
    else:
        flash(_("Choose one of the published challenges of this edition."), "bad")
    return _to_team(public_id)


@blueprint.post("/teams/<public_id>/school")
@audience("verified")
def state_school(public_id: str) -> Response:
    """Say which school the public reads beside the work."""
    found, form = find_own_team(current_session(), public_id, current_user), SchoolForm()
    if form.accepts(
        lambda: service.state_school(
            current_session(), team=found, school=form.public_school.data, actor=current_user, now=request_now()
        )
    ):
        flash(_("Saved. The public reads it beside your work once the results are public."), "ok")
    else:
        flash(_("The name of the school is longer than 200 letters. Nothing was changed."), "bad")
    return _to_team(public_id)


@blueprint.post("/teams/<public_id>/members/<person_public_id>/captain")
@audience("verified")
@makes_once
def hand_over(public_id: str, person_public_id: str) -> Response:
    """Make another member the captain."""
    found = find_own_team(current_session(), public_id, current_user)
    person = find_member(found, person_public_id)
    roster.hand_over(current_session(), team=found, person=person, actor=current_user, now=request_now())
    flash(_("%(name)s is now the captain.", name=person.name), "ok")
    return _to_team(public_id)


@blueprint.post("/teams/<public_id>/members/<person_public_id>/remove")
@audience("verified")
@makes_once
def remove(public_id: str, person_public_id: str) -> Response:
    """Take a member's seat away."""
    found = find_own_team(current_session(), public_id, current_user)
    person = find_member(found, person_public_id)
    roster.remove_member(current_session(), team=found, person=person, actor=current_user, now=request_now())
    flash(_("%(name)s is no longer in the team.", name=person.name), "ok")
    return _to_team(public_id)


@blueprint.post("/teams/<public_id>/leave")
@audience("verified")
@makes_once
def leave(public_id: str) -> Response:
    """Leave the team."""
    found = find_own_team(current_session(), public_id, current_user)
    edition_slug = found.edition.slug
    roster.leave(current_session(), team=found, actor=current_user, now=request_now())
    flash(_("You have left the team. You are still registered."), "ok")
    return redirect(url_for(".my_team", edition_slug=edition_slug))


@blueprint.get("/team-invitations/<token>")
@audience("public")
def invitation(token: str) -> str:
    """What an invitation offers, and the next step towards accepting it."""
    found = invitation_by_token(current_session(), token)
    if found is None:
        raise InvitationUnusable
    show_edition(found.team.edition)
    context = invitation_page(current_session(), found, token, current_user, request_now())
    return render_template("submissions/teams/invitation.html", **context)


@blueprint.post("/team-invitations/<token>/accept")
@audience("verified")
@makes_once
def join(token: str) -> Response:
    """Accept an invitation."""
    found = invitation_by_token(current_session(), token)
    if found is None:
        raise InvitationUnusable
    service.join(current_session(), invitation=found, actor=current_user, now=request_now())
    flash(_("You are now in the team %(name)s.", name=found.team.name), "ok")
    return _to_team(found.team.public_id)


def _to_team(public_id: str) -> Response:
    return redirect(url_for(".team", public_id=public_id))
