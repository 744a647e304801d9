"""Files that arrive in pieces on our disk, by the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload).

Core, creation and termination. Streamed to disk; an offset that is acknowledged is durable. The token against forged
requests comes in a header, as from every script of ours.
"""

import base64
import binascii
from collections.abc import Iterator

from flask import Response, abort, current_app, make_response, request, url_for
from flask_login import current_user
from werkzeug.exceptions import ClientDisconnected

from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.storage import Appending
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, opens_write_late, start_writing
from hackaviz.web.storage import current_storage
from submissions.entries.refusals import FileTooLarge
from submissions.entries.transfers import service
from submissions.entries.transfers.arrived import arrived_bytes
from submissions.entries.transfers.models import Transfer
from submissions.entries.transfers.policy import find_entry_to_send_to, find_going_transfer, find_transfer
from submissions.entries.transfers.refusals import AnotherWay
from submissions.entries.transfers.rules import TransferState
from submissions.entries.views.arriving import announced, begin_transfer, cancel_transfer
from submissions.entries.views.blueprint import blueprint

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
SPEAKS_TUS = frozenset({"entries.begin", "entries.offset", "entries.send_piece", "entries.cancel"})
LEAST_CHUNK, MOST_CHUNK = 16 * 1024, 1024 * 1024


@blueprint.after_request
def _answer_in_tus(response: Response) -> Response:
    if request.endpoint in SPEAKS_TUS:
        response.headers["Tus-Resumable"] = VERSION
    return response


@blueprint.route("/entries/<public_id>/transfers", methods=["OPTIONS", "POST"], provide_automatic_options=False)
@audience("verified")
@opens_write_late
def begin(public_id: str) -> Response:
    """Begin a file whose bytes will come to the application; say what we speak."""
    if request.method == "OPTIONS":
        limit = str(current_app.config["UPLOAD_LIMIT_BYTES"])
        return make_response(
            "", 204, {"Tus-Version": VERSION, "Tus-Extension": "creation,termination", "Tus-Max-Size": limit}
        )
    find_entry_to_send_to(current_session(), public_id, current_user)
    _require_tus()
    _incoming()
    said = _metadata()
    file = announced(said.get("filename", ""), _number("Upload-Length"), said.get("fingerprint", ""))
    transfer = begin_transfer(public_id, file)
    address = url_for("entries.send_piece", public_id=transfer.public_id)
    return make_response("", 201, {"Location": address, "Upload-Offset": str(arrived_bytes(transfer))})


@blueprint.route("/transfers/<public_id>", methods=["HEAD"], provide_automatic_options=False)
@audience("verified")
def offset(public_id: str) -> Response:
    """How much of a file is here, durable."""
    transfer = find_transfer(current_session(), public_id, current_user)
    _require_tus()
    if transfer.state in {TransferState.CANCELLED, TransferState.ABANDONED}:
        abort(410)
    here = _incoming().offset(public_id) if transfer.state is TransferState.BEGUN else transfer.bytes
    lengths = {"Upload-Offset": str(here), "Upload-Length": str(transfer.bytes)}
    return make_response("", 200, lengths | {"Cache-Control": "no-store"})


@blueprint.patch("/transfers/<public_id>")
@audience("verified")
@opens_write_late
def send_piece(public_id: str) -> Response:
    """Take the next bytes, whatever their number; what has come when the line drops is kept."""
    transfer = find_going_transfer(current_session(), public_id, current_user, request_now())
    _require_tus()
    if request.mimetype != PIECE:
        abort(415)
    # A slow line holds neither a connection nor a lock.
    current_session().close()
    here = _take(transfer, _number("Upload-Offset"))
    if here == transfer.bytes:
        _finish(transfer)
    return make_response("", 204, {"Upload-Offset": str(here)})


@blueprint.delete("/transfers/<public_id>")
@audience("verified")
def cancel(public_id: str) -> Response:
    """Stop a file for good, and delete what has arrived of it."""
    find_transfer(current_session(), public_id, current_user)
    _require_tus()
    cancel_transfer(public_id)
    return make_response("", 204)


def _require_tus() -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        abort(make_response("", 412, {"Tus-Version": VERSION}))


def _take(transfer: Transfer, at: int) -> int:
    with _incoming().appending(transfer.public_id, at=at) as write:
        for chunk in _body():
            at += len(chunk)
            if at > transfer.bytes:
                raise FileTooLarge(transfer.bytes)
            write(chunk)
    return at


def _body() -> Iterator[bytes]:
    size = LEAST_CHUNK
    try:
        # Small at first: of a slow line that drops early, what has come is kept; a fast one is read in large chunks.
        while chunk := request.stream.read(size):
            yield chunk
            size = min(2 * size, MOST_CHUNK)
    except OSError as error:
        # The line broke inside a piece: the sender asks for the offset when it is back.
        raise ClientDisconnected from error


def _finish(sent: Transfer) -> None:
    session = start_writing()
    transfer = session.get_one(Transfer, sent.id)
    # Not the arrival of the request: a file is whole when its last byte is durable.
    service.finish(session, transfer=transfer, actor=current_user, now=utc_now())


def _incoming() -> Appending:
    incoming = current_storage().incoming
    if not isinstance(incoming, Appending):
        raise AnotherWay
    return incoming


def _metadata() -> dict[str, str]:
    """What a sender says of its file: names, each with a value in base 64."""
    pairs = (pair.strip().partition(" ") for pair in request.headers.get("Upload-Metadata", "").split(","))
    try:
        return {name: base64.b64decode(value, validate=True).decode() for name, _space, value in pairs}
    except (binascii.Error, UnicodeDecodeError):
        abort(400)


def _number(header: str) -> int:
    value = request.headers.get(header, "")
    if not (value.isascii() and value.isdigit()) or len(value) > 18:
        abort(400)
    return int(value)
