"""The addresses of the content host. The token in an address is the only right to it; there are no cookies here."""

from typing import Any

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirection

from hackaviz.kernel.bilingual import LANGUAGES
from hackaviz.kernel.storage import BlobMissing
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.language import speaking
from hackaviz.web.templating import is_archive
from submissions.viewer.addresses import Grant, Purpose, read_token
from submissions.viewer.content.blobs import drawn_blob, kept_until, send_blob
from submissions.viewer.content.headers import alone_policy, work_policy
from submissions.viewer.content.kind_pages import NOTEBOOK, context_of, page_of
from submissions.viewer.content.shelf import ShownWork, shown_blob, shown_work
from submissions.viewer.models import Preview
from submissions.viewer.paths import SITE, first_path, is_first, raw_path
from submissions.viewer.queries import preview_of
from submissions.viewer.redrawing import have_made_again
from submissions.viewer.service import draw_again

blueprint = Blueprint("content", __name__)
DOCUMENT, PAGE = "pdf", "page-"
# Kinds whose viewers get pictures that a job has drawn: of an image only where it is too large to be shown itself.
DRAWN = (DOCUMENT, "image")


@blueprint.get("/w/<token>/", defaults={"path": ""})
@blueprint.get("/w/<token>/<path:path>")
@audience("public")
def work(token: str, path: str) -> Response | Redirection:
    """What opens first, or a file of the work."""
    grant = _grant(token, Purpose.SHOW, Purpose.EMBED)
    shown = _work(grant)
    where = {"is_first": is_first(shown, path), "is_embedded": grant.purpose is Purpose.EMBED}
    g.live_hosts = shown.live_hosts
    g.policy = work_policy(token, **where, live_hosts=shown.live_hosts)
    if path == "" and shown.kind == SITE:
        return redirect(url_for(".work", token=token, path=first_path(shown)))
    if path == "" and (template := page_of(shown)):
        return _page(template, shown, grant)
    if shown.kind in DRAWN and path.startswith(PAGE):
        return _document_page(shown, path, grant)
    return _file(shown, path, grant)


@blueprint.get("/alone/<token>/")
@audience("public")
def alone(token: str) -> Response:
    """A work in a window of its own. It stands in a frame here too: opened by itself it could leave for any address."""
    grant = _grant(token, Purpose.SHOW)
    url = url_for(".work", token=token, path=first_path(_work(grant)))
    response = make_response(render_template("submissions/viewer/content/alone.html", url=url))
    g.policy = alone_policy()
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/download/<token>")
@audience("public")
def download(token: str) -> Response | Redirection:
    """The file as it was sent, to keep."""
    grant = _grant(token, Purpose.DOWNLOAD)
    shown = _work(grant)
    response = _file(shown, raw_path(shown), grant)
    response.headers["Content-Disposition"] = f'attachment; filename="{raw_path(shown)}"'
    return response


def _grant(token: str, *purposes: Purpose) -> Grant:
    grant = read_token(token, request_now(), *purposes)
    g.language = grant.language
    return grant


def _work(grant: Grant) -> ShownWork:
    return shown_work(grant.upload, request_now()) or abort(404)


def _file(shown: ShownWork, path: str, grant: Grant) -> Response | Redirection:
    now = request_now()
    found = shown_blob(shown, path, now)
    if found is None:
        return _folder(shown, path)
    blob, is_final = found
    return send_blob(blob, cache=kept_until(now, grant.expires_at) if is_final else "no-cache")


def _folder(shown: ShownWork, path: str) -> Redirection:
    """A folder that was asked for without its slash: its index refers to files beside it."""
    if path.endswith("/") or shown.kind != SITE or shown_blob(shown, f"{path}/", request_now()) is None:
        abort(404)
    return redirect(f"{path.rpartition('/')[2]}/")


def _page(template: str, shown: ShownWork, grant: Grant) -> Response:
    preview = preview_of(current_session(), shown) if shown.kind in DRAWN else None
    is_due = preview is not None and preview.state == "due"
    pages = [(f"{PAGE}{number}.webp", page) for number, page in enumerate(_pages(preview), start=1)]
    context = {"file": raw_path(shown), "pages": pages, "is_due": is_due} | context_of(shown)
    response = make_response(
        render_template(f"submissions/viewer/content/{template}", **context, closer_words=_closer_words())
    )
    is_whole = pages or not (is_due or shown.kind in (DOCUMENT, NOTEBOOK))
    response.headers["Cache-Control"] = kept_until(request_now(), grant.expires_at) if is_whole else "no-store"
    return response


def _closer_words() -> dict[str, dict[str, str]]:
    """What stands on the button that comes closer, by language: an archived page is one for readers of both."""
    words = {}
    for language in LANGUAGES if is_archive() else (g.language,):
        with speaking(language):
            words[language] = {"closer": _("Enlarge"), "whole": _("See it whole")}
    return words


def _pages(preview: Preview | None) -> list[dict[str, Any]]:
    return preview.pages if preview is not None else []


def _document_page(shown: ShownWork, path: str, grant: Grant) -> Response:
    preview = preview_of(current_session(), shown)
    pages = _pages(preview)
    number = path.removeprefix(PAGE).removesuffix(".webp")
    if preview is None or not number.isascii() or not number.isdigit() or not 1 <= int(number) <= len(pages):
        abort(404)
    page = pages[int(number) - 1]
    try:
        return send_blob(drawn_blob(page["key"], page["bytes"]), cache=kept_until(request_now(), grant.expires_at))
    except BlobMissing:
        have_made_again(draw_again, preview.id)
        abort(404)
