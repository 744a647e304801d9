"""The ambitions and objectives of an edition: one page of the organisers' area."""

from flask import Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.aims.forms import AimsForm
from challenges.editions.aims.service import declare_aims
from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from challenges.editions.views import blueprint
from hackaviz.web.access import audience
from hackaviz.web.changing import hold
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once


def register(app: Flask) -> None:
    """Add the page to the organisers' menu."""
    link = OrganiserLink(Section.EDITION, _l("Ambitions and objectives"), "editions.aims", order=13)
    edition_registry(app).organiser_links.append(link)


@blueprint.route("/editions/<edition_slug>/organise/aims", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def aims(edition_slug: str) -> Response | tuple[str, int]:
    """Declare what works may contribute to."""
    found = find_edition(current_session(), edition_slug, current_user)
    hold(found)
    form = AimsForm.of(found)
    if form.accepts(lambda: _declare(found, form)):
        flash(_("The ambitions and objectives are saved."), "ok")
        return redirect(url_for("editions.aims", edition_slug=edition_slug))
    return render_template("challenges/editions/aims.html", form=form, edition=found), form.status


def _declare(edition: Edition, form: AimsForm) -> None:
    declare_aims(current_session(), edition=edition, **form.details(), actor=current_user, now=request_now())
