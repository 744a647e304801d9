"""What the pages of the gallery show, gathered for their templates."""

from datetime import datetime
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from challenges.briefs.queries import published_challenges
from challenges.editions.models import Edition
from challenges.editions.navigation import editions_shown
from challenges.editions.rules import results_are_public
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.web.paging import asked_page
from hackaviz.web.templating import localized
from submissions.entries.models import Entry
from submissions.entries.policy import is_public
from submissions.entries.wording import KIND_WORDS
from submissions.gallery.queries import Wanted, first_cards, gallery_page
from submissions.gallery.registry import gallery_registry
from submissions.gallery.works import award_words, work_of
from submissions.teams.queries import names_in_public
from submissions.viewer.frame import frame_of

STRIP = 6


def wanted_works() -> Wanted:
    """What the address asks for; a kind that does not exist is no filter."""
    kind = request.args.get("kind")
    return Wanted(
        challenge=request.args.get("challenge") or None,
        kind=kind if kind in KIND_WORDS else None,
        text=request.args.get("q", "").strip(),
    )


def gallery_context(session: Session, edition: Edition, now: datetime) -> dict[str, Any]:
    """A page of works, and the filters."""
    wanted, awards = wanted_works(), gallery_registry().award_labels(session, edition, now)
    page = gallery_page(session, edition, wanted, awards, asked_page())
    challenges = [
        (challenge.slug, f"{challenge.number}. {localized(challenge.title)}")
        for challenge in published_challenges(session, edition)
    ]
    return {
        "edition": edition,
        "page": page,
        "works": [work_of(row, awards) for row in page.rows],
        "wanted": wanted,
        "challenges": challenges,
        "kinds": KIND_WORDS.items(),
        "chips": _chips(edition, wanted, dict(challenges)),
    }


def _chips(edition: Edition, wanted: Wanted, challenges: dict[str, str]) -> list[tuple[str, str]]:
    chosen: dict[str, Any] = {"challenge": wanted.challenge, "kind": wanted.kind, "q": wanted.text or None}
    words = {
        "challenge": challenges.get(wanted.challenge or "", wanted.challenge),
        "kind": KIND_WORDS.get(wanted.kind or ""),
        "q": _("“%(text)s”", text=wanted.text),
    }
    return [
        (str(words[name]), url_for("gallery.gallery", edition_slug=edition.slug, **{**chosen, name: None}))
        for name, value in chosen.items()
        if value
    ]


def entry_context(session: Session, entry: Entry, now: datetime) -> dict[str, Any]:
    """The page of an entry, from the version that counts."""
    version, edition = entry.current_version, entry.edition
    assert version is not None
    sheet = version.manifest
    awards = gallery_registry().award_labels(session, edition, now)
    return {
        "entry": entry,
        "edition": edition,
        "version": version,
        "sheet": sheet,
        "members": names_in_public(session, edition, entry.team)[entry.team_id],
        "citations": _citations(sheet),
        "frame": frame_of(
            session,
            version.upload,
            title=sheet["title"],
            alt=sheet["text_alternative"],
            now=now,
            may_download=True,
        ),
        "award": award_words(awards.get(entry.public_id, ())),
        "is_public": is_public(entry, now),
        "now": now,
    }


def _citations(sheet: dict[str, Any]) -> list[tuple[str, Bilingual, str]]:
    return [(cited["dataset"], Bilingual(**cited["title"]), cited["usage"]) for cited in sheet.get("citations", [])]


def hero_part(session: Session, _edition: Edition, now: datetime) -> dict[str, Any] | None:
    """One work very large on the home page: of the newest edition with results, an awarded one if there is any."""
    return _shown_at_home(session, now, size="large", first=0, count=1)


def strip_part(session: Session, _edition: Edition, now: datetime) -> dict[str, Any] | None:
    """The works after that one."""
    return _shown_at_home(session, now, size="small", first=1, count=STRIP)


def _shown_at_home(session: Session, now: datetime, *, size: str, first: int, count: int) -> dict[str, Any] | None:
    newest = next((each for each in editions_shown() if results_are_public(each, now)), None)
    if newest is None:
        return None
    awards = gallery_registry().award_labels(session, newest, now)
    rows = first_cards(session, newest, awards, 1 + STRIP)[first : first + count]
    works = [work_of(row, awards, size=size) for row in rows]
    return {"works": works, "of_edition": newest} if works else None
