"""The sealed file of published results, for whoever wants to compute them again."""

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.policy import find_edition
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from judging.results.queries import public_publications
from judging.results.views import blueprint
from judging.sealing.queries import seal_by_number
from judging.sealing.views import as_file


def register(_app: Flask) -> None:
    """Nothing to add: the page stands on the blueprint of results."""


@blueprint.get("/results/seal-<int:number>.json")
@audience("public")
def public_seal(edition_slug: str, number: int) -> Response:
    """The public form of the seal of a publication whose embargo is over."""
    session = current_session()
    edition = find_edition(session, edition_slug, current_user)
    public = {
        each.snapshot.get("seal", {}).get("number") for each in public_publications(session, edition, request_now())
    }
    found = seal_by_number(session, edition, number) if number in public else None
    if found is None:
        raise NotFound(_l("There is no such seal of these results."))
    return as_file(found.public, f"{edition_slug}-{number}.json", "application/json")
