"""What the page of results shows, published or as a preview."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.web.language import current_language
from hackaviz.web.templating import is_archive
from judging.results.changes import Change, changes_between
from judging.results.models import Publication
from judging.results.money_flows import money_flows
from judging.results.press.machines import about_results
from judging.results.queries import standing_publication
from judging.results.reading import awards_in, panels_in, sponsors_in
from judging.results.rules import seal
from judging.results.snapshot import take_snapshot
from judging.results.works import live_works
from submissions.entries.queries import kept_from_public
from submissions.gallery.sharing import absolute


def results_context(
    session: Session, edition: Edition, shown: Publication, publications: Sequence[Publication], now: datetime
) -> dict[str, Any]:
    """A publication, with the works that won live; an archive, which no server answers, shows still images."""
    awards = awards_in(shown.snapshot)
    hidden = kept_from_public(session, edition)
    return {
        "edition": edition,
        "publication": shown,
        "is_prepared": is_prepared(shown),
        "publications": publications,
        "changes": _changes(shown, publications),
        "snapshot": shown.snapshot,
        "awards": awards,
        "panels": panels_in(shown.snapshot),
        "sponsors": sponsors_in(shown.snapshot),
        "flows": money_flows(awards),
        # A snapshot is sealed, a consent may be taken back: works are named, and no longer shown.
        "hidden": hidden,
        "frames": {} if is_archive() else live_works(session, edition, awards, now),
        "about": about_results(edition, shown, awards, hidden),
        "address": absolute(url_for("results.results", edition_slug=edition.slug)),
        "card": absolute(url_for("press.card", edition_slug=edition.slug, language=current_language())),
    }


def _changes(shown: Publication, publications: Sequence[Publication]) -> Sequence[Change]:
    """What a correction changed of the publication that was in force before it."""
    before = next((each for each in publications if each.number < shown.number), None)
    return changes_between(before.snapshot, shown.snapshot) if before is not None else ()


def is_prepared(shown: Publication) -> bool:
    """Whether it is kept, so that a ceremony and a press kit can be made of it."""
    return shown.id is not None


def as_it_would_be(session: Session, edition: Edition, now: datetime) -> Publication:
    """The publication that waits, or what would be published now, for organisers; the latter is not kept."""
    waiting = standing_publication(session, edition)
    if waiting is not None:
        return waiting
    snapshot = take_snapshot(session, edition, now)
    dates = {"public_at": max(edition.results_expected_at, now), "prepared_at": now, "withdrawn_at": None}
    return Publication(number=1, reason="", snapshot=snapshot, snapshot_sha256=seal(snapshot), **dates)
