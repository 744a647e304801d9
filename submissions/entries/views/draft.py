"""A team's draft: its page, and its citations."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as Redirection

from challenges.catalogue.models import Dataset
from challenges.catalogue.queries import Search, search
from challenges.editions.navigation import show_edition
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.language import current_language
from hackaviz.web.paging import asked_page
from submissions.entries import service
from submissions.entries.deadlines import may_change
from submissions.entries.forms import CitationForm, HandInForm, UploadForm
from submissions.entries.models import Entry
from submissions.entries.pages import entry_page
from submissions.entries.policy import find_dataset, find_own_entry
from submissions.entries.views.blueprint import Answer, blueprint
from submissions.teams.policy import find_own_team


def own_entry(public_id: str) -> Entry:
    """The reader's entry; the header is about its edition."""
    entry = find_own_entry(current_session(), public_id, current_user)
    show_edition(entry.edition)
    return entry


def _act(entry: Entry) -> dict[str, Any]:
    return {"entry": entry, "actor": current_user, "now": request_now()}


@blueprint.post("/teams/<public_id>/entry")
@audience("verified")
def start(public_id: str) -> Redirection:
    """Start the team's entry, or go to it."""
    team = find_own_team(current_session(), public_id, current_user)
    entry = service.start_entry(current_session(), team=team, actor=current_user, now=request_now())
    return redirect(url_for(".edit", public_id=entry.public_id))


@blueprint.get("/entries/<public_id>/edit")
@audience("verified")
def edit(public_id: str) -> str:
    """The draft: files, what the jury will see, check report, hand-in."""
    return edit_page(public_id)


def edit_page(public_id: str, **problem: Any) -> str:
    """The page of a draft; `problem` is what an act on it was refused for."""
    entry = own_entry(public_id)
    context = entry_page(current_session(), entry, current_user, request_now())
    forms = {"upload_form": UploadForm(formdata=None), "hand_in_form": HandInForm(formdata=None)}
    return render_template("submissions/entries/edit.html", **context, **forms, **problem)


@blueprint.get("/entries/<public_id>/citations")
@audience("verified")
def citations(public_id: str) -> str:
    """The cited datasets, and a search for others in the catalogue."""
    entry, text = own_entry(public_id), request.args.get("q", "").strip()
    page = search(current_session(), Search(text), page=asked_page(), language=current_language())
    context = {"entry": entry, "edition": entry.edition, "text": text, "page": page}
    is_open = may_change(entry, request_now())
    cited = {citation.dataset_id for citation in entry.citations}
    return render_template("submissions/entries/citations.html", may_change=is_open, cited=cited, **context)


@blueprint.route("/entries/<public_id>/citations/<dataset_slug>", methods=["GET", "POST"])
@audience("verified")
def cite(public_id: str, dataset_slug: str) -> Answer:
    """Cite a dataset, or change how it is used."""
    entry, dataset = own_entry(public_id), find_dataset(current_session(), dataset_slug)
    cited = next((each for each in entry.citations if each.dataset_id == dataset.id), None)
    form = CitationForm(obj=cited)
    if form.accepts(lambda: _cite(entry, dataset, form)):
        flash(_("The dataset is cited."), "ok")
        return redirect(url_for(".citations", public_id=public_id))
    context = {"entry": own_entry(public_id), "edition": entry.edition, "dataset": dataset, "form": form}
    return render_template("submissions/entries/cite.html", is_cited=cited is not None, **context), form.status


def _cite(entry: Entry, dataset: Dataset, form: CitationForm) -> None:
    service.cite(current_session(), dataset=dataset, usage=form.usage.data or "", **_act(entry))


@blueprint.post("/entries/<public_id>/citations/<dataset_slug>/remove")
@audience("verified")
def remove_citation(public_id: str, dataset_slug: str) -> Redirection:
    """Cite a dataset no longer."""
    dataset = find_dataset(current_session(), dataset_slug)
    service.withdraw_citation(current_session(), dataset=dataset, **_act(own_entry(public_id)))
    flash(_("The dataset is no longer cited."), "ok")
    return redirect(url_for(".citations", public_id=public_id))
