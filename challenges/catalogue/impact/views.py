"""Pages of impact: of one dataset, and of a publisher with all its datasets."""

from datetime import datetime
from functools import partial
from typing import Any

from flask import Blueprint, Flask, Response, current_app, render_template, request
from sqlalchemy.orm import Session

from challenges.catalogue.impact.counting import Tally, write_when_due
from challenges.catalogue.impact.figures import figure_of, impact_of, month_in_words, rows_of
from challenges.catalogue.impact.policy import find_publisher
from challenges.catalogue.impact.queries import datasets_of, uses_of_each
from challenges.catalogue.impact.rules import UseKind, is_counted
from challenges.catalogue.models import Dataset
from challenges.catalogue.policy import find_dataset
from challenges.catalogue.registry import DatasetPart, catalogue_registry
from challenges.catalogue.wording import dataset_number, usable_words
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, sessions
from hackaviz.web.language import current_language
from hackaviz.web.paging import asked_page
from hackaviz.web.spreadsheets import spreadsheet

blueprint = Blueprint("impact", __name__)
COUNTED = {
    "catalogue.dataset": UseKind.VIEW,
    "catalogue.download": UseKind.DOWNLOAD,
    "snapshots.download": UseKind.DOWNLOAD,
}
TALLY = "hackaviz.uses"


def register(app: Flask) -> None:
    """The pages, the way to them from a dataset's page, the counting."""
    app.register_blueprint(blueprint)
    app.extensions[TALLY] = Tally()
    app.after_request(_count)
    catalogue_registry(app).parts.append(DatasetPart(60, "challenges/catalogue/impact/_link.html", _link))


def _link(_session: Session, _dataset: Dataset, _now: datetime) -> dict[str, Any]:
    return {}


def _count(response: Response) -> Response:
    tally: Tally = current_app.extensions[TALLY]
    kind = COUNTED.get(request.endpoint or "")
    if kind is not None and _is_use(kind, response):
        tally.add((request.view_args or {})["slug"], kind, request_now().date())
    if tally.is_due:
        response.call_on_close(partial(write_when_due, tally, sessions().writing))
    return response


def _is_use(kind: UseKind, response: Response) -> bool:
    asked = {"method": request.method, "agent": request.user_agent.string}
    is_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    return is_counted(kind, status=response.status_code, is_ahead=is_ahead, **asked)


@blueprint.get("/catalogue/<slug>/impact")
@audience("public")
def dataset(slug: str) -> str:
    """What became of a dataset."""
    session = current_session()
    found = find_dataset(session, slug)
    impact = impact_of(session, Dataset.id == found.id, request_now())
    page: dict[str, Any] = {"impact": impact, "figure": figure_of(impact.drawn), "month_in_words": month_in_words}
    mentions = [mention for find in catalogue_registry().challenges for mention in find(session, found)]
    return render_template("challenges/catalogue/impact/dataset.html", dataset=found, challenges=mentions, **page)


@blueprint.get("/catalogue/<slug>/impact.csv")
@audience("public")
def dataset_table(slug: str) -> Response:
    """The figures of a dataset by month."""
    session = current_session()
    found = find_dataset(session, slug)
    impact = impact_of(session, Dataset.id == found.id, request_now())
    return spreadsheet(f"{found.slug}-impact.csv", rows_of(impact.months))


@blueprint.get("/publishers/<slug>")
@audience("public")
def publisher(slug: str) -> str:
    """A publisher, its datasets, and what became of them."""
    session = current_session()
    found = find_publisher(session, slug)
    impact = impact_of(session, Dataset.publisher_id == found.id, request_now())
    datasets = datasets_of(session, found, current_language(), asked_page())
    page: dict[str, Any] = {"impact": impact, "figure": figure_of(impact.drawn), "month_in_words": month_in_words}
    words = {"dataset_number": dataset_number, "usable_words": usable_words}
    uses = uses_of_each(session, [each.id for each in datasets.rows])
    return render_template(
        "challenges/catalogue/impact/publisher.html", publisher=found, found=datasets, uses=uses, **page, **words
    )


@blueprint.get("/publishers/<slug>/impact.csv")
@audience("public")
def publisher_table(slug: str) -> Response:
    """The figures of a publisher by month."""
    session = current_session()
    found = find_publisher(session, slug)
    impact = impact_of(session, Dataset.publisher_id == found.id, request_now())
    return spreadsheet(f"{found.slug}-impact.csv", rows_of(impact.months))
