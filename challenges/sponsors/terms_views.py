"""The organisers' pages of a pledge's purpose, schedule and reductions."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.sponsors import queries, terms
from challenges.sponsors.forms import InstalmentForm, PurposeForm
from challenges.sponsors.policy import find_pledge
from challenges.sponsors.pool_forms import ReduceForm
from challenges.sponsors.reducing import reduce_pledge
from challenges.sponsors.registry import sponsor_registry
from challenges.sponsors.rules import least_promise
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.changing import hold
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once

blueprint = Blueprint("pledges", __name__, url_prefix="/editions/<edition_slug>/organise/pledges/<int:pledge_id>")
Page = tuple[str, int] | str | Response


def register(app: Flask) -> None:
    """Add the pages."""
    app.register_blueprint(blueprint)


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


def _act() -> dict[str, Any]:
    return {"actor": current_user, "now": request_now()}


@blueprint.route("/purpose", methods=["GET", "POST"])
@audience("organiser")
def purpose(edition_slug: str, pledge_id: int) -> Page:
    """What the money is given for, and under which conditions."""
    session, edition = current_session(), _edition(edition_slug)
    pledge = find_pledge(session, edition, pledge_id)
    hold(pledge)
    form = PurposeForm.of(pledge, queries.purpose_of(session, pledge))
    form.offer(sponsor_registry().challenges(session, edition), queries.prizes_of(session, edition))
    if form.accepts(lambda: terms.set_purpose(session, pledge=pledge, purpose=form.purpose(), **_act())):
        flash(_("What the money is given for is saved."), "ok")
        return redirect(url_for("sponsors.pledge", edition_slug=edition_slug, pledge_id=pledge_id))
    context = {"edition": edition, "form": form, "pledge": pledge}
    return render_template("challenges/sponsors/purpose.html", **context), form.status


@blueprint.route("/reduce", methods=["GET", "POST"])
@audience("organiser")
def reduce(edition_slug: str, pledge_id: int) -> Page:
    """Let the promise be less than it was, or withdraw it."""
    session, edition, form = current_session(), _edition(edition_slug), ReduceForm()
    pledge = find_pledge(session, edition, pledge_id)
    if form.accepts(lambda: reduce_pledge(session, pledge=pledge, reduction=form.reduction(), **_act())):
        flash(_("The promise is reduced, with the decision."), "ok")
        return redirect(url_for("sponsors.pledge", edition_slug=edition_slug, pledge_id=pledge_id))
    context = {"edition": edition, "form": form, "pledge": pledge, "least": least_promise(pledge)}
    return render_template("challenges/sponsors/reduce.html", **context), form.status


@blueprint.route("/schedule", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def schedule(edition_slug: str, pledge_id: int) -> Page:
    """When the money is expected, part by part."""
    session, edition, form = current_session(), _edition(edition_slug), InstalmentForm()
    pledge = find_pledge(session, edition, pledge_id)
    part: dict[str, Any] = {"due_on": form.due_on.data, "cents": form.cents.data}
    if form.accepts(lambda: terms.expect_instalment(session, pledge=pledge, **part, **_act())):
        flash(_("It is in the schedule."), "ok")
        return redirect(url_for(".schedule", edition_slug=edition_slug, pledge_id=pledge_id))
    context = {"edition": edition, "form": form, "pledge": pledge}
    return render_template("challenges/sponsors/schedule.html", **context), form.status


@blueprint.post("/schedule/<int:instalment_id>/drop")
@audience("organiser")
@makes_once
def drop_instalment(edition_slug: str, pledge_id: int, instalment_id: int) -> Page:
    """Take a part off the schedule."""
    pledge = find_pledge(current_session(), _edition(edition_slug), pledge_id)
    part = next((each for each in pledge.instalments if each.id == instalment_id), None)
    if part is None:
        raise NotFound(_l("This schedule has no such part."))
    terms.drop_instalment(current_session(), instalment=part, **_act())
    flash(_("It is off the schedule. The log keeps it."), "ok")
    return redirect(url_for(".schedule", edition_slug=edition_slug, pledge_id=pledge_id))
