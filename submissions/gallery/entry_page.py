"""What the page of an entry shows, gathered for its template."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from hackaviz.kernel.bilingual import Bilingual
from hackaviz.web.language import current_language
from hackaviz.web.templating import localized
from submissions.entries.models import Entry
from submissions.entries.policy import is_public
from submissions.entries.sheet.wording import sheet_facts
from submissions.entries.wording import kind_word
from submissions.gallery.browsing import related_works
from submissions.gallery.citing import Citable, in_a_sentence, in_bibtex, in_csl_json
from submissions.gallery.pages import shelves_of
from submissions.gallery.queries import cards_of
from submissions.gallery.registry import gallery_registry
from submissions.gallery.sharing import about_work, address_of, card_url, embed_code, oembed_url
from submissions.gallery.works import award_words, work_of
from submissions.teams.queries import names_in_public
from submissions.viewer.frame import frame_of

MOST_RELATED = 3


def entry_context(session: Session, entry: Entry, now: datetime) -> dict[str, Any]:
    """The page of an entry, from the version that counts."""
    version, edition = entry.current_version, entry.edition
    assert version is not None
    sheet = version.manifest
    awards = gallery_registry().prizes_won(session, edition, now)
    members = names_in_public(session, edition, entry.team)[entry.team_id]
    citations = _citations(sheet)
    context = {
        "entry": entry,
        "edition": edition,
        "version": version,
        "sheet": sheet,
        "members": members,
        "citations": citations,
        "facts": sheet_facts(sheet),
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
    if context["is_public"]:
        context |= _shared(session, entry, context)
    return context


def _shared(session: Session, entry: Entry, page: dict[str, Any]) -> dict[str, Any]:
    """What only a public work has: how to share and cite it, and its neighbours."""
    cited = _citable(entry, page["members"])
    sources = [(str(localized(title)), slug) for slug, title, _usage in page["citations"]]
    return {
        "address": address_of(entry),
        "card": card_url(entry),
        "embed": embed_code(entry),
        "oembed": oembed_url(entry),
        "about": about_work(entry, page["members"], sources, page["award"]),
        "cite_as": [
            (_("Sentence"), in_a_sentence(cited)),
            ("BibTeX", in_bibtex(cited)),
            ("CSL-JSON", in_csl_json(cited)),
        ],
        "related": _related(session, entry, page["now"]),
    }


def _citations(sheet: dict[str, Any]) -> list[tuple[str, Bilingual, str]]:
    return [(cited["dataset"], Bilingual(**cited["title"]), cited["usage"]) for cited in sheet.get("citations", [])]


def _citable(entry: Entry, members: list[str]) -> Citable:
    version, edition = entry.current_version, entry.edition
    assert version is not None and edition.results_public_at is not None
    return Citable(
        title=version.manifest["title"],
        authors=members,
        team=entry.team.name,
        published=edition.results_public_at.date(),
        contest=edition.title.in_language(current_language()),
        publisher=edition.organiser_name,
        url=address_of(entry),
        medium=_("Data visualisation, %(kind)s", kind=kind_word(version.upload.kind)),
    )


def _related(session: Session, entry: Entry, now: datetime) -> list[Any]:
    shelves = shelves_of(session, entry.edition, now)
    mine = shelves.index.work(entry.public_id)
    if mine is None:
        return []
    near = related_works(shelves.index.works, mine, MOST_RELATED)
    return [work_of(row, shelves.awards) for row in cards_of(session, [work.public_id for work in near])]
