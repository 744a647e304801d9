"""The meeting of the jury: the organisers' pages with the votes, and the page that jurors follow it on."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.briefs.models import Challenge
from challenges.briefs.queries import challenges_of
from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from challenges.editions.rules import results_are_public
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from judging.deliberation import queries, service
from judging.deliberation.forms import AttendanceForm, VoteForm
from judging.deliberation.policy import is_frozen
from judging.deliberation.reading import Order, discussed
from judging.deliberation.rules import DecisionKind, jury_may_meet
from judging.deliberation.wording import APART_NAMES, decision_in_words, hands_in_words
from judging.panels.queries import jurors_of
from judging.panels.rounds.queries import finalists_by_challenge
from judging.scoring.registry import scoring_registry
from judging.scoring.wording import blind_sheet, rubric_in_words

blueprint = Blueprint("deliberation", __name__, url_prefix="/editions/<edition_slug>")
Page = tuple[str, int] | str | Response


def register(app: Flask) -> None:
    """Add the pages, the organisers' link, and the words for votes."""
    app.register_blueprint(blueprint)
    app.jinja_env.filters["decision"] = decision_in_words
    app.jinja_env.filters["hands"] = lambda vote: hands_in_words(vote.votes_for, vote.votes_against, vote.abstained)
    app.jinja_env.filters["set_apart"] = lambda kind: APART_NAMES.get(DecisionKind(kind), "")
    scoring_registry(app).has_met = queries.has_met
    scoring_registry(app).is_meeting = queries.is_meeting
    edition_registry(app).organiser_links.append(
        OrganiserLink(Section.JURY, _l("Deliberation"), "deliberation.meeting", order=70)
    )


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


def challenge_at(edition: Edition, number: int) -> Challenge:
    """The challenge with a number. Raises NotFound."""
    found = {challenge.number: challenge for challenge in challenges_of(current_session(), edition)}.get(number)
    if found is None:
        raise NotFound(_l("This edition has no such challenge."))
    return found


def _act() -> dict[str, Any]:
    return {"actor": current_user, "now": request_now()}


def _order() -> Order:
    asked = request.args.get("order", "")
    return Order(asked) if asked in set(Order) else Order.RANKING


@blueprint.get("/organise/deliberation")
@audience("organiser")
def meeting(edition_slug: str) -> Page:
    """Whether the meeting is open, the challenges to discuss, and every vote."""
    session, edition = current_session(), _edition(edition_slug)
    jurors, form = jurors_of(session, edition), AttendanceForm()
    form.offer(jurors)
    form.present.data = sorted(queries.present_now(session, edition) or ())
    return render_template(
        "judging/deliberation/meeting.html",
        edition=edition,
        meeting=queries.meeting_of(session, edition),
        may_meet=jury_may_meet(edition.judging_closes_at, request_now()),
        is_public=results_are_public(edition, request_now()),
        challenges=challenges_of(session, edition),
        finals=queries.final_rankings_of(session, edition),
        finalists=finalists_by_challenge(session, edition),
        decisions=queries.decisions_of(session, edition),
        jurors=jurors,
        form=form,
        attendances=queries.attendances_of(session, edition),
    )


@blueprint.post("/organise/deliberation/open")
@audience("organiser")
@makes_once
def open_meeting(edition_slug: str) -> Page:
    """Let jurors follow the meeting on their screens."""
    service.open_meeting(current_session(), edition=_edition(edition_slug), **_act())
    flash(_("The meeting is open: jurors read all reviews, except of entries that they have a conflict with."), "ok")
    return redirect(url_for(".meeting", edition_slug=edition_slug))


@blueprint.post("/organise/deliberation/close")
@audience("organiser")
def close_meeting(edition_slug: str) -> Page:
    """Close it."""
    service.close_meeting(current_session(), edition=_edition(edition_slug), **_act())
    flash(_("The meeting is closed. Its votes stand."), "ok")
    return redirect(url_for(".meeting", edition_slug=edition_slug))


@blueprint.route("/organise/deliberation/<int:number>", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def challenge(edition_slug: str, number: int) -> Page:
    """The entries of a challenge on the table, and a vote."""
    session, edition, form = current_session(), _edition(edition_slug), VoteForm()
    found, order = challenge_at(edition, number), _order()
    on_table = discussed(session, found, order)
    entries = {each.entry.id: each.entry for each in sorted(on_table, key=lambda each: each.entry.number)}
    form.offer(entries)
    if form.accepts(
        lambda: service.record_vote(session, challenge=found, motion=form.motion(entries), **form.votes(), **_act())
    ):
        flash(_("The vote is recorded."), "ok")
        return redirect(url_for(".challenge", edition_slug=edition_slug, number=number))
    votes = [each for each in queries.decisions_of(session, edition) if each.challenge_id == found.id]
    page = _page(edition, found, order) | {"on_table": on_table, "form": form, "decisions": votes}
    page["meeting"] = queries.meeting_of(session, edition)
    page |= _votes_that_count(edition)
    return render_template("judging/deliberation/challenge.html", **page), form.status


@blueprint.get("/deliberation")
@audience("jury")
def begin(edition_slug: str) -> Page:
    """The first challenge."""
    edition = _edition(edition_slug)
    first = next(iter(challenges_of(current_session(), edition)), None)
    if first is None:
        raise NotFound(_l("This edition has no challenge yet."))
    return redirect(url_for(".follow", edition_slug=edition_slug, number=first.number))


@blueprint.get("/deliberation/<int:number>")
@audience("jury")
def follow(edition_slug: str, number: int) -> Page:
    """What a juror sees of the meeting while it is open: nothing of an entry that they have a conflict with."""
    session, edition = current_session(), _edition(edition_slug)
    found, order = challenge_at(edition, number), _order()
    meeting = queries.meeting_of(session, edition)
    is_open = meeting is not None and meeting.is_open
    on_table = discussed(session, found, order, current_user) if is_open else []
    page = _page(edition, found, order) | {"on_table": on_table, "is_open": is_open}
    return render_template("judging/deliberation/follow.html", challenges=challenges_of(session, edition), **page)


def _votes_that_count(edition: Edition) -> dict[str, bool]:
    now = request_now()
    return {"is_frozen": is_frozen(edition, now), "is_public": results_are_public(edition, now)}


def _page(edition: Edition, challenge: Challenge, order: Order) -> dict[str, Any]:
    rubric = rubric_in_words(challenge)
    return {"edition": edition, "challenge": challenge, "order": order, "rubric": rubric, "sheet_of": blind_sheet}
