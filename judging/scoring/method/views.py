"""The method of an edition: the organisers' page, what the public reads of it, and the page that explains figures."""

from datetime import datetime
from typing import Any

from flask import Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from challenges.briefs.queries import challenges_of
from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, PagePart, Section, edition_registry
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from judging.panels.registry import panel_registry
from judging.ranking.contest import Terms
from judging.scoring.method.forms import MethodForm
from judging.scoring.method.queries import choice_for, choices_of, terms_for
from judging.scoring.method.rules import Method, is_amendment
from judging.scoring.method.service import choose_method, name_default
from judging.scoring.method.wording import METHOD_NAMES, METHOD_NOTES, PARTED_BY, TIE_NAMES, TIE_NOTES
from judging.scoring.views import blueprint


def register(app: Flask) -> None:
    """Add the page to the organisers' menu, the public part, and the words that templates use."""
    app.jinja_env.filters |= {
        "method_name": lambda terms: METHOD_NAMES[Method(_method(terms))],
        "method_note": lambda terms: METHOD_NOTES[Method(_method(terms))],
        "tie_name": lambda terms: TIE_NAMES[terms.ties],
        "tie_note": lambda terms: TIE_NOTES[terms.ties],
        "parted_by": lambda step: PARTED_BY[step],
    }
    panel_registry(app).assigned = name_default
    registry = edition_registry(app)
    registry.organiser_links.append(OrganiserLink(Section.JURY, _l("Method"), "scoring.method", order=61))
    registry.page_parts.append(PagePart(70, "judging/scoring/method/_public.html", _public_part))


def _method(terms: Any) -> str:
    return terms if isinstance(terms, str) else str(getattr(terms.method, "value", terms.method))


def _public_part(session: Session, edition: Edition, _now: datetime) -> dict[str, Any] | None:
    choices = choices_of(session, edition)
    return _in_force(session, edition) | {"choices": choices} if choices else None


def _in_force(session: Session, edition: Edition) -> dict[str, Any]:
    """What ranks the edition, and the challenges that have terms of their own."""
    choices = choices_of(session, edition)
    whole = terms_for(edition, choices, None)
    own = [(challenge, terms_for(edition, choices, challenge.id)) for challenge in challenges_of(session, edition)]
    return {"terms": whole, "own": [(challenge, terms) for challenge, terms in own if terms != whole]}


@blueprint.route("/editions/<edition_slug>/organise/method", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def method(edition_slug: str) -> Response | tuple[str, int]:
    """Which method ranks, since when, and another one."""
    session = current_session()
    edition = find_edition(session, edition_slug, current_user)
    choices = choices_of(session, edition)
    form = MethodForm(challenges_of(session, edition), choice_for(choices, None))
    if form.accepts(lambda: _choose(edition, form)):
        flash(_("The method is named, with its date."), "ok")
        return redirect(url_for(".method", edition_slug=edition_slug))
    page = _in_force(session, edition) | {"choices": choices, "is_amendment": _is_amendment(edition)}
    return render_template("judging/scoring/method/method.html", edition=edition, form=form, **page), form.status


def _is_amendment(edition: Edition) -> bool:
    return is_amendment(edition.judging_opens_at, request_now())


def _choose(edition: Edition, form: MethodForm) -> None:
    session = current_session()
    challenges = {challenge.id: challenge for challenge in challenges_of(session, edition)}
    challenge = challenges.get(form.challenge.data)
    choose_method(session, edition=edition, challenge=challenge, **form.named(), actor=current_user, now=request_now())


@blueprint.get("/judging/figures")
@audience("public")
def figures() -> str:
    """Every figure of the jury's pages, for people without statistics."""
    return render_template("judging/scoring/method/figures.html", default=Terms())
