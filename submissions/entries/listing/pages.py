"""What the pages about listings show, gathered for their templates."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import ngettext
from sqlalchemy.orm import Session

from challenges.editions.aims.queries import aims_are_declared, aims_of
from challenges.editions.aims.rules import AimKind
from challenges.editions.models import Edition
from challenges.editions.registry import WaitingItem
from challenges.editions.rules import results_are_public
from submissions.entries.listing.models import ListingState
from submissions.entries.listing.queries import contributions, count_in_state
from submissions.entries.listing.rules import matrix


def matrix_page(session: Session, edition: Edition, now: datetime) -> dict[str, Any]:
    """Ambitions × objectives with the listed works; before the results only the aims."""
    ambitions, objectives = (aims_of(edition, kind) for kind in AimKind)
    is_public = results_are_public(edition, now)
    works = contributions(session, edition) if is_public else []
    slugs = [[aim.slug for aim in aims] for aims in (ambitions, objectives)]
    return {
        "edition": edition,
        "is_public": is_public,
        "works": works,
        "objectives": [(aim, sum(aim.slug in work.objectives for work in works)) for aim in objectives],
        "rows": list(zip(ambitions, matrix(slugs[0], slugs[1], works), strict=True)),
    }


def edition_part(_session: Session, edition: Edition, now: datetime) -> dict[str, Any] | None:
    """The aims on the page of the edition, with the way to the matrix."""
    if not aims_are_declared(edition):
        return None
    ambitions, objectives = (aims_of(edition, kind) for kind in AimKind)
    return {"ambitions": ambitions, "objectives": objectives, "is_public": results_are_public(edition, now)}


def waiting(session: Session, edition: Edition, now: datetime) -> list[WaitingItem]:
    """Handed-in entries whose listing is not decided, once hand-in is over."""
    if not aims_are_declared(edition) or now <= edition.submission_closes_at:
        return []
    pending = count_in_state(session, edition, ListingState.PENDING)
    label = ngettext("listing to decide", "listings to decide", pending)
    url = url_for("entries.listings", edition_slug=edition.slug, state=ListingState.PENDING.value)
    return [WaitingItem(pending, label, url)]
