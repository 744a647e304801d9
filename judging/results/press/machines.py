"""The results in the vocabulary of schema.org."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from challenges.editions.models import Edition
from hackaviz.web.language import current_language
from judging.results.models import Publication
from judging.results.reading import ShownAward, sponsors_in
from submissions.gallery.sharing import absolute


def about_results(
    edition: Edition, publication: Publication, awards: Sequence[ShownAward], hidden: set[str]
) -> dict[str, Any]:
    """The contest as an event, with the works that won. Works in `hidden` are named, without an address."""
    language = current_language()
    page = absolute(url_for("results.results", edition_slug=edition.slug))
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": page,
        "url": page,
        "name": edition.title.in_language(language),
        "description": edition.tagline.in_language(language),
        "startDate": edition.submission_opens_at.isoformat(),
        "endDate": publication.public_at.isoformat(),
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "image": absolute(url_for("press.card", edition_slug=edition.slug, language=language)),
        "inLanguage": language,
        "organizer": {"@type": "Organization", "name": edition.organiser_name, "email": edition.contact_email},
        "sponsor": [{"@type": "Organization", "name": line.sponsor} for line in sponsors_in(publication.snapshot)],
        "workFeatured": [_work(award, language, hidden) for award in awards],
    }


def _work(award: ShownAward, language: str, hidden: set[str]) -> dict[str, Any]:
    entry = award.entry
    work = {
        "@type": "CreativeWork",
        "name": entry["title"],
        "creator": {"@type": "Organization", "name": entry["team"]},
        "award": award.prize.in_language(language),
    }
    if entry["public_id"] not in hidden:
        work["url"] = absolute(url_for("gallery.entry", public_id=entry["public_id"]))
    return work
