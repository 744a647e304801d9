"""The organiser's pages around one juror: their seat, a no-show, what jurors told; and what a design would recover."""

from typing import Any

from flask import Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import CombinedMultiDict, MultiDict

from challenges.briefs.queries import challenges_of
from challenges.catalogue.rules import theme_name
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from hackaviz.web.templating import localized
from judging.panels import queries, service
from judging.panels.coverage import panel_of
from judging.panels.forms import SeatForm, SimulationForm
from judging.panels.policy import find_juror
from judging.panels.views import Page, acted, blueprint, edition_at
from judging.panels.wording import number, share
from judging.ranking.simulation import Contest, simulate

# Contests held while somebody waits for the page: standard errors near 0.06 of the shares.
SEEDS = 40
# Where the address names none: those of the command.
SPREADS = {"bias": Contest.bias, "noise": Contest.noise}


def register(app: Flask) -> None:
    """Add the words of the pages, which stand on the blueprint of the jury."""
    app.jinja_env.filters |= {"share": share, "two_decimals": number, "theme_name": _theme_name}


def _theme_name(code: str) -> str:
    return str(localized(theme_name(code)))


@blueprint.route("/organise/jury/<person_id>/seat", methods=["GET", "POST"])
@audience("organiser")
def seat(edition_slug: str, person_id: str) -> Page:
    """How much a juror takes, what they judge, what they said they know."""
    edition, session = edition_at(edition_slug), current_session()
    juror = find_juror(session, edition, person_id)
    kept = queries.seats_of(session, edition).get(juror.id)
    said = {"most": kept.most, "challenges": kept.challenge_ids, "is_lead": kept.is_lead} if kept else {}
    form = SeatForm(data=said)
    form.offer(challenges_of(session, edition))
    facts: dict[str, Any] = {"most": form.most.data, "challenge_ids": form.challenges.data or []}
    facts |= {"is_lead": form.is_lead.data, "juror": juror, **acted()}
    if form.accepts(lambda: service.seat_juror(session, edition=edition, **facts)):
        flash(_("The seat of %(name)s is saved.", name=juror.name), "ok")
        return redirect(url_for(".jury", edition_slug=edition_slug))
    page = {"juror": juror, "seat": kept, "panel": panel_of(session, edition)}
    return render_template("judging/panels/seat.html", edition=edition, form=form, **page), form.status


@blueprint.post("/organise/jury/<person_id>/release")
@audience("organiser")
@makes_once
def release(edition_slug: str, person_id: str) -> Page:
    """Free what a juror who does not come has not begun."""
    edition, session = edition_at(edition_slug), current_session()
    juror = find_juror(session, edition, person_id)
    freed = service.release_juror(session, edition=edition, juror=juror, **acted())
    flash(ngettext("%(num)s entry is free again.", "%(num)s entries are free again.", freed), "ok")
    return redirect(url_for(".assignments", edition_slug=edition_slug))


@blueprint.get("/organise/jury/words")
@audience("organiser")
def flags(edition_slug: str) -> Page:
    """What jurors flagged, and the entries they skipped."""
    edition, session = edition_at(edition_slug), current_session()
    told = {"flags": queries.flags_of(session, edition), "skipped": queries.skipped_of(session, edition)}
    return render_template("judging/panels/flags.html", edition=edition, **told)


@blueprint.post("/organise/jury/words/<int:flag_id>/settle")
@audience("organiser")
def settle(edition_slug: str, flag_id: int) -> Page:
    """Say that a flag is looked after."""
    edition, session = edition_at(edition_slug), current_session()
    flag = next((each for each in queries.flags_of(session, edition) if each.id == flag_id), None)
    if flag is None:
        raise NotFound(_("There is no such word of a juror."))
    service.settle_flag(session, flag=flag, **acted())
    flash(_("Noted: this is looked after."), "ok")
    return redirect(url_for(".flags", edition_slug=edition_slug))


@blueprint.get("/organise/jury/simulation")
@audience("organiser")
def simulation(edition_slug: str) -> Page:
    """What a design would recover of the true ranking, on simulated contests."""
    edition, session = edition_at(edition_slug), current_session()
    panel = panel_of(session, edition)
    here = {"entries": max(len(panel.entries), 2), "jurors": max(len(panel.jurors), 2)}
    # The address may name nothing but a language: the design of this edition is tried out first.
    is_asked = "entries" in request.args
    asked = CombinedMultiDict[str, Any]([request.args, MultiDict[str, Any](SPREADS)]) if is_asked else None
    form = SimulationForm(asked, meta={"csrf": False}, data={**here, **SPREADS, "per_entry": edition.reviews_needed})
    found = simulate(form.contest(), SEEDS) if is_asked and form.validate() else None
    return render_template("judging/panels/simulation.html", edition=edition, form=form, found=found, seeds=SEEDS)
