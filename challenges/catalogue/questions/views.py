"""Pages of questions: asking below a dataset, and the list of those who answer."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from challenges.catalogue.models import Dataset
from challenges.catalogue.policy import find_dataset, may_catalogue
from challenges.catalogue.questions import service
from challenges.catalogue.questions.forms import AnswerForm, HideForm, QuestionForm
from challenges.catalogue.questions.models import DatasetQuestion
from challenges.catalogue.questions.policy import find_question, may_know_who_asked
from challenges.catalogue.questions.queries import count_open, page_of_questions, questions_shown
from challenges.catalogue.questions.rules import LONGEST_QUESTION, QuestionState, contact_address
from challenges.catalogue.registry import DatasetPart, catalogue_registry
from hackaviz.accounts.registry import account_registry
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from hackaviz.web.paging import asked_page
from hackaviz.web.templating import Link, Navigation, navigation_source

Answer = str | Response | tuple[str, int]
blueprint = Blueprint("questions", __name__, url_prefix="/catalogue")


def register(app: Flask) -> None:
    """The pages, the section of a dataset's page, the link in the menu, what an account leaves behind."""
    app.register_blueprint(blueprint)
    catalogue_registry(app).parts.append(DatasetPart(40, "challenges/catalogue/questions/_part.html", _part))
    navigation_source(app, _add_link)
    account_registry(app).exports["dataset_questions"] = service.export_questions
    account_registry(app).erasers.append(service.forget_person)


def _part(session: Session, dataset: Dataset, _now: datetime) -> dict[str, Any]:
    return {"questions": questions_shown(session, dataset, current_user)}


def _add_link(navigation: Navigation) -> None:
    if not may_catalogue(current_user):
        return
    try:
        waiting = count_open(current_session())
    except OperationalError:
        # A page that says the database is away asks it nothing.
        return
    label = _("Questions (%(count)s)", count=waiting) if waiting else _("Questions")
    navigation.account.append(Link(label, url_for("questions.questions"), request.blueprint == "questions"))


@blueprint.route("/<slug>/ask", methods=["GET", "POST"])
@audience("verified")
def ask(slug: str) -> Answer:
    """Ask about a dataset."""
    form, session = QuestionForm(), current_session()
    dataset = find_dataset(session, slug)
    asked: dict[str, Any] = {"dataset": dataset, "actor": current_user, "now": request_now()}
    typed = {"text": form.text.data, "request_key": form.request_key.data}
    if form.accepts(lambda: service.ask(session, **typed, **asked)):
        flash(_("Your question is sent. You get a letter when it is answered."), "ok")
        return redirect(url_for("catalogue.dataset", slug=slug, _anchor="questions"))
    page: dict[str, Any] = {"form": form, "dataset": dataset, "longest": LONGEST_QUESTION}
    return render_template("challenges/catalogue/questions/ask.html", **page), form.status


@blueprint.get("/questions")
@audience("cataloguer")
def questions() -> str:
    """The questions that wait, or those that are settled."""
    state = next((each for each in QuestionState if each == request.args.get("state")), QuestionState.OPEN)
    found = page_of_questions(current_session(), state, asked_page())
    page: dict[str, Any] = {"found": found, "state": state, "names": may_know_who_asked(current_user)}
    return render_template("challenges/catalogue/questions/questions.html", **page)


@blueprint.get("/questions/<public_id>")
@audience("cataloguer")
def question(public_id: str) -> Answer:
    """One question, and what can be done with it."""
    return _show(find_question(current_session(), public_id), AnswerForm(), HideForm())


def _show(found: DatasetQuestion, answer_form: AnswerForm, hide_form: HideForm) -> Answer:
    page = {"question": found, "answer_form": answer_form, "hide_form": hide_form}
    known = {"names": may_know_who_asked(current_user), "address": contact_address(found.dataset.contact)}
    status = max(answer_form.status, hide_form.status)
    return render_template("challenges/catalogue/questions/question.html", **page, **known), status


@blueprint.post("/questions/<public_id>/answer")
@audience("cataloguer")
@makes_once
def answer(public_id: str) -> Answer:
    """Answer a question."""
    session, form = current_session(), AnswerForm()
    found, acts = find_question(session, public_id), {"actor": current_user, "now": request_now()}
    if not form.accepts(lambda: service.answer(session, question=found, text=form.answer.data, **acts)):
        return _show(found, form, HideForm(formdata=None))
    flash(_("The answer stands on the page of the dataset. Whoever asked gets a letter."), "ok")
    return redirect(url_for(".questions"))


@blueprint.post("/questions/<public_id>/hide")
@audience("cataloguer")
@makes_once
def hide(public_id: str) -> Answer:
    """Hide a question."""
    session, form = current_session(), HideForm()
    found, acts = find_question(session, public_id), {"actor": current_user, "now": request_now()}
    if not form.accepts(lambda: service.hide(session, question=found, reason=form.reason.data, **acts)):
        return _show(found, AnswerForm(formdata=None), form)
    flash(_("The question is hidden. Whoever asked gets a letter with the reason."), "ok")
    return redirect(url_for(".questions"))


@blueprint.post("/questions/<public_id>/forward")
@audience("cataloguer")
@makes_once
def forward(public_id: str) -> Answer:
    """Send a question to the contact of its dataset."""
    session = current_session()
    found = find_question(session, public_id)
    service.forward(session, question=found, actor=current_user, now=request_now())
    flash(_("The question is on its way to the publisher. Write the answer here when it comes."), "ok")
    return redirect(url_for(".question", public_id=public_id))
