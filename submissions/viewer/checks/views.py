"""The check report of an entry: for its team and the organisers."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as Redirection

from challenges.editions.navigation import show_edition
from hackaviz.kernel.storage import BlobMissing
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from submissions.entries.policy import find_own_entry
from submissions.viewer.checks.pages import check_page
from submissions.viewer.checks.policy import find_checked
from submissions.viewer.checks.queries import check_of
from submissions.viewer.checks.service import check_again, look_again
from submissions.viewer.content.blobs import drawn_blob, send_blob
from submissions.viewer.redrawing import label_while

blueprint = Blueprint("checks", __name__)


@blueprint.get("/entries/<public_id>/check")
@audience("verified")
def report(public_id: str) -> str:
    """The report of the current file."""
    entry = find_checked(current_session(), public_id, current_user)
    show_edition(entry.edition)
    return render_template("submissions/viewer/checks/report.html", **check_page(current_session(), entry))


@blueprint.post("/entries/<public_id>/check")
@audience("verified")
@makes_once
def again(public_id: str) -> Redirection:
    """Look anew."""
    entry = find_own_entry(current_session(), public_id, current_user)
    upload = entry.current_upload or abort(404)
    check_again(current_session(), upload=upload, actor=current_user, now=request_now())
    flash(_("The work is being checked again. It takes about a minute."), "ok")
    return redirect(url_for(".report", public_id=public_id))


@blueprint.get("/entries/<public_id>/check/<name>.webp")
@audience("verified")
def picture(public_id: str, name: str) -> Response:
    """A picture of the report."""
    entry = find_checked(current_session(), public_id, current_user)
    check = check_of(current_session(), entry.current_upload) if entry.current_upload else None
    found = check.pictures.get(name) if check is not None else None
    if check is None or found is None:
        abort(404)
    try:
        return send_blob(drawn_blob(found["key"], found["bytes"]), cache="private, no-store")
    except BlobMissing:
        return label_while(look_again, check.id, check.upload, entry.code)
