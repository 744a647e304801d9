"""The sheet of a team's work, and its word about publication."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as Redirection

from challenges.editions.sheet.queries import questions_of
from hackaviz.web.access import audience
from hackaviz.web.changing import hold
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from submissions.entries.deadlines import may_change
from submissions.entries.manifest import draft_texts
from submissions.entries.pages import draft_steps
from submissions.entries.sheet.forms import SheetForm
from submissions.entries.sheet.service import decide_showing, save_sheet
from submissions.entries.sheet.wording import sheet_rows
from submissions.entries.views.blueprint import Answer, blueprint
from submissions.entries.views.draft import own_entry


@blueprint.route("/entries/<public_id>/sheet", methods=["GET", "POST"])
@audience("verified")
def sheet(public_id: str) -> Answer:
    """What the team says of its work."""
    entry = own_entry(public_id)
    hold(entry)
    form, facts = SheetForm(entry), {"entry": entry, "actor": current_user, "now": request_now()}
    if form.accepts(lambda: save_sheet(current_session(), sheet=form.sheet(), **facts)):
        flash(_("The sheet is saved."), "ok")
        return redirect(url_for(".edit", public_id=public_id))
    return _sheet_page(public_id, form), form.status


def _sheet_page(public_id: str, form: SheetForm) -> str:
    entry = own_entry(public_id)
    return render_template(
        "submissions/entries/sheet.html",
        entry=entry,
        edition=entry.edition,
        form=form,
        questions=questions_of(entry.edition),
        rows=[(_("Title"), entry.title), *sheet_rows(draft_texts(entry))],
        may_change=may_change(entry, request_now()),
        steps=draft_steps(current_session(), entry, current_user),
    )


@blueprint.post("/entries/<public_id>/showing")
@audience("verified")
def showing(public_id: str) -> Redirection:
    """Take back the consent to publish, or give it again."""
    shown = request.form.get("shown") == "yes"
    facts = {"entry": own_entry(public_id), "actor": current_user, "now": request_now()}
    decide_showing(current_session(), shown=shown, **facts)
    flash(_("The public may see your work.") if shown else _("The public does not see your work any more."), "ok")
    return redirect(url_for(".edit", public_id=public_id))
