"""Frozen copies: on the pages of datasets and editions, to download, and the page where they are chosen."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from challenges.catalogue.models import Dataset
from challenges.catalogue.policy import find_dataset, find_resource
from challenges.catalogue.registry import DatasetPart, catalogue_registry
from challenges.catalogue.rules import media_type
from challenges.catalogue.snapshots import service
from challenges.catalogue.snapshots.forms import PinForm
from challenges.catalogue.snapshots.freezing import LIMITS, Freezer
from challenges.catalogue.snapshots.policy import find_copy, find_kept_copy, may_pin
from challenges.catalogue.snapshots.queries import all_copies_of, copies_of_edition, copies_shown
from challenges.catalogue.snapshots.rules import may_still_choose
from challenges.catalogue.snapshots.wording import STATE_PILLS, failure_in_words
from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.editions.queries import all_editions
from challenges.editions.registry import PagePart, edition_registry
from hackaviz.kernel.fetch.fetching import Fetcher
from hackaviz.kernel.jobs import Work
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.jobs import declare_work
from hackaviz.web.once import makes_once
from hackaviz.web.storage import current_storage

Answer = str | Response | tuple[str, int]
blueprint = Blueprint("snapshots", __name__, url_prefix="/catalogue/<slug>/snapshots")


def register(app: Flask) -> None:
    """The pages, the sections of datasets' and editions' pages, the job."""
    app.register_blueprint(blueprint)
    catalogue_registry(app).parts.append(DatasetPart(20, "challenges/catalogue/snapshots/_part.html", _part))
    edition_registry(app).page_parts.append(PagePart(58, "challenges/catalogue/snapshots/_edition.html", _of_edition))
    freezer = Freezer(app.extensions["hackaviz.storage"], Fetcher(limits=LIMITS))
    declare_work(app, Work(service.WORK, freezer.freeze_due))


def _part(_session: Session, dataset: Dataset, _now: datetime) -> dict[str, Any] | None:
    copies = copies_shown(dataset)
    return {"copies": copies} if copies else None


def _of_edition(session: Session, edition: Edition, _now: datetime) -> dict[str, Any] | None:
    copies = copies_of_edition(session, edition)
    return {"copies": copies} if copies else None


@blueprint.route("", methods=["GET", "POST"])
@audience("cataloguer")
@makes_once
def snapshots(slug: str) -> Answer:
    """Every copy of a dataset's files, and a form to pin another."""
    session, now = current_session(), request_now()
    dataset = find_dataset(session, slug)
    editions = [each for each in all_editions(session) if _may_choose(each, now)]
    form = PinForm(editions, dataset.resources)
    if form.accepts(lambda: _pin(form, slug)):
        flash(_("The file is pinned. One that is kept elsewhere is here within a few minutes."), "ok")
        return redirect(url_for(".snapshots", slug=slug))
    page: dict[str, Any] = {"dataset": dataset, "form": form, "copies": all_copies_of(session, dataset)}
    words = {
        "pills": STATE_PILLS,
        "failure_in_words": failure_in_words,
        "may_choose": lambda each: _may_choose(each, now),
    }
    return render_template("challenges/catalogue/snapshots/snapshots.html", **page, **words), form.status


def _may_choose(edition: Edition, now: datetime) -> bool:
    return may_pin(current_user, edition) and may_still_choose(edition.submission_closes_at, now)


def _pin(form: PinForm, slug: str) -> None:
    session = current_session()
    edition = find_edition(session, form.edition.data, current_user)
    resource = find_resource(session, slug, int(form.resource.data))
    service.pin(session, edition=edition, resource=resource, actor=current_user, now=request_now())


@blueprint.post("/<public_id>/let-go")
@audience("cataloguer")
@makes_once
def let_go(slug: str, public_id: str) -> Response:
    """An edition needs a copy no longer."""
    session = current_session()
    service.let_go(session, copy=find_copy(session, public_id), actor=current_user, now=request_now())
    flash(_("The copy is let go. The file itself stays as it is."), "ok")
    return redirect(url_for(".snapshots", slug=slug))


@blueprint.post("/<public_id>/again")
@audience("cataloguer")
@makes_once
def again(slug: str, public_id: str) -> Response:
    """Try to fetch a file once more."""
    session = current_session()
    service.ask_again(session, copy=find_copy(session, public_id), actor=current_user, now=request_now())
    flash(_("The file is asked for again."), "ok")
    return redirect(url_for(".snapshots", slug=slug))


@blueprint.get("/<public_id>")
@audience("public")
def download(slug: str, public_id: str) -> Response:
    """The bytes of a copy, under the name of their file. An address from before a merge leads on."""
    copy = find_kept_copy(current_session(), public_id, current_user)
    if copy.dataset.slug != slug:
        return redirect(url_for(".download", slug=copy.dataset.slug, public_id=public_id))
    response = send_file(
        current_storage().open(str(copy.storage_key)),
        mimetype=media_type(copy.format),
        as_attachment=True,
        download_name=copy.file_name,
        etag=copy.sha256 or False,
    )
    response.content_length = int(copy.bytes or 0)
    return response
