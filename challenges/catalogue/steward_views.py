"""The pages of the catalogue's stewards: add, edit, attach, recommend."""

from typing import Any

from flask import Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.catalogue import ordering, service
from challenges.catalogue.files import LARGEST_FILE, keep_file
from challenges.catalogue.forms import DatasetForm, FileForm, LinkForm
from challenges.catalogue.models import Dataset
from challenges.catalogue.policy import find_dataset, find_resource, may_catalogue
from challenges.catalogue.queries import all_publishers
from challenges.catalogue.views import blueprint
from hackaviz.web.access import audience, declare_audience
from hackaviz.web.changing import hold
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, opens_write_late, start_writing
from hackaviz.web.once import makes_once
from hackaviz.web.storage import current_storage

Answer = str | Response | tuple[str, int]
# The parts of a form around its file.
FORM_BYTES = 1_000_000


def register(app: Flask) -> None:
    """Who may open these pages; importing this module adds them to the room's blueprint."""
    declare_audience(app, "cataloguer", lambda person, _address: may_catalogue(person))


@blueprint.url_value_preprocessor
def _cap_body(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Before anything reads the body: a larger one is refused while it arrives.
    request.max_content_length = LARGEST_FILE + FORM_BYTES


@blueprint.route("/catalogue/new", methods=["GET", "POST"])
@audience("cataloguer")
@makes_once
def new() -> Answer:
    """Add a dataset."""
    form = DatasetForm()
    session, added = current_session(), list[Dataset]()
    facts = {"actor": current_user, "now": request_now()}
    if form.accepts(lambda: added.append(service.add_dataset(session, details=form.details(), **facts))):
        flash(_("The dataset is in the catalogue. Attach its files or links now."), "ok")
        return redirect(url_for("catalogue.edit", slug=added[0].slug))
    publishers = all_publishers(session)
    return render_template("challenges/catalogue/new.html", form=form, publishers=publishers), form.status


@blueprint.route("/catalogue/<slug>/edit", methods=["GET", "POST"])
@audience("cataloguer")
def edit(slug: str) -> Answer:
    """Change the facts of a dataset, and see to its files."""
    session = current_session()
    dataset = find_dataset(session, slug)
    hold(dataset)
    form = DatasetForm(dataset)
    facts = {"dataset": dataset, "actor": current_user, "now": request_now()}
    if form.accepts(lambda: service.edit_dataset(session, details=form.details(), **facts)):
        flash(_("The dataset is changed."), "ok")
        return redirect(url_for("catalogue.dataset", slug=slug))
    page = {"form": form, "dataset": find_dataset(session, slug), "publishers": all_publishers(session)}
    return render_template("challenges/catalogue/edit.html", **page), form.status


@blueprint.route("/catalogue/<slug>/attach-file", methods=["GET", "POST"])
@audience("cataloguer")
@opens_write_late
@makes_once
def attach_file(slug: str) -> Answer:
    """Attach a file: stored and inspected before the write begins."""
    form, dataset = FileForm(), find_dataset(current_session(), slug)
    if form.accepts(lambda: _attach_file(form, slug)):
        flash(_("The file is attached. Its page shows what it holds."), "ok")
        return redirect(url_for("catalogue.dataset", slug=slug))
    return render_template("challenges/catalogue/attach_file.html", form=form, dataset=dataset), form.status


def _attach_file(form: FileForm, slug: str) -> None:
    kept = keep_file(current_storage(), stream=form.file.data.stream, file_name=form.file.data.filename)
    session = start_writing()
    facts = {"dataset": find_dataset(session, slug), "actor": current_user, "now": request_now()}
    service.attach_kept_file(session, file=kept, title=form.title(), **facts)


@blueprint.route("/catalogue/<slug>/attach-link", methods=["GET", "POST"])
@audience("cataloguer")
@makes_once
def attach_link(slug: str) -> Answer:
    """Attach the address of a file that others keep."""
    session, form = current_session(), LinkForm()
    dataset = find_dataset(session, slug)
    facts = {"dataset": dataset, "actor": current_user, "now": request_now()}
    if form.accepts(lambda: service.attach_link(session, **form.link(), **facts)):
        flash(_("The link is attached."), "ok")
        return redirect(url_for("catalogue.dataset", slug=slug))
    return render_template("challenges/catalogue/attach_link.html", form=form, dataset=dataset), form.status


@blueprint.post("/catalogue/<slug>/feature")
@audience("cataloguer")
def feature(slug: str) -> Response:
    """Recommend a dataset, or no longer."""
    session = current_session()
    dataset = find_dataset(session, slug)
    wanted = request.form.get("featured") == "yes"
    service.feature_dataset(session, dataset=dataset, is_featured=wanted, actor=current_user, now=request_now())
    return redirect(url_for("catalogue.dataset", slug=slug))


@blueprint.post("/catalogue/<slug>/files/<int:resource_id>/remove")
@audience("cataloguer")
@makes_once
def remove(slug: str, resource_id: int) -> Response:
    """Take a file or link away."""
    session = current_session()
    resource = find_resource(session, slug, resource_id)
    service.remove_resource(session, resource=resource, actor=current_user, now=request_now())
    flash(_("It is taken away from this dataset."), "ok")
    return redirect(url_for("catalogue.edit", slug=slug))


@blueprint.post("/catalogue/<slug>/files/<int:resource_id>/main")
@audience("cataloguer")
def make_main(slug: str, resource_id: int) -> Response:
    """Offer a file first."""
    session = current_session()
    resource = find_resource(session, slug, resource_id)
    ordering.make_main(session, resource=resource, actor=current_user, now=request_now())
    flash(_("This is the main file now."), "ok")
    return redirect(url_for("catalogue.edit", slug=slug))


@blueprint.post("/catalogue/<slug>/files/<int:resource_id>/up")
@audience("cataloguer")
def move_up(slug: str, resource_id: int) -> Response:
    """Offer a file before the one above it."""
    session = current_session()
    resource = find_resource(session, slug, resource_id)
    ordering.move_up(session, resource=resource, actor=current_user, now=request_now())
    return redirect(url_for("catalogue.edit", slug=slug))
