"""The page of the ceremony: organisers alone before the embargo, everybody after it."""

from flask import Blueprint, Flask, render_template
from flask_login import current_user

from challenges.editions.policy import find_edition
from challenges.editions.rules import results_are_public
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from judging.results.ceremony.rules import in_order_of_reveal
from judging.results.policy import find_shown
from judging.results.reading import awards_in
from judging.results.works import live_works

blueprint = Blueprint("ceremony", __name__, url_prefix="/editions/<edition_slug>")


def register(app: Flask) -> None:
    """Add the page."""
    app.register_blueprint(blueprint)


@blueprint.get("/ceremony")
@audience("public")
def ceremony(edition_slug: str) -> str:
    """Every prize, one after the other; all that it shows is loaded at once, so that the network may go."""
    session, now = current_session(), request_now()
    edition = find_edition(session, edition_slug, current_user)
    publication = find_shown(session, edition, current_user, now)
    awards = in_order_of_reveal(awards_in(publication.snapshot))
    return render_template(
        "judging/results/ceremony/ceremony.html",
        edition=edition,
        awards=awards,
        frames=live_works(session, edition, awards, now),
        is_public=results_are_public(edition, now),
    )
