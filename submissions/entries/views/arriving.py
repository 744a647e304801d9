"""What both ways of sending a file in pieces share: beginning, asking how it stands, cancelling."""

from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, flash, jsonify, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as Redirection

from hackaviz.kernel.errors import DomainError
from hackaviz.kernel.identifiers import new_public_id
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import after_commit, current_session, start_writing
from hackaviz.web.storage import current_storage
from submissions.entries.deadlines import require_open_draft
from submissions.entries.models import Entry, UploadState
from submissions.entries.transfers import service
from submissions.entries.transfers.arrived import arrived_bytes
from submissions.entries.transfers.models import Transfer
from submissions.entries.transfers.policy import find_entry_to_send_to, find_transfer
from submissions.entries.transfers.queries import transfers_on_their_way
from submissions.entries.transfers.service import Announced
from submissions.entries.views.blueprint import blueprint
from submissions.entries.wording import reasons_in_words


def begin_transfer(entry: Entry, announced: Announced) -> Transfer:
    """Make room in the storage, then note the file in a transaction of its own: the bucket may take a while."""
    limit, incoming, name = current_app.config["UPLOAD_LIMIT_BYTES"], current_storage().incoming, new_public_id()
    require_open_draft(entry, request_now())
    service.require_room(current_session(), entry, announced, limit)
    current_session().close()
    place: dict[str, Any] = {"name": name, "multipart_id": incoming.begin(name), "limit": limit}
    session = start_writing()
    act: dict[str, Any] = {"actor": current_user, "now": request_now()}
    try:
        entry = find_entry_to_send_to(session, entry.public_id, current_user)
        return service.begin(session, entry=entry, announced=announced, **place, **act)
    except DomainError:
        incoming.discard(name, place["multipart_id"])
        raise


@blueprint.get("/entries/<public_id>/transfers", provide_automatic_options=False)
@audience("verified")
def transfers(public_id: str) -> Response:
    """The files on their way, so that one that is chosen again goes on where it stopped."""
    entry = find_entry_to_send_to(current_session(), public_id, current_user)
    return jsonify(transfers=[_description(each) for each in transfers_on_their_way(current_session(), entry)])


def _description(transfer: Transfer) -> Mapping[str, Any]:
    return {
        "id": transfer.public_id,
        "state": transfer.state.value,
        "file_name": transfer.file_name,
        "bytes": transfer.bytes,
        "here": arrived_bytes(transfer),
        "fingerprint": transfer.fingerprint,
        "multipart": transfer.multipart_id,
        "address": url_for("entries.send_piece", public_id=transfer.public_id),
    }


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
