"""The answer to whoever asks for the picture of a post: drawn once, then kept in this process."""

from collections.abc import Hashable

from flask import Response, current_app

from hackaviz.web.clock import request_now
from hackaviz.web.storage import current_storage
from submissions.gallery.card import draw_card
from submissions.gallery.page_cache import PageCache

DAY = "public, max-age=86400"


def answer_with_card(name: Hashable, still: str, *, title: str, credit: str) -> Response:
    """The card of a still image, by its key in the storage. Its address must say all that it depends on."""
    cards: PageCache[bytes] = current_app.extensions["hackaviz.gallery_cards"]
    state, now = (still, title, credit), request_now()
    picture = cards.find(name, state, now)
    if picture is None:
        with current_storage().open(still) as stream:
            picture = draw_card(stream, title, credit)
        cards.keep(name, state, now, picture)
    return Response(picture, content_type="image/jpeg", headers={"Cache-Control": DAY})
