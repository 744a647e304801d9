"""A public work in other places: the picture of a post, the frame in a page, oEmbed, the feed of an edition."""

import re

from flask import Blueprint, Response, abort, current_app, jsonify, make_response, render_template, request
from flask_babel import lazy_gettext as _l
from flask_login import AnonymousUserMixin

from challenges.editions.navigation import show_edition
from challenges.editions.policy import find_edition
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.security import let_others_frame
from submissions.entries.models import Entry
from submissions.gallery.feed import as_atom, feed_of
from submissions.gallery.kept_card import answer_with_card
from submissions.gallery.policy import find_entry
from submissions.gallery.sharing import absolute, address_of, oembed_answer
from submissions.viewer.addresses import Purpose
from submissions.viewer.frame import frame_of
from submissions.viewer.queries import preview_of

NOBODY = AnonymousUserMixin()
ENTRY_PATH = re.compile(r"/entries/([0-9a-z]+)/?(?:[?#].*)?")
NOT_IMPLEMENTED = 501


def add_views(blueprint: Blueprint) -> None:
    """Add the addresses to the blueprint of the gallery."""
    blueprint.get("/entries/<public_id>/card.jpg")(card)
    blueprint.get("/entries/<public_id>/embed")(embed)
    blueprint.get("/oembed")(oembed)
    blueprint.get("/editions/<edition_slug>/feed.atom")(feed)


def _public_entry(public_id: str) -> Entry:
    """The entry, if everybody may see it: what leaves the site is the same whoever asks."""
    entry = find_entry(current_session(), public_id, NOBODY, request_now())
    show_edition(entry.edition)
    return entry


@audience("public")
def card(public_id: str) -> Response:
    """The picture that stands for a work in messages and posts."""
    entry = _public_entry(public_id)
    assert entry.current_version is not None
    preview = preview_of(current_session(), entry.current_version.upload)
    if preview is None or preview.large_key is None:
        abort(404)
    title, credit = entry.current_version.manifest["title"], f"{entry.team.name} · {entry.edition.organiser_name}"
    return answer_with_card(public_id, preview.large_key, title=title, credit=credit)


@audience("public")
def embed(public_id: str) -> Response:
    """A work for the pages of other sites: nothing of a reader is known or kept here."""
    entry, now = _public_entry(public_id), request_now()
    assert entry.current_version is not None
    version, sheet = entry.current_version, entry.current_version.manifest
    texts = {"title": sheet["title"], "alt": sheet["text_alternative"]}
    frame = frame_of(current_session(), version.upload, **texts, now=now, purpose=Purpose.EMBED)
    page = render_template(
        "submissions/gallery/embed.html", entry=entry, sheet=sheet, frame=frame, address=address_of(entry)
    )
    let_others_frame()
    response = make_response(page)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@audience("public")
def oembed() -> Response:
    """What oEmbed 1.0 says of the work at an address of ours; JSON only."""
    if request.args.get("format", "json") != "json":
        abort(NOT_IMPLEMENTED)
    path = request.args.get("url", "").removeprefix(current_app.config["BASE_URL"])
    asked = ENTRY_PATH.fullmatch(path)
    if asked is None or path == request.args.get("url"):
        raise NotFound(_l("There is no work at this address, or it is not public yet."))
    sizes = (request.args.get(name, type=int) for name in ("maxwidth", "maxheight"))
    answer = jsonify(oembed_answer(_public_entry(asked[1]), *(size if size and size > 0 else None for size in sizes)))
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@audience("public")
def feed(edition_slug: str) -> Response:
    """The news of an edition, the same for everybody."""
    edition = find_edition(current_session(), edition_slug, NOBODY)
    document = as_atom(feed_of(current_session(), edition, request_now()), absolute(request.full_path.rstrip("?")))
    response = Response(document, content_type="application/atom+xml; charset=utf-8")
    response.add_etag()
    response.make_conditional(request)
    return response
