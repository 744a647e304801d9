"""Still images on the application's host; and what this room adds to the server, the job process and other pages."""

from flask import Blueprint, Flask, Response, abort
from flask_login import current_user

from hackaviz.kernel.jobs import Work
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.hosts import ByHost
from hackaviz.web.jobs import declare_work
from hackaviz.web.storage import current_storage
from submissions.entries.registry import entry_registry
from submissions.viewer.content.application import create_content_app
from submissions.viewer.content.blobs import drawn_blob, send_blob
from submissions.viewer.frame import check_part
from submissions.viewer.policy import find_preview, is_public
from submissions.viewer.previews import Studio
from submissions.viewer.service import WORK, ask_for_preview

blueprint = Blueprint("viewer", __name__)
PUBLIC_SECONDS = 86_400


def register(app: Flask) -> None:
    """Add the address of still images, the content host, the work of the job process, and the frame on drafts."""
    app.register_blueprint(blueprint)
    app.extensions["hackaviz.content"] = content = create_content_app(app)
    urls = {"base_url": app.config["BASE_URL"], "content_url": app.config["CONTENT_URL"]}
    app.wsgi_app = ByHost(app.wsgi_app, content, **urls)  # type: ignore[method-assign]
    studio = Studio(app, app.extensions["hackaviz.storage"])
    declare_work(app, Work(WORK, studio.make_due))
    entries = entry_registry(app)
    entries.on_upload_accepted.append(ask_for_preview)
    entries.work_parts.append(check_part)


@blueprint.get("/previews/<public_id>/<any(large, small):size>.webp")
@audience("public")
def preview(public_id: str, size: str) -> Response:
    """A still image, for whoever may see the work."""
    now = request_now()
    found = find_preview(current_session(), public_id, current_user, now)
    key = found.large_key if size == "large" else found.small_key
    if key is None:
        abort(404)
    cache = f"public, max-age={PUBLIC_SECONDS}" if is_public(found.upload, now) else "private, no-store"
    return send_blob(drawn_blob(key, current_storage().size(key)), cache=cache)
