"""The public page of a challenge, and the list of challenges on the edition's pages."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from challenges.briefs.policy import find_challenge
from challenges.briefs.queries import announced_cents, challenge_lines
from challenges.briefs.rules import percentages
from challenges.briefs.wording import changes_in_words, label_text
from challenges.editions.models import Edition, Visibility
from challenges.editions.navigation import current_edition
from challenges.editions.policy import find_edition, may_organise
from challenges.editions.registry import PagePart, edition_registry
from challenges.editions.wording import countdown
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.templating import Link, Navigation, navigation_source

blueprint = Blueprint("briefs", __name__)
DATASETS_SHOWN = 8


def register(app: Flask) -> None:
    """Add the page, the list on the edition's pages, and the link in the header."""
    app.register_blueprint(blueprint)
    navigation_source(app, _add_link)
    app.jinja_env.globals["label_text"] = label_text
    part = PagePart(20, "challenges/briefs/_list.html", _list_part)
    edition_registry(app).page_parts.append(part)
    edition_registry(app).home_parts.append(part)


def _add_link(navigation: Navigation) -> None:
    edition = current_edition()
    if edition is not None and edition.visibility is Visibility.PUBLISHED:
        url = url_for("editions.edition", edition_slug=edition.slug, _anchor="challenges")
        navigation.links.append(Link(_("Challenges"), url, request.endpoint == "briefs.challenge"))


def _list_part(session: Session, edition: Edition, _now: datetime) -> dict[str, Any] | None:
    lines = challenge_lines(session, edition)
    return {"lines": lines, "announced_cents": announced_cents(session, edition)} if lines else None


@blueprint.get("/editions/<edition_slug>/challenges/<challenge_slug>")
@audience("public")
def challenge(edition_slug: str, challenge_slug: str) -> str:
    """What is asked, how it is judged, from which data, for which prizes."""
    session, now = current_session(), request_now()
    edition = find_edition(session, edition_slug, current_user)
    found = find_challenge(session, edition=edition, slug=challenge_slug, person=current_user)
    act_for = edition_registry().act_for
    return render_template(
        "challenges/briefs/challenge.html",
        edition=edition,
        challenge=found,
        now=now,
        percentages=percentages([criterion.weight for criterion in found.criteria]),
        first_datasets=found.datasets[:DATASETS_SHOWN],
        other_datasets=found.datasets[DATASETS_SHOWN:],
        copies=[copy for dataset in found.datasets for copy in dataset.snapshots],
        changes=changes_in_words(found),
        countdown=countdown(edition, now),
        act=act_for(session, edition, found.id, current_user, now) if act_for else None,
        organises=may_organise(current_user, edition),
    )
