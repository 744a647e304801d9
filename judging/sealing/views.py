"""The organisers' page of seals: seal, take the files, print the minutes."""

from typing import Any

from flask import Blueprint, Flask, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.doctor import declare_checks
from hackaviz.web.once import makes_once
from judging.sealing import commands, queries, service
from judging.sealing.checks import CHECKS
from judging.sealing.minutes import minutes
from judging.sealing.models import Seal
from judging.sealing.verifying import verify

blueprint = Blueprint("sealing", __name__, url_prefix="/editions/<edition_slug>/organise/seals")
Page = str | Response


def register(app: Flask) -> None:
    """Add the pages, the commands, the organisers' link, and what must hold of marks."""
    app.register_blueprint(blueprint)
    commands.register(app)
    edition_registry(app).organiser_links.append(
        OrganiserLink(Section.JURY, _l("Seal and minutes"), "sealing.seals", order=75)
    )
    declare_checks(app, CHECKS)


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


def _find(edition: Edition, number: int) -> Seal:
    found = queries.seal_by_number(current_session(), edition, number)
    if found is None:
        raise NotFound(_l("This edition has no such seal."))
    return found


def as_file(content: str | bytes, name: str, media_type: str) -> Response:
    """An answer that browsers save under a name."""
    answer = make_response(content)
    answer.headers["Content-Type"] = media_type
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.get("")
@audience("organiser")
def seals(edition_slug: str) -> Page:
    """Every seal with its files, and whether the last one still says what the platform says."""
    session, edition = current_session(), _edition(edition_slug)
    made = queries.seals_of(session, edition)
    page: dict[str, Any] = {"seals": made, "verdict": verify(made[0].full) if made else None}
    page["is_current"] = bool(made) and service.is_current(session, edition, made[0], request_now())
    return render_template("judging/sealing/seals.html", edition=edition, **page)


@blueprint.post("")
@audience("organiser")
@makes_once
def seal(edition_slug: str) -> Page:
    """Seal the result as it stands."""
    made = service.seal(current_session(), edition=_edition(edition_slug), actor=current_user, now=request_now())
    flash(_("The result is sealed. It is seal %(number)s.", number=made.number), "ok")
    return redirect(url_for(".seals", edition_slug=edition_slug))


@blueprint.get("/<int:number>/full.json")
@audience("organiser")
def full(edition_slug: str, number: int) -> Page:
    """The full form, for the organisers' archive."""
    found = _find(_edition(edition_slug), number)
    return as_file(found.full, f"{edition_slug}-{number}-full.json", "application/json")


@blueprint.get("/<int:number>/public.json")
@audience("organiser")
def public(edition_slug: str, number: int) -> Page:
    """The public form, before it is published."""
    found = _find(_edition(edition_slug), number)
    return as_file(found.public, f"{edition_slug}-{number}.json", "application/json")


@blueprint.get("/<int:number>/minutes-<any(fr, en):language>.pdf")
@audience("organiser")
def minutes_file(edition_slug: str, number: int, language: str) -> Page:
    """The minutes, to print and sign."""
    edition = _edition(edition_slug)
    pdf = minutes(current_session(), edition, _find(edition, number), language)
    return as_file(pdf, f"{edition_slug}-{number}-{language}.pdf", "application/pdf")
