"""The pages of duels: two works side by side for jurors, what follows for organisers."""

from typing import Any

from flask import Blueprint, Flask, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from challenges.editions.models import Edition
from challenges.editions.rules import results_are_public
from hackaviz.accounts.models import Person
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.forms import local
from hackaviz.web.spreadsheets import csv_bytes
from judging.panels.policy import not_yours
from judging.panels.views import Page, acted, edition_at
from judging.scoring.duels import service
from judging.scoring.duels.forms import DuelForm, RidgeForm, VotingForm
from judging.scoring.duels.models import DuelVoting
from judging.scoring.duels.policy import may_compare_work
from judging.scoring.duels.queries import duelling_entries, duels_are_blind, duels_of, matches_of, voting_of
from judging.scoring.duels.reading import standings_of
from judging.scoring.duels.rules import duels_are_open, matches_in, next_match
from judging.scoring.progress import is_cleaned, work_of
from judging.scoring.wording import blind_sheet
from submissions.entries.models import Entry
from submissions.entries.queries import handed_in_entries
from submissions.viewer.frame import frame_of
from submissions.viewer.registry import viewer_registry

blueprint = Blueprint("duels", __name__, url_prefix="/editions/<edition_slug>")


def register(app: Flask) -> None:
    """Add the pages; while duels are open their jurors may look at the works."""
    app.register_blueprint(blueprint)
    viewer_registry(app).may_open.append(lambda *asked: may_compare_work(current_session(), *asked))


@blueprint.get("/jury/duels")
@audience("juror")
def duel(edition_slug: str) -> Page:
    """Two works that this juror has not compared yet."""
    edition, session, now = edition_at(edition_slug), current_session(), request_now()
    voting = voting_of(session, edition)
    page: dict[str, Any] = {"voting": voting, "is_open": voting is not None and duels_are_open(voting, now)}
    if voting is not None and page["is_open"]:
        page |= _match(edition, voting, current_user, max(0, request.args.get("pass", 0, type=int)))
    return render_template("judging/scoring/duels/duel.html", edition=edition, now=now, **page)


def _match(edition: Edition, voting: DuelVoting, juror: Person, passed: int) -> dict[str, Any]:
    session, now = current_session(), request_now()
    groups, duels = duelling_entries(session, voting, juror), duels_of(session, edition)
    entries = {entry.id: entry for group in groups.values() for entry in group}
    numbers = {challenge: [entry.id for entry in group] for challenge, group in groups.items()}
    mine = [each for each in duels if each.juror_id == juror.id]
    own = matches_of(mine)
    match = next_match(numbers, own.keys(), matches_of(duels), juror=juror.id, passed=passed)
    sides = [_side(entries[number], now) for number in match or ()]
    counted = {"done": len(mine), "all": matches_in(numbers), "passed": passed}
    shown = {"sides": sides, "is_blind": duels_are_blind(session, edition, voting), "form": DuelForm(formdata=None)}
    return {**counted, **shown}


def _side(entry: Entry, now: Any) -> dict[str, Any]:
    session, work, sheet = current_session(), work_of(entry), blind_sheet(entry)
    shown = {"title": entry.code, "alt": sheet.text_alternative, "now": now}
    frame = frame_of(session, work, **shown) if is_cleaned(session, work) else None
    return {"entry": entry, "sheet": sheet, "frame": frame}


@blueprint.post("/jury/duels")
@audience("juror")
def prefer(edition_slug: str) -> Page:
    """One of the two is better."""
    edition, form = edition_at(edition_slug), DuelForm()
    if form.validate_on_submit():
        codes = {entry.code: entry for entry in handed_in_entries(current_session(), edition)}
        facts: dict[str, Any] = {side: codes.get(form[side].data) or _unknown() for side in ("winner", "loser")}
        facts |= {"juror": current_user, "request_key": form.request_key.data, "now": request_now()}
        service.prefer(current_session(), edition=edition, **facts)
    return redirect(url_for(".duel", edition_slug=edition_slug))


def _unknown() -> Entry:
    raise not_yours()


@blueprint.post("/jury/duels/undo")
@audience("juror")
def undo(edition_slug: str) -> Page:
    """Take the last vote back."""
    edition = edition_at(edition_slug)
    undone = service.undo_last(current_session(), edition=edition, juror=current_user, now=request_now())
    flash(_("Your last vote is undone.") if undone else _("There is no vote to undo."), "ok" if undone else "info")
    return redirect(url_for(".duel", edition_slug=edition_slug))


@blueprint.route("/organise/jury/duels", methods=["GET", "POST"])
@audience("organiser")
def organise(edition_slug: str) -> Page:
    """When duels are fought, and the strengths that follow so far."""
    edition, session = edition_at(edition_slug), current_session()
    voting = voting_of(session, edition)
    form = VotingForm(data=_saved(edition, voting))
    if form.accepts(lambda: service.plan_duels(session, edition=edition, **form.plan(edition), **acted())):
        flash(_("The duels are planned: jurors find them above their list."), "ok")
        return redirect(url_for(".organise", edition_slug=edition_slug))
    ridge = RidgeForm(request.args if "ridge" in request.args else None, meta={"csrf": False})
    pull = ridge.ridge.data if "ridge" in request.args and ridge.validate() else None
    standings = standings_of(session, edition, pull)
    if "ridge" not in request.args:
        ridge.ridge.data = max((standing.ridge for standing in standings), default=0.0)
    page: dict[str, Any] = {"voting": voting, "ridge": ridge, "standings": standings}
    page["is_over"] = _is_over(edition, voting)
    return render_template("judging/scoring/duels/organise.html", edition=edition, form=form, **page), form.status


def _is_over(edition: Edition, voting: DuelVoting | None) -> bool:
    """Whether the results are public, and no duels are left that could be closed."""
    now = request_now()
    return results_are_public(edition, now) and (voting is None or voting.closes_at < now)


def _saved(edition: Edition, voting: DuelVoting | None) -> dict[str, Any]:
    if voting is None:
        return {}
    dates = {name: local(getattr(voting, name), edition.time_zone) for name in ("opens_at", "closes_at")}
    return {**dates, "finalists_only": voting.finalists_only}


@blueprint.get("/organise/jury/duels.csv")
@audience("organiser")
def export(edition_slug: str) -> Response:
    """The votes as `flask judging pairwise` reads them; jurors are numbered, not named."""
    edition, session = edition_at(edition_slug), current_session()
    codes = {entry.id: entry.code for entry in handed_in_entries(session, edition)}
    duels = [each for each in duels_of(session, edition) if {each.winner_id, each.loser_id} <= codes.keys()]
    numbers = {
        juror: f"J{number:02d}" for number, juror in enumerate(dict.fromkeys(each.juror_id for each in duels), 1)
    }
    rows = [(numbers[each.juror_id], codes[each.winner_id], codes[each.loser_id]) for each in duels]
    named = f'attachment; filename="{edition.slug}-duels.csv"'
    content = csv_bytes([("juror", "winner", "loser"), *rows])
    return Response(content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": named})
