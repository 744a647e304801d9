"""What a juror works with: the list of entries, and each entry beside the rubric."""

from typing import Any

from flask import Blueprint, Flask, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition, may_see
from challenges.editions.rules import judging_is_open
from hackaviz.accounts.models import Role
from hackaviz.accounts.registry import RolePage, account_registry
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, refuse
from hackaviz.web.templating import Link, Navigation, navigation_source
from judging.panels.models import Assignment
from judging.panels.policy import find_assigned_entry, not_yours
from judging.panels.queries import assignment_between, editions_judged_by, prize_of
from judging.panels.registry import panel_registry
from judging.panels.rounds.queries import rounds_of
from judging.panels.rounds.rules import window_of
from judging.scoring import service
from judging.scoring.calibration.queries import training_of
from judging.scoring.duels.queries import open_duels
from judging.scoring.export import export_conflicts, export_reviews
from judging.scoring.forms import ReviewForm, draft_of, review_form
from judging.scoring.models import Review
from judging.scoring.progress import is_cleaned, others_reviews, review_list, shows_marks, still_images, work_of
from judging.scoring.queries import current_ranking, finished_by_pair, review_of, sponsor_ranking
from judging.scoring.refusals import JudgingClosed, RevisionConflict
from judging.scoring.registry import scoring_registry
from judging.scoring.wording import blind_sheet, rubric_in_words, saved_words
from submissions.entries.models import Entry
from submissions.viewer.frame import frame_of

blueprint = Blueprint("scoring", __name__)
Page = tuple[str, int] | tuple[Response, int] | str | Response


def register(app: Flask) -> None:
    """Add the pages and the juror's link, tell panels how far reviews are, and accounts what a juror wrote."""
    app.register_blueprint(blueprint)
    navigation_source(app, _add_link)
    panels = panel_registry(app)
    panels.finished, panels.ranked, panels.ranked_for = finished_by_pair, current_ranking, sponsor_ranking
    panels.set_aside = service.set_aside_and_tell
    accounts = account_registry(app)
    accounts.exports |= {"reviews": export_reviews, "conflicts_of_interest": export_conflicts}
    accounts.role_pages[Role.JUROR] = RolePage(_l("My reviews"), "scoring.reviews")


def _add_link(navigation: Navigation) -> None:
    if current_user.is_authenticated and any(held.role is Role.JUROR for held in current_user.roles):
        is_current = (request.endpoint or "").startswith("scoring.") and "/organise/" not in request.path
        navigation.account.append(Link(_("My reviews"), url_for("scoring.juries"), is_current))


def _edition(slug: str) -> Edition:
    return find_edition(current_session(), slug, current_user)


def _act(entry: Entry) -> dict[str, Any]:
    return {"entry": entry, "juror": current_user, "now": request_now()}


@blueprint.get("/jury")
@audience("juror")
def juries() -> Page:
    """The editions where this person is a juror; straight to the list where there is one."""
    editions = [each for each in editions_judged_by(current_session(), current_user) if may_see(current_user, each)]
    if len(editions) == 1:
        return redirect(url_for(".reviews", edition_slug=editions[0].slug))
    return render_template("judging/scoring/juries.html", editions=editions)


@blueprint.get("/editions/<edition_slug>/jury")
@audience("juror")
def reviews(edition_slug: str) -> Page:
    """What this juror was asked to review, and how far it is."""
    edition, now = _edition(edition_slug), request_now()
    rounds = rounds_of(current_session(), edition)
    page: dict[str, Any] = {
        "list": review_list(current_session(), current_user, edition, now),
        "is_open": judging_is_open(edition, now),
        "rounds": rounds,
        "windows": {kind: window_of(edition, round_) for kind, round_ in rounds.items()},
        "training": training_of(current_session(), edition, current_user),
    }
    page |= {"prize": prize_of(current_session(), edition, current_user)}
    page |= {"is_meeting": scoring_registry().is_meeting(current_session(), edition)}
    page |= {"duels": open_duels(current_session(), edition, current_user, now)}
    page["stills"] = still_images(current_session(), page["list"])
    return render_template("judging/scoring/reviews.html", edition=edition, now=now, **page)


@blueprint.route("/editions/<edition_slug>/jury/<code>", methods=["GET", "POST"])
@audience("juror")
def review(edition_slug: str, code: str) -> Page:
    """The work beside the rubric; sent as a form by browsers without scripts."""
    entry, _assignment, kept = _opened(edition_slug, code)
    form = review_form(entry.challenge, kept)
    try:
        if form.accepts(lambda: service.save_review(current_session(), **form.draft(), **_act(entry))):
            flash(_("Your review of %(code)s is saved. It counts once you finish it.", code=entry.code), "ok")
            return redirect(url_for(".review", edition_slug=edition_slug, code=entry.code))
    except RevisionConflict as conflict:
        return _both_texts(entry, form, conflict)
    return _page(entry, form, kept), form.status


