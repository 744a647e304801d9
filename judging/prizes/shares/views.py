"""The page on which the members of a team see what they won and agree how to share it; nothing before the results."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.editions.rules import results_are_public
from hackaviz.accounts.registry import account_registry
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from judging.prizes.queries import awards_of
from judging.prizes.shares import service
from judging.prizes.shares.forms import GuardianForm, shares_form
from judging.prizes.shares.privacy import export_guardians, forget_guardians
from judging.prizes.shares.queries import (
    guardians_of,
    minors_among,
    shares_in,
    shares_of,
    waiting_for,
    winnings_shared_by,
)
from judging.prizes.winnings import Winning, winnings_of
from submissions.teams.models import Team
from submissions.teams.registry import team_registry

blueprint = Blueprint("shares", __name__, url_prefix="/editions/<edition_slug>/our-prizes")
Page = tuple[str, int] | str | Response


def register(app: Flask) -> None:
    """Add the pages, the way there from the team's own, and what is handed over and forgotten of guardians."""
    app.register_blueprint(blueprint)
    accounts = account_registry(app)
    accounts.exports["guardians"] = export_guardians
    accounts.erasers.append(forget_guardians)
    team_registry(app).parts.append(_team_part)


def _team_part(session: Session, team: Team, now: datetime) -> tuple[str, dict[str, Any]] | None:
    if not results_are_public(team.edition, now):
        return None
    won = [each for each in winnings_of(awards_of(session, team.edition)) if each.entry.team_id == team.id]
    return ("judging/prizes/shares/_team_part.html", {"winnings": won}) if won else None


def _edition(edition_slug: str) -> Edition:
    """An edition whose results are public. Raises NotFound: who asks too early learns nothing."""
    edition = find_edition(current_session(), edition_slug, current_user)
    if not results_are_public(edition, request_now()):
        raise _nothing()
    return edition


def _find_winning(edition: Edition, award_id: int) -> Winning:
    winnings = winnings_shared_by(current_session(), edition, current_user)
    winning = next((each for each in winnings if each.id == award_id), None)
    if winning is None:
        raise _nothing()
    return winning


def _nothing() -> NotFound:
    return NotFound(_l("You have no prize at this address."))


def _act(edition: Edition) -> dict[str, Any]:
    return {"session": current_session(), "edition": edition, "actor": current_user, "now": request_now()}


def _back(edition_slug: str) -> Response:
    return redirect(url_for(".won", edition_slug=edition_slug))


def _page(edition: Edition, **context: Any) -> str:
    session = current_session()
    winnings = winnings_shared_by(session, edition, current_user)
    if not winnings:
        raise _nothing()
    shares = shares_in(session, winnings)
    forms = {winning.id: shares_form(winning, shares[winning.id]) for winning in winnings}
    waiting = {winning.id: waiting_for(winning) for winning in winnings}
    is_minor = bool(minors_among(session, edition.id, [current_user.id]))
    known = guardians_of(session, edition.id, [current_user.id]).get(current_user.id)
    shown = {"edition": edition, "winnings": winnings, "shares": shares, "waiting": waiting, "forms_of": forms}
    more = {"is_minor": is_minor, "guardian": known, "guardian_form": GuardianForm()}
    return render_template("judging/prizes/shares/won.html", **{**shown, **more, **context})


@blueprint.get("")
@audience("verified")
def won(edition_slug: str) -> Page:
    """What the reader's team won, and who gets how much."""
    return _page(_edition(edition_slug))


@blueprint.post("/<int:award_id>/shares")
@audience("verified")
@makes_once
def propose(edition_slug: str, award_id: int) -> Page:
    """Propose other shares."""
    edition = _edition(edition_slug)
    winning = _find_winning(edition, award_id)
    form = shares_form(winning, shares_of(current_session(), winning))
    if form.accepts(lambda: service.propose_shares(award=winning.lead, cents=form.cents(), **_act(edition))):
        flash(_("Your proposal is kept. It holds once every member has consented."), "ok")
        return _back(edition_slug)
    return _page(edition, failed={winning.id: form}), form.status


@blueprint.post("/<int:award_id>/shares/<int:proposal_id>/consent")
@audience("verified")
def consent(edition_slug: str, award_id: int, proposal_id: int) -> Page:
    """Agree to what another member proposed."""
    edition = _edition(edition_slug)
    winning = _find_winning(edition, award_id)
    proposal = next((each for each in winning.lead.share_proposals if each.id == proposal_id), None)
    if proposal is None:
        raise _nothing()
    service.consent(proposal=proposal, **_act(edition))
    flash(_("Your consent is kept."), "ok")
    return _back(edition_slug)


@blueprint.post("/guardian")
@audience("verified")
@makes_once
def guardian(edition_slug: str) -> Page:
    """Note that a guardian consents for the reader."""
    edition, form = _edition(edition_slug), GuardianForm()
    if form.accepts(lambda: service.name_guardian(name=form.guardian.data or "", **_act(edition))):
        flash(_("The consent of your guardian is kept."), "ok")
        return _back(edition_slug)
    return _page(edition, guardian_form=form), form.status
