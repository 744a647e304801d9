"""What both ways of sending a file in pieces share: beginning, asking how it stands, cancelling."""

from typing import Any

from flask import Response, current_app, flash, jsonify, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response as Redirection

from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.storage import Appending
from hackaviz.kernel.unseen import without_unseen
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import after_commit, commit_now, current_session, start_writing
from hackaviz.web.storage import current_storage
from submissions.entries.models import UploadState
from submissions.entries.transfers import service
from submissions.entries.transfers.models import Transfer
from submissions.entries.transfers.policy import find_entry_to_send_to, find_transfer
from submissions.entries.transfers.refusals import NothingToSend
from submissions.entries.transfers.rules import Announced
from submissions.entries.views.blueprint import blueprint
from submissions.entries.wording import reasons_in_words

LONGEST_NAME, LONGEST_FINGERPRINT = 255, 100


def announced(name: str, size: Any, fingerprint: str) -> Announced:
    """What a browser says of a file. Raises Invalid for what is no file."""
    shown = without_unseen(name).strip()
    if not shown:
        raise Invalid(_l("No file was sent. Choose one, then send it."))
    if not isinstance(size, int):
        raise NothingToSend
    return Announced(shown[-LONGEST_NAME:], size, fingerprint[:LONGEST_FINGERPRINT])


def begin_transfer(public_id: str, file: Announced) -> Transfer:
    """Note the file, then make room in the storage, outside any transaction: a bucket may take a while."""
    session = start_writing()
    entry = find_entry_to_send_to(session, public_id, current_user)
    limit, now = current_app.config["UPLOAD_LIMIT_BYTES"], request_now()
    transfer = service.announce(session, entry=entry, announced=file, limit=limit, actor=current_user, now=now)
    commit_now()
    _make_room(transfer)
    return transfer


def _make_room(transfer: Transfer) -> None:
    incoming, name = current_storage().incoming, transfer.public_id
    if isinstance(incoming, Appending):
        incoming.begin(name)
    elif transfer.multipart_id is None:
        multipart_id = incoming.begin(name)
        if not service.note_parts(current_session(), transfer=transfer, multipart_id=multipart_id):
            incoming.discard(name, multipart_id)


@blueprint.get("/transfers/<public_id>/state")
@audience("verified")
def transfer_state(public_id: str) -> Response:
    """How one file stands; once it is examined, whether it was accepted, else why not."""
    transfer = find_transfer(current_session(), public_id, current_user)
    upload, state = transfer.upload, transfer.state.value
    if upload is not None:
        state = upload.state.value
    reasons = reasons_in_words(upload) if upload is not None and upload.state is UploadState.REFUSED else []
    url = url_for("entries.edit", public_id=transfer.entry.public_id, _anchor="files")
    return jsonify(state=state, file_name=transfer.file_name, reasons=reasons, url=url)


def cancel_transfer(public_id: str) -> Transfer:
    """Cancel, and forget the bytes once that is committed."""
    transfer = find_transfer(current_session(), public_id, current_user)
    service.cancel(current_session(), transfer=transfer, actor=current_user, now=request_now())
    incoming, multipart_id = current_storage().incoming, transfer.multipart_id
    after_commit(lambda: incoming.discard(public_id, multipart_id))
    return transfer


@blueprint.post("/transfers/<public_id>/cancel")
@audience("verified")
def cancel_by_form(public_id: str) -> Redirection:
    """Cancel from the page, without a script."""
    transfer = cancel_transfer(public_id)
    flash(_("%(name)s is cancelled: what had arrived of it is deleted.", name=transfer.file_name), "ok")
    return redirect(url_for(".edit", public_id=transfer.entry.public_id, _anchor="files"))
