"""A juror's pages beside the review: an entry they skip, a word to the organisers, what they know and would like."""

from typing import Any

from flask import Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from challenges.editions.models import Edition
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from judging.panels import juror_service, queries
from judging.panels.affiliations import themes_of_entries, wishes_of
from judging.panels.forms import ExpertiseForm, FlagForm, WordsForm
from judging.panels.hints import open_hints
from judging.panels.policy import find_assigned_entry
from judging.panels.views import Page, blueprint, edition_at
from submissions.entries.models import Entry
from submissions.entries.queries import handed_in_entries

WISHES = {"1": 1, "-1": -1}


def register(_app: Flask) -> None:
    """The pages stand on the blueprint of the jury."""


@blueprint.route("/jury/<code>/skip", methods=["GET", "POST"])
@audience("juror")
@makes_once
def skip(edition_slug: str, code: str) -> Page:
    """Say that one will not review an entry, and why."""
    edition, form, session = edition_at(edition_slug), WordsForm(), current_session()
    entry = find_assigned_entry(session, edition, code, current_user)
    facts: dict[str, Any] = {"juror": current_user, "reason": form.reason.data or "", "now": request_now()}
    if form.accepts(lambda: juror_service.skip_entry(session, entry=entry, **facts)):
        flash(_("%(code)s is skipped: the organisers find somebody else.", code=entry.code), "ok")
        return redirect(url_for("scoring.reviews", edition_slug=edition_slug))
    return render_template("judging/panels/skip.html", edition=edition, entry=entry, form=form), form.status


@blueprint.post("/jury/<code>/take-back")
@audience("juror")
def take_back(edition_slug: str, code: str) -> Page:
    """Review a skipped entry after all."""
    edition, session = edition_at(edition_slug), current_session()
    entry = find_assigned_entry(session, edition, code, current_user)
    juror_service.take_back_entry(session, entry=entry, juror=current_user, now=request_now())
    flash(_("%(code)s is yours again.", code=entry.code), "ok")
    return redirect(url_for("scoring.review", edition_slug=edition_slug, code=entry.code))


@blueprint.route("/jury/<code>/flag", methods=["GET", "POST"])
@audience("juror")
@makes_once
def flag(edition_slug: str, code: str) -> Page:
    """Tell the organisers that something is wrong with an entry."""
    edition, form, session = edition_at(edition_slug), FlagForm(), current_session()
    entry = find_assigned_entry(session, edition, code, current_user)
    facts: dict[str, Any] = {"juror": current_user, "text": form.text.data or "", "now": request_now()}
    if form.accepts(lambda: juror_service.flag_entry(session, entry=entry, **facts)):
        flash(_("Thank you. The organisers look at it; you can go on."), "ok")
        return redirect(url_for("scoring.review", edition_slug=edition_slug, code=entry.code))
    return render_template("judging/panels/flag.html", edition=edition, entry=entry, form=form), form.status


@blueprint.route("/jury/expertise", methods=["GET", "POST"])
@audience("juror")
def expertise(edition_slug: str) -> Page:
    """Themes that a juror knows, and wishes on the blind list once entries are handed in."""
    edition, session, now = edition_at(edition_slug), current_session(), request_now()
    seat = queries.seats_of(session, edition).get(current_user.id)
    form = ExpertiseForm(data={"themes": seat.themes if seat else []})
    form.offer()
    offered = _offered(edition) if now > edition.submission_closes_at else []
    wishes = {entry.id: WISHES[wish] for entry in offered if (wish := request.form.get(f"wish-{entry.code}")) in WISHES}
    said: dict[str, Any] = {"themes": form.themes.data or [], "wishes": wishes, "juror": current_user, "now": now}
    if form.accepts(lambda: juror_service.state_expertise(session, edition=edition, **said)):
        flash(_("Thank you. Assignments heed it as far as possible."), "ok")
        return redirect(url_for("scoring.reviews", edition_slug=edition_slug))
    held = {entry: wish for (juror, entry), wish in wishes_of(session, edition).items() if juror == current_user.id}
    page = {"offered": offered, "held": held, "themes": themes_of_entries(session, edition), "form": form}
    return render_template("judging/panels/expertise.html", edition=edition, **page), form.status


def _offered(edition: Edition) -> list[Entry]:
    """Entries a juror may wish for, by code: those with a conflict, declared or possible, are not shown.

    A sponsor's juror wishes for none: they are given all that can win the prize, and see no other.
    """
    session, mine = current_session(), current_user.id
    if queries.prize_of(session, edition, current_user) is not None:
        return []
    barred = {entry for juror, entry in queries.conflicted_pairs(session, edition) if juror == mine}
    barred |= {hint.entry for hint in open_hints(session, edition) if hint.juror == mine}
    return [entry for entry in handed_in_entries(session, edition) if entry.id not in barred]
