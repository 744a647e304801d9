"""The organisers' pages of co-financing."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from challenges.sponsors.subsidies import service
from challenges.sponsors.subsidies.forms import STATES, OutcomeForm, RequestForm
from challenges.sponsors.subsidies.queries import subsidies_of, subsidy_by_id
from challenges.sponsors.subsidies.rules import NEXT
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once

blueprint = Blueprint("subsidies", __name__, url_prefix="/editions/<edition_slug>/organise/subsidies")
Page = tuple[str, int] | str | Response
FOLDER = "challenges/sponsors/subsidies"


def register(app: Flask) -> None:
    """Add the pages and their link."""
    app.register_blueprint(blueprint)
    edition_registry(app).organiser_links.append(
        OrganiserLink(Section.MONEY, _l("Subsidies"), "subsidies.subsidies", order=45)
    )


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


def _act() -> dict[str, Any]:
    return {"actor": current_user, "now": request_now()}


@blueprint.get("")
@audience("organiser")
def subsidies(edition_slug: str) -> Page:
    """Every subsidy, with how far it has come."""
    edition = _edition(edition_slug)
    asked = subsidies_of(current_session(), edition)
    return render_template(f"{FOLDER}/subsidies.html", edition=edition, subsidies=asked, states_words=STATES, next=NEXT)


@blueprint.route("/new", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def new(edition_slug: str) -> Page:
    """Note a request."""
    edition, form = _edition(edition_slug), RequestForm()
    if form.accepts(
        lambda: service.request_subsidy(current_session(), edition=edition, request=form.request(), **_act())
    ):
        flash(_("The request is noted. It counts as money once it is received."), "ok")
        return redirect(url_for(".subsidies", edition_slug=edition_slug))
    return render_template(f"{FOLDER}/request.html", edition=edition, form=form), form.status


@blueprint.route("/<int:subsidy_id>", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def subsidy(edition_slug: str, subsidy_id: int) -> Page:
    """What came of a request."""
    edition, form = _edition(edition_slug), OutcomeForm()
    asked = subsidy_by_id(current_session(), edition, subsidy_id)
    if asked is None or not NEXT[asked.state]:
        raise NotFound(_l("No subsidy waits for an outcome at this address."))
    form.offer(asked)
    if form.accepts(lambda: service.note_outcome(current_session(), subsidy=asked, outcome=form.outcome(), **_act())):
        flash(_("The subsidy is up to date."), "ok")
        return redirect(url_for(".subsidies", edition_slug=edition_slug))
    return render_template(f"{FOLDER}/outcome.html", edition=edition, form=form, subsidy=asked), form.status
