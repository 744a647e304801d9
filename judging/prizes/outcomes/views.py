"""The organisers' page of a prize that nobody gets."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.sponsors.models import Prize
from challenges.sponsors.policy import find_prize, other_editions
from challenges.sponsors.queries import prizes_of
from challenges.sponsors.registry import sponsor_registry
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from judging.prizes.outcomes.flows import flow_of
from judging.prizes.outcomes.forms import SettlementForm
from judging.prizes.outcomes.queries import open_cents, settled_cents
from judging.prizes.outcomes.service import settle_prize
from judging.prizes.service import CannotFund

blueprint = Blueprint("outcomes", __name__, url_prefix="/editions/<edition_slug>/organise/prizes")
Page = tuple[str, int] | str | Response


def register(app: Flask) -> None:
    """Add the page, and tell the prizes what of them is gone."""
    app.register_blueprint(blueprint)
    sponsor_registry(app).settled_cents = settled_cents


@blueprint.route("/<int:prize_id>/not-awarded", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def settle(edition_slug: str, prize_id: int) -> Page:
    """Whose money a prize is that nobody gets, and what becomes of it."""
    session, form = current_session(), SettlementForm()
    edition = find_edition(session, edition_slug, current_user)
    prize = find_prize(session, edition, prize_id)
    editions = {each.slug: each for each in other_editions(session, edition, current_user)}
    prizes = {each.id: each for each in prizes_of(session, edition) if each.id != prize.id and each.awarded_cents}
    form.offer(list(editions.values()), list(prizes.values()))
    acts = {"edition": edition, "prize": prize, "actor": current_user, "now": request_now()}
    if form.accepts(lambda: settle_prize(session, settlement=form.settlement(editions, prizes), **acts)):
        flash(_("It is recorded, with the decision."), "ok")
        return redirect(url_for("prizes.awards", edition_slug=edition_slug))
    context = {"edition": edition, "prize": prize, "cents": open_cents(session, prize), **_flow(edition, prize)}
    return render_template("judging/prizes/outcomes/settle.html", form=form, **context), form.status


def _flow(edition: Edition, prize: Prize) -> dict[str, Any]:
    """Who would have paid, or why nobody could."""
    try:
        return {"flow": flow_of(current_session(), edition, prize)}
    except CannotFund as shortfall:
        return {"flow": [], "missing_cents": shortfall.missing_cents}
