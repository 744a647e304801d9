"""The pages of imports: the sources, one import with its report, schedules, what vanished."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from challenges.catalogue.imports import queries, service, wording
from challenges.catalogue.imports.forms import LARGEST_CATALOGUE, ImportForm, ScheduleForm
from challenges.catalogue.imports.jobs import WORK, Importer, begin_due_harvest
from challenges.catalogue.imports.models import CatalogueImport
from challenges.catalogue.imports.policy import find_import, find_source
from challenges.catalogue.imports.progress import release_claims
from challenges.catalogue.imports.report import as_table
from challenges.catalogue.imports.rules import UNDER_WAY, Change, ImportState
from hackaviz.kernel.jobs import Work
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, opens_write_late, start_writing
from hackaviz.web.jobs import declare_work, wake
from hackaviz.web.once import makes_once
from hackaviz.web.paging import asked_page
from hackaviz.web.spreadsheets import spreadsheet
from hackaviz.web.storage import current_storage

blueprint = Blueprint("catalogue_imports", __name__)
Answer = str | Response | tuple[str, int]
# The parts of a form around its file.
FORM_BYTES = 1_000_000
PAGES = "challenges/catalogue/imports"


def register(app: Flask) -> None:
    """The pages and the jobs."""
    app.register_blueprint(blueprint)
    importer = Importer(app.extensions["hackaviz.storage"])
    declare_work(app, Work("harvests due", begin_due_harvest))
    declare_work(app, Work(WORK, importer.step, release_claims))


@blueprint.url_value_preprocessor
def _cap_body(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Before anything reads the body: a larger one is refused while it arrives.
    request.max_content_length = LARGEST_CATALOGUE + FORM_BYTES


@blueprint.get("/catalogue/imports")
@audience("cataloguer")
def index() -> str:
    """What waits for a steward, and every source with its schedule and what happened last."""
    session = current_session()
    sources = queries.known_sources(session, asked_page())
    waiting = queries.waiting_imports(session)
    return render_template(f"{PAGES}/index.html", waiting=waiting, sources=sources, words=wording)


@blueprint.route("/catalogue/imports/new", methods=["GET", "POST"])
@audience("cataloguer")
@opens_write_late
@makes_once
def new() -> Answer:
    """Name a source; a job looks at it first."""
    form, asked = ImportForm(), list[CatalogueImport]()
    if form.accepts(lambda: asked.append(_ask(form))):
        wake(WORK)
        return redirect(url_for(".show", import_id=asked[0].id))
    return render_template(f"{PAGES}/new.html", form=form), form.status


def _ask(form: ImportForm) -> CatalogueImport:
    wanted = form.wanted(current_storage())
    return service.ask_import(start_writing(), wanted=wanted, actor=current_user, now=request_now())


@blueprint.get("/catalogue/imports/<int:import_id>")
@audience("cataloguer")
def show(import_id: int) -> str:
    """How far an import has come, what it would change or has changed, and what can be done."""
    session = current_session()
    this = find_import(session, import_id)
    change = _asked_change(this)
    return render_template(
        f"{PAGES}/show.html",
        this=this,
        change=change,
        **_report(session, this, change),
        earlier=queries.earlier_imports(session, this),
        is_under_way=this.state in UNDER_WAY,
        words=wording,
    )


def _report(session: Session, this: CatalogueImport, change: Change) -> dict[str, Any]:
    if not this.expected:
        return {"findings": None}
    findings = queries.findings_page(session, this, change, asked_page())
    return {"findings": findings, "addresses": queries.addresses_of(session, this, findings.rows)}


def _asked_change(this: CatalogueImport) -> Change:
    """The kind of change that the address asks for; else the first that there is something of."""
    asked = request.args.get("change", "")
    if asked in set(Change):
        return Change(asked)
    order = (Change.CHANGED, Change.NEW, Change.GONE, Change.REJECTED)
    return next((change for change in order if this.expected.get(change)), Change.NEW)


@blueprint.get("/catalogue/imports/<int:import_id>/report.csv")
@audience("cataloguer")
def report(import_id: int) -> Response:
    """Everything that an import found, as a table."""
    session = current_session()
    this = find_import(session, import_id)
    return spreadsheet(f"import-{this.id}.csv", as_table(queries.all_findings(session, this)))


@blueprint.post("/catalogue/imports/<int:import_id>/confirm")
@audience("cataloguer")
def confirm(import_id: int) -> Response:
    """Have it written."""
    return _act(import_id, service.confirm_import, _("It is being written. You can leave this page."))


@blueprint.post("/catalogue/imports/<int:import_id>/stop")
@audience("cataloguer")
def stop(import_id: int) -> Response:
    """Stop writing."""
    return _act(import_id, service.stop_import, _("Stopped. What is written stays; the import can go on later."))


@blueprint.post("/catalogue/imports/<int:import_id>/resume")
@audience("cataloguer")
def resume(import_id: int) -> Response:
    """Let it go on."""
    return _act(import_id, service.resume_import, _("The import goes on after what is written."))


@blueprint.post("/catalogue/imports/<int:import_id>/set-aside")
@audience("cataloguer")
def set_aside(import_id: int) -> Response:
    """Do not import it."""
    return _act(import_id, service.set_aside_import, _("Set aside. Nothing else was changed."))


def _act(import_id: int, verb: Callable[..., None], said: str) -> Response:
    session = current_session()
    this = find_import(session, import_id)
    verb(session, this=this, actor=current_user, now=request_now())
    if this.state is ImportState.CONFIRMED:
        wake(WORK)
    flash(said, "ok")
    return redirect(url_for(".show", import_id=import_id))


@blueprint.post("/catalogue/sources/<int:source_id>/import")
@audience("cataloguer")
@makes_once
def again(source_id: int) -> Response:
    """Look at a source again."""
    session = current_session()
    source = find_source(session, source_id)
    wanted = service.wanted_again(session, source)
    this = service.ask_import(session, wanted=wanted, actor=current_user, now=request_now())
    wake(WORK)
    return redirect(url_for(".show", import_id=this.id))


@blueprint.route("/catalogue/sources/<int:source_id>/schedule", methods=["GET", "POST"])
@audience("cataloguer")
def schedule(source_id: int) -> Answer:
    """Choose how often a source is harvested again."""
    session = current_session()
    source = find_source(session, source_id)
    form = ScheduleForm(queries.schedule_of(session, source))
    facts = {"source": source, "actor": current_user, "now": request_now()}
    if form.accepts(lambda: service.set_schedule(session, rhythm=form.chosen(), **facts)):
        flash(_("The schedule is set."), "ok")
        return redirect(url_for(".index"))
    return render_template(f"{PAGES}/schedule.html", form=form, source=source), form.status


@blueprint.get("/catalogue/vanished")
@audience("cataloguer")
def vanished() -> str:
    """The datasets that their source no longer has."""
    session = current_session()
    source_id = request.args.get("source", type=int)
    source = find_source(session, source_id) if source_id else None
    records = queries.vanished_page(session, source, asked_page())
    sources = queries.sources_with_vanished(session)
    return render_template(f"{PAGES}/vanished.html", records=records, sources=sources, source=source)
