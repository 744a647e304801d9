"""How entries are handed in: one page of the organisers' area."""

from flask import Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from challenges.editions.sheet.forms import HandInForm
from challenges.editions.sheet.service import set_hand_in
from challenges.editions.views import blueprint
from hackaviz.web.access import audience
from hackaviz.web.changing import hold
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session


def register(app: Flask) -> None:
    """Add the page to the organisers' menu."""
    edition_registry(app).organiser_links.append(
        OrganiserLink(Section.EDITION, _l("Hand-in"), "editions.hand_in", order=12)
    )


@blueprint.route("/editions/<edition_slug>/organise/hand-in", methods=["GET", "POST"])
@audience("organiser")
def hand_in(edition_slug: str) -> Response | tuple[str, int]:
    """What the sheet asks, which warnings block, and which hosts stay live."""
    found = find_edition(current_session(), edition_slug, current_user)
    hold(found)
    form = HandInForm(found)
    if form.accepts(lambda: _set_hand_in(found, form)):
        flash(_("How entries are handed in is saved."), "ok")
        return redirect(url_for("editions.hand_in", edition_slug=edition_slug))
    return render_template("challenges/editions/hand_in.html", form=form, edition=found), form.status


def _set_hand_in(edition: Edition, form: HandInForm) -> None:
    set_hand_in(current_session(), edition=edition, terms=form.terms(), actor=current_user, now=request_now())
