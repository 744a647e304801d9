"""The pages of the calibration exercise: organisers choose its works, jurors score them and see the spread."""

from typing import Any

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from challenges.briefs.queries import challenges_of
from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from judging.panels.queries import jurors_of
from judging.scoring.calibration import service
from judging.scoring.calibration.forms import WorksForm, upload_form
from judging.scoring.calibration.letters import write_infected
from judging.scoring.calibration.models import TrainingWork
from judging.scoring.calibration.queries import candidates, is_available, spread, training_of, trains_with, works_of
from judging.scoring.calibration.uploads import MOST_WORKS
from judging.scoring.forms import review_form
from judging.scoring.progress import is_cleaned
from judging.scoring.views import Page
from judging.scoring.wording import rubric_in_words
from submissions.entries.models import Entry
from submissions.entries.registry import entry_registry
from submissions.viewer.frame import frame_of
from submissions.viewer.registry import viewer_registry

blueprint = Blueprint("calibration", __name__, url_prefix="/editions/<edition_slug>")


def register(app: Flask) -> None:
    """Add the pages and the organisers' link."""
    app.register_blueprint(blueprint)
    viewer_registry(app).may_open.append(lambda person, upload, _now: trains_with(current_session(), person, upload))
    entry_registry(app).on_upload_infected.append(write_infected)
    edition_registry(app).organiser_links.append(
        OrganiserLink(Section.JURY, _l("Calibration"), "calibration.organise", order=61)
    )


@blueprint.route("/organise/jury/calibration", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def organise(edition_slug: str) -> Page:
    """Choose the works; see who has scored them, and how far marks lie apart."""
    session, form = current_session(), WorksForm()
    edition = find_edition(session, edition_slug, current_user)
    offered = {entry.public_id: entry for entry in candidates(session, edition, request_now())}
    form.offer(offered, edition)
    if form.accepts(lambda: _choose(edition, form, offered)):
        flash(_("The exercise is ready: jurors find it above their list."), "ok")
        return redirect(url_for(".organise", edition_slug=edition_slug))
    return organise_page(edition, form=form, offered=offered), form.status


def organise_page(edition: Edition, **shown: Any) -> str:
    """The page with a form that was refused, or with none: `form` and `offered`, or `upload`."""
    session = current_session()
    if "offered" not in shown:
        shown["offered"] = {entry.public_id: entry for entry in candidates(session, edition, request_now())}
        shown["form"] = WorksForm(formdata=None)
        shown["form"].offer(shown["offered"], edition)
    works = works_of(session, edition)
    page: dict[str, Any] = {"upload": upload_form(edition), "works": [_in_words(work) for work in works]}
    page |= {"jurors": jurors_of(session, edition), "has_begun": any(work.reviews for work in works)}
    page |= {"limit_bytes": current_app.config["UPLOAD_LIMIT_BYTES"], "most": MOST_WORKS, "edition": edition}
    return render_template("judging/scoring/calibration/organise.html", **page | shown)


def _choose(edition: Edition, form: WorksForm, offered: dict[str, Entry]) -> None:
    challenge = next(each for each in challenges_of(current_session(), edition) if each.id == form.challenge.data)
    entries = [offered[form.first.data], offered[form.second.data]]
    facts: dict[str, Any] = {"actor": current_user, "now": request_now()}
    service.choose_works(current_session(), edition=edition, entries=entries, challenge=challenge, **facts)


@blueprint.route("/jury/calibration/<int:number>", methods=["GET", "POST"])
@audience("juror")
@makes_once
def work(edition_slug: str, number: int) -> Page:
    """A training work beside the rubric; once scored, how the others scored it."""
    session, now = current_session(), request_now()
    edition = find_edition(session, edition_slug, current_user)
    chosen = _find(edition, number)
    form = review_form(chosen.challenge, None, finishing=True)
    marks = {criterion: form[f"mark-{criterion}"].data for criterion in form.criteria}
    if form.accepts(lambda: service.score_work(session, work=chosen, juror=current_user, marks=marks, now=now)):
        flash(_("Your marks are kept. Here is how the jury scores this work."), "ok")
        return redirect(url_for(".work", edition_slug=edition_slug, number=number))
    upload, own = chosen.upload, training_of(session, edition, current_user)
    title, alt = _("Training work %(number)s", number=number), chosen.entry.text_alternative
    page: dict[str, Any] = {"work": _in_words(chosen), "training": own, "is_scored": chosen.id in own.done}
    if upload and page["work"]["is_available"] and is_cleaned(session, upload):
        page["frame"] = frame_of(session, upload, title=title, alt=alt, now=now)
    page["rubric"] = rubric_in_words(chosen.challenge)
    return render_template("judging/scoring/calibration/work.html", edition=edition, form=form, **page), form.status


def _find(edition: Edition, number: int) -> TrainingWork:
    for each in works_of(current_session(), edition):
        if each.number == number:
            return each
    raise NotFound(_("There is no training work with this number."))


def _in_words(chosen: TrainingWork) -> dict[str, Any]:
    """A work with its spread: for each criterion its words, and each mark with how often it was given."""
    counted, mine = spread(chosen), {review.juror_id: review.marks for review in chosen.reviews}
    return {
        "chosen": chosen,
        "is_available": is_available(chosen, request_now()),
        "mine": mine.get(current_user.id, {}),
        "scored": frozenset(mine),
        "spread": [(criterion, counted[criterion.id]) for criterion in rubric_in_words(chosen.challenge)],
        "reviews": len(chosen.reviews),
    }
