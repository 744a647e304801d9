"""Files whose parts go straight from the browser to the bucket: no byte of them passes here.

The application opens the upload, signs the address of each part, checks the parts and joins them; a job then reads the
object. What the client library asks of a bucket and we answer ourselves is in the bucket's own words.
"""

from xml.sax.saxutils import escape

from flask import Response, jsonify, make_response, request
from flask_login import current_user

from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.storage import Multipart
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, opens_write_late, start_writing
from hackaviz.web.storage import current_storage
from submissions.entries.transfers import service
from submissions.entries.transfers.arrived import arrived_bytes
from submissions.entries.transfers.policy import find_entry_to_send_to, find_going_transfer, find_transfer
from submissions.entries.transfers.refusals import AnotherWay, NoTransfer
from submissions.entries.transfers.rules import TransferState
from submissions.entries.views.arriving import announced, begin_transfer
from submissions.entries.views.blueprint import blueprint

JOINED = (
    '<?xml version="1.0" encoding="UTF-8"?><CompleteMultipartUploadResult><Location>{name}</Location>'
    "<Key>{name}</Key></CompleteMultipartUploadResult>"
)


@blueprint.post("/entries/<public_id>/multiparts")
@audience("verified")
@opens_write_late
def begin_multipart(public_id: str) -> tuple[Response, int]:
    """Open an upload in parts."""
    find_entry_to_send_to(current_session(), public_id, current_user)
    part_bytes, said = _incoming().part_bytes, request.get_json()
    file = announced(str(said.get("file_name", "")), said.get("bytes"), str(said.get("fingerprint", "")))
    transfer = begin_transfer(public_id, file)
    place = {"id": transfer.public_id, "multipart": transfer.multipart_id, "part_bytes": part_bytes}
    return jsonify(**place, here=arrived_bytes(transfer)), 201


@blueprint.get("/transfers/<public_id>/parts")
@audience("verified")
def list_parts(public_id: str) -> Response:
    """Where the bucket says which parts it has."""
    transfer = find_going_transfer(current_session(), public_id, current_user, request_now())
    return jsonify(url=_incoming().list_address(public_id, transfer.multipart_id or ""))


@blueprint.get("/transfers/<public_id>/parts/<int:number>")
@audience("verified")
def part_address(public_id: str, number: int) -> Response:
    """Where the bytes of a part may be put, so many and no more."""
    transfer, incoming = find_going_transfer(current_session(), public_id, current_user, request_now()), _incoming()
    length = min(incoming.part_bytes, transfer.bytes - (number - 1) * incoming.part_bytes)
    if number < 1 or length < 1:
        raise NoTransfer
    return jsonify(url=incoming.part_address(public_id, transfer.multipart_id or "", number, length))


@blueprint.post("/transfers/<public_id>/complete")
@audience("verified")
@opens_write_late
def complete(public_id: str) -> Response:
    """Check that all parts are there, join them, and let a job look into the file. Twice does no harm."""
    transfer, incoming = find_transfer(current_session(), public_id, current_user), _incoming()
    if transfer.state is TransferState.BEGUN:
        find_going_transfer(current_session(), public_id, current_user, request_now())
        current_session().close()
        incoming.complete(public_id, transfer.multipart_id or "", transfer.bytes)
        session = start_writing()
        whole = find_transfer(session, public_id, current_user)
        service.finish(session, transfer=whole, actor=current_user, now=utc_now())
    return make_response(JOINED.format(name=escape(public_id)), 200, {"Content-Type": "application/xml"})


def _incoming() -> Multipart:
    incoming = current_storage().incoming
    if not isinstance(incoming, Multipart):
        raise AnotherWay
    return incoming
