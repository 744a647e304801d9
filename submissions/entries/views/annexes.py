"""The annex of an entry: sources that its team keeps with it, for the organisers."""

from typing import BinaryIO, cast

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response as Redirection
from werkzeug.wsgi import wrap_file

from challenges.editions.navigation import show_edition
from hackaviz.kernel.errors import Invalid, NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, opens_write_late, start_writing
from hackaviz.web.once import makes_once
from hackaviz.web.storage import current_storage
from submissions.entries.annexes.scanning import is_unscanned, signature_found
from submissions.entries.annexes.service import (
    ReceivedAnnex,
    annex_of,
    find_annexed,
    keep_annex,
    receive_annex,
    remove_annex,
)
from submissions.entries.deadlines import may_change, require_open_draft
from submissions.entries.forms import UploadForm
from submissions.entries.policy import find_own_entry
from submissions.entries.reception import kept_on_disk
from submissions.entries.views.blueprint import blueprint
from submissions.intake.limits import Limits
from submissions.teams.policy import is_member


@blueprint.get("/entries/<public_id>/annex")
@audience("verified")
def annex(public_id: str) -> str:
    """What is kept, and where to send it."""
    entry = find_annexed(current_session(), public_id, current_user)
    show_edition(entry.edition)
    kept, has_antivirus = annex_of(current_session(), entry), current_app.config["ANTIVIRUS_URL"] is not None
    return render_template(
        "submissions/entries/annex.html",
        entry=entry,
        edition=entry.edition,
        annex=kept,
        is_unscanned=kept is not None and has_antivirus and is_unscanned(current_session(), kept),
        signature=signature_found(current_session(), entry),
        has_antivirus=has_antivirus,
        form=UploadForm(),
        may_change=is_member(current_user, entry.team) and may_change(entry, request_now()),
        limit_bytes=current_app.config["UPLOAD_LIMIT_BYTES"],
    )


@blueprint.post("/entries/<public_id>/annex")
@audience("verified")
@opens_write_late
@makes_once
def send_annex(public_id: str) -> Redirection:
    """Take one file; a new one replaces the one before."""
    require_open_draft(find_own_entry(current_session(), public_id, current_user), request_now())
    current_session().close()
    received = _received()
    session = start_writing()
    entry = find_own_entry(session, public_id, current_user)
    keep_annex(session, entry=entry, received=received, actor=current_user, now=request_now())
    flash(_("%(name)s is kept with your entry. It is not shown.", name=received.file_name), "ok")
    return redirect(url_for(".annex", public_id=public_id))


@blueprint.post("/entries/<public_id>/annex/remove")
@audience("verified")
def take_annex_back(public_id: str) -> Redirection:
    """Keep it with the entry no more."""
    entry = find_own_entry(current_session(), public_id, current_user)
    remove_annex(current_session(), entry=entry, actor=current_user, now=request_now())
    flash(_("Your entry has no annex any more."), "ok")
    return redirect(url_for(".annex", public_id=public_id))


@blueprint.get("/entries/<public_id>/annex/file")
@audience("verified")
def annex_file(public_id: str) -> Response:
    """The file itself, to keep: browsers are told that it is nothing they could show."""
    kept = annex_of(current_session(), find_annexed(current_session(), public_id, current_user))
    if kept is None:
        raise NotFound(_l("This entry has no annex."))
    stream = wrap_file(request.environ, current_storage().open(kept.storage_key))
    response = Response(stream, content_type="application/octet-stream", direct_passthrough=True)
    response.content_length = kept.bytes
    response.headers.set("Content-Disposition", "attachment", filename=kept.file_name)
    return response


def _received() -> ReceivedAnnex:
    limits, file = Limits(bytes=current_app.config["UPLOAD_LIMIT_BYTES"]), request.files.get("file")
    means = {"storage": current_storage(), "antivirus_url": current_app.config["ANTIVIRUS_URL"]}
    if file is None or not file.filename:
        raise Invalid(_l("No file was sent. Choose one, then send it."))
    with kept_on_disk(cast(BinaryIO, file.stream), limits.bytes) as path:
        return receive_annex(path, file.filename, limits=limits, **means)
