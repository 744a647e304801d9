"""The addresses of the content host. The token in an address is the only right to it; there are no cookies here."""

from typing import Any

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirection

from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from submissions.entries.models import Upload
from submissions.viewer.addresses import Grant, Purpose, read_token
from submissions.viewer.content.blobs import Blob, drawn_blob, kept_until, send_blob
from submissions.viewer.content.headers import alone_policy, work_policy
from submissions.viewer.models import Preview
from submissions.viewer.paths import SITE, first_path, is_first, raw_path, stored_path
from submissions.viewer.queries import accepted_upload, file_of, preview_of

blueprint = Blueprint("content", __name__)
DOCUMENT, PAGE = "pdf", "page-"
# Kinds whose single file a browser does not show as it should: a page of ours shows it.
SHOWN_IN_A_PAGE = {"image": "image.html", "pdf": "pdf.html", "plotly": "plotly.html"}


@blueprint.get("/w/<token>/", defaults={"path": ""})
@blueprint.get("/w/<token>/<path:path>")
@audience("public")
def work(token: str, path: str) -> Response | Redirection:
    """What opens first, or a file of the work."""
    grant = read_token(token, Purpose.SHOW, request_now())
    upload = _upload(grant)
    g.policy = work_policy(token, is_first=is_first(upload, path))
    if path == "" and upload.kind == SITE:
        return redirect(url_for(".work", token=token, path=first_path(upload)))
    if path == "" and upload.kind in SHOWN_IN_A_PAGE:
        return _page(SHOWN_IN_A_PAGE[upload.kind], upload, grant)
    if upload.kind == DOCUMENT and path.startswith(PAGE):
        return _document_page(upload, path, grant)
    return _file(upload, path, grant)


@blueprint.get("/alone/<token>/")
@audience("public")
def alone(token: str) -> Response:
    """A work in a window of its own. It stands in a frame here too: opened by itself it could leave for any address."""
    grant = read_token(token, Purpose.SHOW, request_now())
    url = url_for(".work", token=token, path=first_path(_upload(grant)))
    response = make_response(render_template("submissions/viewer/content/alone.html", url=url))
    g.policy = alone_policy()
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/download/<token>")
@audience("public")
def download(token: str) -> Response:
    """The file as it was sent, to keep."""
    grant = read_token(token, Purpose.DOWNLOAD, request_now())
    upload = _upload(grant)
    response = _file(upload, raw_path(upload), grant)
    response.headers["Content-Disposition"] = f'attachment; filename="{raw_path(upload)}"'
    return response


def _upload(grant: Grant) -> Upload:
    return accepted_upload(current_session(), grant.upload) or abort(404)


def _file(upload: Upload, path: str, grant: Grant) -> Response:
    found = file_of(current_session(), upload, stored_path(upload, path)) or abort(404)
    blob = Blob(found.storage_key, found.bytes, found.sha256, found.media_type)
    return send_blob(blob, cache=kept_until(request_now(), grant.expires_at))


def _page(template: str, upload: Upload, grant: Grant) -> Response:
    preview = preview_of(current_session(), upload) if upload.kind == DOCUMENT else None
    pages = [(f"{PAGE}{number}.webp", page) for number, page in enumerate(_pages(preview), start=1)]
    context = {"file": raw_path(upload), "pages": pages, "is_due": preview is not None and preview.state == "due"}
    response = make_response(render_template(f"submissions/viewer/content/{template}", **context))
    is_whole = upload.kind != DOCUMENT or pages
    response.headers["Cache-Control"] = kept_until(request_now(), grant.expires_at) if is_whole else "no-store"
    response.vary.add("Accept-Language")
    return response


def _pages(preview: Preview | None) -> list[dict[str, Any]]:
    return preview.pages if preview is not None else []


def _document_page(upload: Upload, path: str, grant: Grant) -> Response:
    pages = _pages(preview_of(current_session(), upload))
    number = path.removeprefix(PAGE).removesuffix(".webp")
    if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= len(pages):
        abort(404)
    page = pages[int(number) - 1]
    return send_blob(drawn_blob(page["key"], page["bytes"]), cache=kept_until(request_now(), grant.expires_at))