@blueprint.post("/editions/<edition_slug>/jury/<code>/finish")
@audience("juror")
def finish(edition_slug: str, code: str) -> Page:
    """Save and finish; every criterion needs a mark."""
    entry, _assignment, kept = _opened(edition_slug, code)
    form = review_form(entry.challenge, kept, finishing=True)
    try:
        if form.accepts(lambda: _finish(entry, form)):
            flash(_("Your review of %(code)s is finished.", code=entry.code), "ok")
            return redirect(_next_url(entry))
    except RevisionConflict as conflict:
        return _both_texts(entry, form, conflict)
    return _page(entry, form, kept), form.status


def _finish(entry: Entry, form: ReviewForm) -> None:
    service.save_review(current_session(), **form.draft(), **_act(entry))
    service.finish_review(current_session(), **_act(entry))


@blueprint.post("/editions/<edition_slug>/jury/<code>/reopen")
@audience("juror")
def reopen(edition_slug: str, code: str) -> Page:
    """Take a finished review back to change it."""
    entry, *_others = _opened(edition_slug, code)
    service.reopen_review(current_session(), **_act(entry))
    flash(_("The review is open again. It counts once you finish it."), "info")
    return redirect(url_for(".review", edition_slug=edition_slug, code=entry.code))


@blueprint.post("/editions/<edition_slug>/jury/<code>/autosave")
@audience("juror")
def autosave(edition_slug: str, code: str) -> Page:
    """What the page sends by itself after each change, as JSON."""
    entry, *_others = _opened(edition_slug, code)
    try:
        draft = draft_of(request.get_json(silent=True))
        saved = service.save_review(current_session(), **draft, **_act(entry))
    except RevisionConflict as conflict:
        return _other_text(entry, conflict), 409
    return jsonify(revision=saved.revision, saved=saved_words(saved, entry.edition.time_zone, request_now()))


def _opened(edition_slug: str, code: str) -> tuple[Entry, Assignment, Review | None]:
    """The entry and this juror's review of it. Raises NotFound, and JudgingClosed before its round opens."""
    edition, session = _edition(edition_slug), current_session()
    entry = find_assigned_entry(session, edition, code, current_user)
    assignment = assignment_between(session, current_user, entry)
    if assignment is None:
        raise not_yours()
    if request_now() < window_of(edition, assignment.round).opens_at:
        raise JudgingClosed(edition, assignment.round, request_now())
    return entry, assignment, review_of(session, current_user, entry)


def _page(entry: Entry, form: ReviewForm, kept: Review | None, other: Review | None = None) -> str:
    edition, now, sheet, work = entry.edition, request_now(), blind_sheet(entry), work_of(entry)
    mine = review_list(current_session(), current_user, edition, now)
    line = mine.line(entry)
    is_open = line.is_waiting
    return render_template(
        "judging/scoring/review.html" if is_open else "judging/scoring/read_only.html",
        edition=edition,
        entry=entry,
        form=form,
        review=kept,
        other=other,
        list=mine,
        next=mine.next_after(entry),
        rubric=rubric_in_words(entry.challenge),
        sheet=sheet,
        frame=frame_of(current_session(), work, title=entry.code, alt=sheet.text_alternative, now=now)
        if is_cleaned(current_session(), work)
        else None,
        saved=saved_words(kept, edition.time_zone, now) if kept else "",
        line=line,
        is_blind=line.is_blind,
        closes_at=window_of(edition, line.assignment.round).closes_at,
        may_reopen=line.is_open and not shows_marks(line.assignment),
        others=others_reviews(current_session(), line),
        now=now,
    )


def _both_texts(entry: Entry, form: ReviewForm, conflict: RevisionConflict) -> Page:
    refuse()
    form.build_on(conflict.review)
    return _page(entry, form, conflict.review, other=conflict.review), 409


def _other_text(entry: Entry, conflict: RevisionConflict) -> Response:
    refuse()
    panel = render_template(
        "judging/scoring/_other.html",
        edition=entry.edition,
        entry=entry,
        other=conflict.review,
        rubric=rubric_in_words(entry.challenge),
        now=request_now(),
    )
    error = {"code": conflict.code, "message": str(conflict)}
    return jsonify(error=error, revision=conflict.review.revision, save_key=conflict.review.last_save_key, panel=panel)


def _next_url(entry: Entry) -> str:
    following = review_list(current_session(), current_user, entry.edition, request_now()).next_after(entry)
    if following is None:
        return url_for(".reviews", edition_slug=entry.edition.slug)
    return url_for(".review", edition_slug=entry.edition.slug, code=following.code)
