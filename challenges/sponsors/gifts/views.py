"""The organisers' register of gifts in kind."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from challenges.sponsors.gifts import service
from challenges.sponsors.gifts.forms import GiftForm
from challenges.sponsors.gifts.models import Gift
from challenges.sponsors.gifts.queries import gift_by_id, gifts_of
from challenges.sponsors.queries import sponsors_of
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.changing import hold
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once

blueprint = Blueprint("gifts", __name__, url_prefix="/editions/<edition_slug>/organise/gifts")
Page = tuple[str, int] | str | Response


def register(app: Flask) -> None:
    """Add the pages and their link."""
    app.register_blueprint(blueprint)
    edition_registry(app).organiser_links.append(
        OrganiserLink(Section.MONEY, _l("Gifts in kind"), "gifts.gifts", order=44)
    )


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


def _act() -> dict[str, Any]:
    return {"actor": current_user, "now": request_now()}


def _find(edition: Edition, gift_id: int) -> Gift:
    gift = gift_by_id(current_session(), edition, gift_id)
    if gift is None:
        raise NotFound(_l("This edition has no such gift."))
    return gift


@blueprint.get("")
@audience("organiser")
def gifts(edition_slug: str) -> Page:
    """Every gift in kind, with what its giver says it is worth."""
    edition, session = _edition(edition_slug), current_session()
    context = {"gifts": gifts_of(session, edition), "sponsors": sponsors_of(session, edition)}
    return render_template("challenges/sponsors/gifts/gifts.html", edition=edition, **context)


@blueprint.route("/new", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def new(edition_slug: str) -> Page:
    """Enter a gift."""
    edition, session = _edition(edition_slug), current_session()
    givers = {sponsor.id: sponsor for sponsor in sponsors_of(session, edition)}
    form = GiftForm.of(None, list(givers.values()))
    if form.accepts(
        lambda: service.promise_gift(session, sponsor=givers[form.sponsor.data], details=form.details(), **_act())
    ):
        flash(_("The gift is in the register."), "ok")
        return redirect(url_for(".gifts", edition_slug=edition_slug))
    return render_template("challenges/sponsors/gifts/gift.html", edition=edition, form=form, gift=None), form.status


@blueprint.route("/<int:gift_id>", methods=["GET", "POST"])
@audience("organiser")
def gift(edition_slug: str, gift_id: int) -> Page:
    """Change a gift, or note that it arrived."""
    edition = _edition(edition_slug)
    given = _find(edition, gift_id)
    hold(given)
    form = GiftForm.of(given, ())
    if form.accepts(lambda: service.describe_gift(current_session(), gift=given, details=form.details(), **_act())):
        flash(_("The gift is saved."), "ok")
        return redirect(url_for(".gifts", edition_slug=edition_slug))
    return render_template("challenges/sponsors/gifts/gift.html", edition=edition, form=form, gift=given), form.status


@blueprint.post("/<int:gift_id>/withdraw")
@audience("organiser")
@makes_once
def withdraw(edition_slug: str, gift_id: int) -> Page:
    """Take a gift off the register."""
    service.withdraw_gift(current_session(), gift=_find(_edition(edition_slug), gift_id), **_act())
    flash(_("The gift is withdrawn. The log keeps it."), "ok")
    return redirect(url_for(".gifts", edition_slug=edition_slug))
