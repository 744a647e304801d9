"""The pages of duplicates: which datasets look alike, two side by side, merging; former addresses lead on."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.catalogue.merging import queries, service, wording
from challenges.catalogue.merging.forms import MergeForm
from challenges.catalogue.merging.holders import OWN_HOLDERS
from challenges.catalogue.models import Dataset
from challenges.catalogue.policy import DatasetMoved, find_dataset
from challenges.catalogue.registry import catalogue_registry
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import SAFE_METHODS, current_session
from hackaviz.web.errors import answer_refusal
from hackaviz.web.once import makes_once
from hackaviz.web.paging import asked_page

blueprint = Blueprint("catalogue_merging", __name__)
Answer = str | Response | tuple[str, int]
PAGES = "challenges/catalogue/merging"


def register(app: Flask) -> None:
    """The pages, what passes on, and the way from former addresses."""
    app.register_blueprint(blueprint)
    app.register_error_handler(DatasetMoved, _lead_on)
    catalogue_registry(app).holders.extend(OWN_HOLDERS)


def _lead_on(moved: DatasetMoved) -> Answer:
    """The same page of the dataset that is there now; what was sent is refused."""
    parts = request.view_args or {}
    if request.method not in SAFE_METHODS or "slug" not in parts:
        return answer_refusal(moved)
    present: dict[str, Any] = {**request.args.to_dict(flat=False), **parts, "slug": moved.slug}
    return redirect(url_for(str(request.endpoint), **present), 301)


@blueprint.get("/catalogue/duplicates")
@audience("cataloguer")
def index() -> str:
    """Datasets that may be one."""
    pairs = queries.suggested_pairs(current_session(), asked_page())
    return render_template(f"{PAGES}/index.html", pairs=pairs, words=wording)


@blueprint.route("/catalogue/duplicates/<first>/<second>", methods=["GET", "POST"])
@audience("cataloguer")
@makes_once
def compare(first: str, second: str) -> Answer:
    """Two datasets side by side; the steward chooses which stays."""
    pair = _pair(first, second)
    form = MergeForm(*pair)
    if form.accepts(lambda: _merge(form)):
        flash(_("Merged. The other address leads to this page."), "ok")
        return redirect(url_for("catalogue.dataset", slug=form.kept.data))
    holders = catalogue_registry().holders
    facts = [wording.facts_of(current_session(), each, holders) for each in pair]
    shown: dict[str, Any] = {"pair": pair, "names": wording.names_of(pair), "facts": facts}
    return render_template(f"{PAGES}/compare.html", form=form, **shown), form.status


def _merge(form: MergeForm) -> None:
    facts: dict[str, Any] = {"holders": catalogue_registry().holders, "actor": current_user, "now": request_now()}
    service.merge_datasets(current_session(), **form.chosen(), **facts)


def _pair(first: str, second: str) -> tuple[Dataset, Dataset]:
    session = current_session()
    return find_dataset(session, first), find_dataset(session, second)


@blueprint.post("/catalogue/duplicates/<first>/<second>/apart")
@audience("cataloguer")
def keep_apart(first: str, second: str) -> Response:
    """Suggest this pair no more."""
    low, high = _pair(first, second)
    service.keep_apart(current_session(), first=low, second=high, actor=current_user, now=request_now())
    flash(_("They stay two, and are not suggested again."), "ok")
    return redirect(url_for(".index"))
