"""The organiser's page of sponsors' jurors: who judges for which prize, and the ranking of each."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from challenges.briefs.queries import challenges_of
from challenges.editions.models import Edition
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from judging.panels import queries
from judging.panels.coverage import done_of
from judging.panels.models import JurySeat
from judging.panels.policy import find_juror
from judging.panels.registry import panel_registry
from judging.panels.sponsors import service
from judging.panels.sponsors.forms import PrizeSeatForm
from judging.panels.sponsors.queries import entries_for_prize, prizes_offered
from judging.panels.views import Page, acted, edition_at

blueprint = Blueprint("prize_panels", __name__, url_prefix="/editions/<edition_slug>/organise/jury/prizes")


def register(app: Flask) -> None:
    """Add the pages; the jury's own page leads to them."""
    app.register_blueprint(blueprint)


@blueprint.route("", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def panels(edition_slug: str) -> Page:
    """Each prize that has jurors of its own, with them and its ranking; and a form to seat another."""
    edition, form, session = edition_at(edition_slug), PrizeSeatForm(), current_session()
    prizes, jurors = prizes_offered(session, edition), queries.jurors_of(session, edition)
    form.offer(jurors, prizes, challenges_of(session, edition))
    if form.accepts(lambda: _seat(edition, form)):
        flash(_("Seated: the entries that can win the prize are in their list."), "ok")
        return redirect(url_for(".panels", edition_slug=edition_slug))
    page: dict[str, Any] = {"parts": _parts(edition), "prizes": prizes, "jurors": jurors}
    return render_template("judging/panels/sponsors/panels.html", edition=edition, form=form, **page), form.status


def _seat(edition: Edition, form: PrizeSeatForm) -> None:
    session = current_session()
    juror = find_juror(session, edition, form.juror.data)
    prize = next(prize for prize in prizes_offered(session, edition) if prize.id == form.prize.data)
    service.seat_for_prize(session, edition=edition, juror=juror, prize=prize, **acted())


def _parts(edition: Edition) -> list[dict[str, Any]]:
    """Each prize with jurors of its own: seats with (done, asked), entries by row, the ranking so far."""
    session, done = current_session(), done_of(current_session(), edition)
    seats = queries.prize_seats(session, edition)
    return [
        {
            "prize": prize,
            "seats": [(seat, *done.get(seat.juror_id, (0, 0))) for seat in seats if seat.prize_id == prize.id],
            "entries": {entry.id: entry for entry in entries_for_prize(session, prize)},
            "ranking": panel_registry().ranked_for(session, prize),
        }
        for prize in {seat.prize_id: seat.prize for seat in seats if seat.prize}.values()
    ]


@blueprint.post("/<person_id>/hand-out")
@audience("organiser")
@makes_once
def hand_out(edition_slug: str, person_id: str) -> Page:
    """Bring a list up to date with the entries that can win."""
    edition = edition_at(edition_slug)
    added = service.hand_out(current_session(), edition=edition, seat=_find(edition, person_id), **acted())
    flash(ngettext("%(num)s entry was added to the list.", "%(num)s entries were added to the list.", added), "ok")
    return redirect(url_for(".panels", edition_slug=edition_slug))


@blueprint.post("/<person_id>/back")
@audience("organiser")
@makes_once
def back(edition_slug: str, person_id: str) -> Page:
    """Bring a juror back to the jury."""
    edition = edition_at(edition_slug)
    juror = _find(edition, person_id).juror
    service.seat_for_prize(current_session(), edition=edition, juror=juror, prize=None, **acted())
    flash(_("%(name)s judges for the jury again.", name=juror.name), "ok")
    return redirect(url_for(".panels", edition_slug=edition_slug))


def _find(edition: Edition, person_id: str) -> JurySeat:
    for seat in queries.prize_seats(current_session(), edition):
        if seat.juror.public_id == person_id:
            return seat
    raise NotFound(_("This person judges for no prize of its own."))
