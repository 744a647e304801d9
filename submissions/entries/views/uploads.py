"""Sending a file: streamed to disk, judged in a confined process, and only then noted in one short transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from flask import current_app, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from hackaviz.kernel.errors import Invalid
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, opens_write_late, start_writing
from hackaviz.web.errors import wants_json
from hackaviz.web.once import makes_once
from hackaviz.web.storage import current_storage
from submissions.entries import service
from submissions.entries.deadlines import require_open_draft
from submissions.entries.models import Upload
from submissions.entries.pages import was_refused
from submissions.entries.policy import find_own_entry
from submissions.entries.reception import Received, examine, kept_on_disk
from submissions.entries.refusals import FileTooLarge
from submissions.entries.views.blueprint import Answer, blueprint
from submissions.entries.views.draft import edit_page
from submissions.entries.wording import reasons_in_words
from submissions.intake.limits import Limits

RAW = "application/octet-stream"
# What a form adds around a file: its boundaries, names and other fields.
FORM_BYTES = 64 * 1024


@dataclass(frozen=True)
class SentFile:
    """A file of this request, on disk, and the name it had on the sender's computer."""

    path: Path
    name: str


@blueprint.url_value_preprocessor
def _cap_body(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Before anything reads the body: one that is too large is refused at its first line, or while it arrives.
    if endpoint in {"entries.upload", "entries.send_piece", "entries.send_annex"}:
        limit = current_app.config["UPLOAD_LIMIT_BYTES"]
        request.max_content_length = limit + FORM_BYTES
        if (request.content_length or 0) > limit + FORM_BYTES:
            raise FileTooLarge(limit)


@blueprint.post("/entries/<public_id>/upload")
@audience("verified")
@opens_write_late
@makes_once
def upload(public_id: str) -> Answer:
    """Take one file, as a form or as a raw body named by `?name=`."""
    require_open_draft(find_own_entry(current_session(), public_id, current_user), request_now())
    # A slow upload holds neither a connection nor a lock.
    current_session().close()
    with _sent_file(current_app.config["UPLOAD_LIMIT_BYTES"]) as sent:
        received = _examine(sent)
    return _answer(public_id, _note(public_id, received))


@contextmanager
def _sent_file(limit: int) -> Iterator[SentFile]:
    stream, name = _raw_body() if request.mimetype == RAW else _form_file()
    if not name:
        raise Invalid(_l("No file was sent. Choose one, then send it."))
    with kept_on_disk(stream, limit) as path:
        yield SentFile(path, name)


def _raw_body() -> tuple[BinaryIO, str]:
    return cast(BinaryIO, request.stream), request.args.get("name", "")


def _form_file() -> tuple[BinaryIO, str]:
    file = request.files.get("file", FileStorage())
    return cast(BinaryIO, file.stream), file.filename or ""


def _examine(sent: SentFile) -> Received:
    limits = Limits(bytes=current_app.config["UPLOAD_LIMIT_BYTES"])
    antivirus_url = current_app.config["ANTIVIRUS_URL"]
    return examine(sent.path, sent.name, storage=current_storage(), limits=limits, antivirus_url=antivirus_url)


def _note(public_id: str, received: Received) -> Upload:
    session = start_writing()
    entry = find_own_entry(session, public_id, current_user)
    return service.receive_upload(session, entry=entry, received=received, actor=current_user, now=request_now())


def _answer(public_id: str, upload: Upload) -> Answer:
    url = url_for(".edit", public_id=public_id, _anchor="files")
    reasons = reasons_in_words(upload)
    if wants_json():
        answer = {"state": upload.state.value, "file_name": upload.file_name, "reasons": reasons, "url": url}
        return jsonify(answer), 422 if was_refused(upload) else 200
    if was_refused(upload):
        return edit_page(public_id, refused_upload=upload, reasons=reasons), 422
    flash(_("%(name)s is received whole, and accepted.", name=upload.file_name), "ok")
    return redirect(url)
