"""The press kit and the share card of the results."""

from flask import Blueprint, Flask, Response, abort
from flask_babel import gettext as _
from flask_login import AnonymousUserMixin, current_user
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from challenges.editions.policy import find_edition
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.language import current_language
from hackaviz.web.storage import current_storage
from judging.results.archives import as_zip
from judging.results.policy import find_shown
from judging.results.press.kit import press_kit
from judging.results.reading import awards_in
from submissions.entries.models import Upload
from submissions.entries.queries import kept_from_public
from submissions.gallery.card import draw_card
from submissions.viewer.models import Preview

blueprint = Blueprint("press", __name__, url_prefix="/editions/<edition_slug>/results")
NOBODY = AnonymousUserMixin()
DAY = "public, max-age=86400"


def register(app: Flask) -> None:
    """Add the addresses."""
    app.register_blueprint(blueprint)


@blueprint.get("/press-kit.zip")
@audience("public")
def kit(edition_slug: str) -> AnyResponse:
    """Texts, images and logos: for organisers from the day the results are prepared, for all from the embargo on."""
    session = current_session()
    edition = find_edition(session, edition_slug, current_user)
    publication = find_shown(session, edition, current_user, request_now())
    packed = press_kit(session, edition, publication, current_storage())
    return as_zip(packed, f"{edition.slug}.zip")


@blueprint.get("/card.jpg")
@audience("public")
def card(edition_slug: str) -> Response:
    """The picture that stands for the results in messages and posts: the first work that won."""
    session = current_session()
    edition = find_edition(session, edition_slug, NOBODY)
    publication = find_shown(session, edition, NOBODY, request_now())
    hidden = kept_from_public(session, edition)
    uploads = [
        each.entry["upload"] for each in awards_in(publication.snapshot) if each.entry["public_id"] not in hidden
    ]
    query = select(Preview.large_key).join(Upload, Upload.id == Preview.upload_id)
    key = session.scalar(query.where(Upload.public_id == uploads[0])) if uploads else None
    if key is None:
        abort(404)
    title = _("%(edition)s: the results", edition=edition.title.in_language(current_language()))
    with current_storage().open(key) as still:
        picture = draw_card(still, title, edition.organiser_name)
    return Response(picture, content_type="image/jpeg", headers={"Cache-Control": DAY})
