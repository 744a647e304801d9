"""Still images on the application's host; and what this room adds to the server, the job process and other pages."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Flask, Response, abort
from flask_login import current_user

from challenges.editions.registry import edition_registry
from hackaviz.kernel.jobs import Transaction, Work
from hackaviz.kernel.storage import BlobMissing
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.hosts import ByHost
from hackaviz.web.jobs import declare_work
from hackaviz.web.storage import current_storage
from submissions.entries.registry import entry_registry
from submissions.viewer.checks import views as checks
from submissions.viewer.checks.making import Checker
from submissions.viewer.checks.pages import refusals, summary_lines, summary_part
from submissions.viewer.checks.service import ask_for_check
from submissions.viewer.checks.wording import CODE_WORDS
from submissions.viewer.commands import commands
from submissions.viewer.content.application import create_content_app
from submissions.viewer.content.blobs import Blob, drawn_blob, send_blob
from submissions.viewer.copies.making import CopyMaker
from submissions.viewer.copies.service import ask_for_copy
from submissions.viewer.frame import check_part
from submissions.viewer.models import Preview
from submissions.viewer.policy import find_preview, is_public
from submissions.viewer.previews import Studio
from submissions.viewer.redrawing import label_while
from submissions.viewer.service import WORK, ask_for_preview, draw_again, release_works

blueprint = Blueprint("viewer", __name__)
PUBLIC_SECONDS = 86_400


def register(app: Flask) -> None:
    """Add the address of still images, the content host, the work of the job process, and the frame on drafts."""
    app.register_blueprint(blueprint)
    app.extensions["hackaviz.content"] = content = create_content_app(app)
    urls = {"base_url": app.config["BASE_URL"], "content_url": app.config["CONTENT_URL"]}
    app.wsgi_app = ByHost(app.wsgi_app, content, **urls)  # type: ignore[method-assign]
    app.register_blueprint(checks.blueprint)
    app.cli.add_command(commands)
    declare_work(app, Work(WORK, _steps(app), release_works))
    entries = entry_registry(app)
    entries.on_upload_accepted += [ask_for_copy, ask_for_check, ask_for_preview]
    entries.work_parts += [check_part, summary_part]
    entries.check_lines.append(summary_lines)
    entries.hindrances.append(refusals)
    edition_registry(app).checks += [(code.value, words) for code, words in CODE_WORDS.items()]


def _steps(app: Flask) -> Callable[[Transaction, datetime], bool]:
    """One unit of what is due: copies first, because all else looks at them, and a still as soon as it can be made."""
    storage = app.extensions["hackaviz.storage"]
    copies = CopyMaker(storage, app.config["BASE_URL"])
    steps = (copies.make_due, Studio(app, storage).make_due, Checker(app, storage).make_due)
    return lambda transaction, now: any(step(transaction, now) for step in steps)


@blueprint.get("/previews/<public_id>/<any(large, small):size>.webp")
@audience("public")
def preview(public_id: str, size: str) -> Response:
    """A still image, for whoever may see the work."""
    found = find_preview(current_session(), public_id, current_user, request_now())
    key = found.large_key if size == "large" else found.small_key
    if key is None:
        abort(404)
    return _send(found, lambda: drawn_blob(key, current_storage().size(key)))


@blueprint.get("/previews/<public_id>/<int:width>.<any(avif, webp):form>")
@audience("public")
def still(public_id: str, width: int, form: str) -> Response:
    """A still image in one of its widths, in a format that the browser chose."""
    found = find_preview(current_session(), public_id, current_user, request_now())
    file = next((each[form] for each in found.stills if each["width"] == width), None) or abort(404)
    return _send(found, lambda: drawn_blob(file["key"], file["bytes"], f"image/{form}"))


def _send(found: Preview, blob: Callable[[], Blob]) -> Response:
    is_open = is_public(found.upload, request_now())
    cache = f"public, max-age={PUBLIC_SECONDS}" if is_open else "private, no-store"
    try:
        return send_blob(blob(), cache=cache)
    except BlobMissing:
        return _label(found)


def _label(found: Preview) -> Response:
    upload = found.upload
    # Before the results a juror may ask, who must not read what tells of the team.
    name = upload.entry.title if is_public(upload, request_now()) else upload.entry.code
    return label_while(draw_again, found.id, upload, name)
