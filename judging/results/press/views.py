"""The press kit and the share card of the results."""

from io import BytesIO
from typing import IO

from flask import Blueprint, Flask, Response, abort, current_app
from flask_babel import gettext as _
from flask_login import AnonymousUserMixin, current_user
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.language import speaking
from hackaviz.web.storage import current_storage
from judging.results.archives import as_zip
from judging.results.models import Publication
from judging.results.policy import find_shown
from judging.results.press.kit import press_kit
from judging.results.reading import awards_in
from submissions.entries.models import Upload
from submissions.entries.queries import kept_from_public
from submissions.gallery.kept_card import answer_with_card
from submissions.gallery.page_cache import PageCache
from submissions.gallery.queries import state_of_things
from submissions.viewer.models import Preview

blueprint = Blueprint("press", __name__, url_prefix="/editions/<edition_slug>/results")
NOBODY = AnonymousUserMixin()
MOST_KITS, LARGEST_KEPT = 4, 5_000_000


def register(app: Flask) -> None:
    """Add the addresses."""
    app.register_blueprint(blueprint)
    app.extensions["hackaviz.press_kits"] = PageCache(MOST_KITS)


@blueprint.get("/press-kit.zip")
@audience("public")
def kit(edition_slug: str) -> AnyResponse:
    """Texts, images and logos: for organisers from the day the results are prepared, for all from the embargo on."""
    session = current_session()
    edition = find_edition(session, edition_slug, current_user)
    publication = find_shown(session, edition, current_user, request_now())
    return as_zip(_kit_of(session, edition, publication), f"{edition.slug}.zip")


def _kit_of(session: Session, edition: Edition, publication: Publication) -> IO[bytes]:
    """The kit, kept in this process until something changes, unless it is large."""
    kits: PageCache[bytes] = current_app.extensions["hackaviz.press_kits"]
    asked = (publication.id, state_of_things(session), request_now())
    kept = kits.find(*asked)
    if kept is not None:
        return BytesIO(kept)
    packed = press_kit(session, edition, publication, current_storage())
    start = packed.read(LARGEST_KEPT + 1)
    packed.seek(0)
    if len(start) <= LARGEST_KEPT:
        kits.keep(*asked, start)
    return packed


@blueprint.get("/card-<any(fr, en):language>.jpg")
@audience("public")
def card(edition_slug: str, language: str) -> Response:
    """The picture that stands for the results in messages and posts: the first work that won."""
    session = current_session()
    edition = find_edition(session, edition_slug, NOBODY)
    publication = find_shown(session, edition, NOBODY, request_now())
    still = _first_still(session, edition, publication)
    if still is None:
        abort(404)
    with speaking(language):
        title = _("%(edition)s: the results", edition=edition.title.in_language(language))
    return answer_with_card(("results", edition.id, language), still, title=title, credit=edition.organiser_name)


def _first_still(session: Session, edition: Edition, publication: Publication) -> str | None:
    hidden = kept_from_public(session, edition)
    uploads = [
        each.entry["upload"] for each in awards_in(publication.snapshot) if each.entry["public_id"] not in hidden
    ]
    query = select(Preview.large_key).join(Upload, Upload.id == Preview.upload_id)
    return session.scalar(query.where(Upload.public_id == uploads[0])) if uploads else None
