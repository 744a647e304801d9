"""What the gallery and the home page show of works, gathered for their templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, g, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from challenges.briefs.queries import published_challenges
from challenges.catalogue.merging.queries import read_addresses
from challenges.catalogue.models import Dataset
from challenges.editions.models import Edition
from challenges.editions.navigation import editions_shown
from challenges.editions.rules import results_are_public
from hackaviz.kernel.identifiers import fold
from hackaviz.web.facets import FacetView, Option
from hackaviz.web.paging import Page, asked_page
from hackaviz.web.templating import localized
from submissions.entries.wording import kind_word
from submissions.gallery.browsing import (
    ANY_AWARD,
    AWARD,
    AWARDED,
    CHALLENGE,
    DATASET,
    FACETS,
    KIND,
    SORTS,
    Wanted,
    find_works,
)
from submissions.gallery.index import Awards, GalleryIndex, build_index
from submissions.gallery.page_cache import PageCache
from submissions.gallery.queries import cards_of, datasets_called, first_cards, rows_to_index, state_of_things
from submissions.gallery.registry import gallery_registry
from submissions.gallery.wording import facet_words, sort_words
from submissions.gallery.works import work_of

PAGE_SIZE, STRIP = 24, 6
LONGEST_QUERY = 200
# Options of a facet that show at once; the others are behind “more”.
FIRST_OPTIONS = 8


@dataclass(frozen=True)
class Shelves:
    """The index of an edition's works, and their prizes."""

    index: GalleryIndex
    awards: Awards


def shelves_of(session: Session, edition: Edition, now: datetime) -> Shelves:
    """The index of an edition, kept in this process until something changes."""
    cache: PageCache[Shelves] = current_app.extensions["hackaviz.gallery_shelves"]
    state = things_as_they_are(session)
    kept = cache.find(edition.id, state, now)
    if kept is None:
        awards = gallery_registry().prizes_won(session, edition, now)
        rows = rows_to_index(session, edition)
        present = read_addresses(rows[0].moved if rows else None)
        kept = Shelves(build_index(rows, awards, present), awards)
        cache.keep(edition.id, state, now, kept)
    return kept


def cited_datasets(session: Session, edition: Edition, now: datetime) -> Sequence[Dataset]:
    """The datasets that the works of an edition cite, as far as the catalogue still has them."""
    return datasets_called(session, shelves_of(session, edition, now).index.known[DATASET])


def things_as_they_are(session: Session) -> tuple[int, int]:
    """The state of things, asked once in a request."""
    if "state_of_things" not in g:
        g.state_of_things = state_of_things(session)
    state: tuple[int, int] = g.state_of_things
    return state


def wanted_works(index: GalleryIndex) -> Wanted:
    """What the address asks for; what no work has is no filter."""
    asked = {facet: index.known[facet].intersection(request.args.getlist(facet)) for facet in FACETS}
    sort, text = request.args.get("sort", AWARDED), request.args.get("q", "").strip()[:LONGEST_QUERY]
    chosen = {facet: values for facet, values in asked.items() if values}
    return Wanted(text, sort if sort in SORTS else AWARDED, chosen)


def gallery_context(session: Session, edition: Edition, now: datetime) -> dict[str, Any]:
    """A page of works, and the filters."""
    shelves = shelves_of(session, edition, now)
    wanted = wanted_works(shelves.index)
    found = find_works(shelves.index.works, wanted, list(shelves.awards))
    number = max(1, min(asked_page(), -(-len(found.works) // PAGE_SIZE)))
    shown = found.works[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    rows = cards_of(session, [work.public_id for work in shown])
    words = _words(session, edition, shelves.index)
    facets = [_facet(name, found.counts[name], wanted, words) for name in FACETS]
    return {
        "edition": edition,
        "page": Page(rows, number, PAGE_SIZE, len(found.works)),
        "works": [work_of(row, shelves.awards) for row in rows],
        "wanted": wanted,
        "facets": [facet for facet in facets if facet.options],
        "sorts": sort_words(),
        "chips": _chips(edition, wanted, facets),
    }


def _words(session: Session, edition: Edition, index: GalleryIndex) -> Mapping[tuple[str, str], str]:
    words = {key: str(localized(label)) for key, label in index.words.items()}
    for challenge in published_challenges(session, edition):
        words[CHALLENGE, challenge.slug] = f"{challenge.number}. {localized(challenge.title)}"
    return words | {(AWARD, ANY_AWARD): _("Any prize")}


def _facet(name: str, counts: Mapping[str, int], wanted: Wanted, words: Mapping[tuple[str, str], str]) -> FacetView:
    chosen = wanted.chosen.get(name, frozenset())

    def label(value: str) -> str:
        return kind_word(value) if name == KIND else words.get((name, value), value)

    values = {**dict.fromkeys(chosen, 0), **counts}
    options = [Option(value, label(value), count, value in chosen) for value, count in values.items()]
    if name == CHALLENGE:
        options.sort(key=lambda option: int(option.label.partition(".")[0]) if option.label[0].isdigit() else 999)
    else:
        options.sort(key=lambda option: (option.value != ANY_AWARD, -option.count, fold(option.label)))
    first = [option for place, option in enumerate(options) if place < FIRST_OPTIONS or option.chosen]
    return FacetView(name, facet_words()[name], first, [option for option in options if option not in first])


def _chips(edition: Edition, wanted: Wanted, facets: list[FacetView]) -> list[tuple[str, str]]:
    asked: dict[str, Any] = {name: sorted(values) for name, values in wanted.chosen.items()}
    asked |= {"q": wanted.text or None, "sort": wanted.sort if wanted.sort != AWARDED else None}

    def without(**changed: Any) -> str:
        return url_for("gallery.gallery", edition_slug=edition.slug, **{**asked, **changed})

    chips = [(_("“%(text)s”", text=wanted.text), without(q=None))] if wanted.text else []
    for facet in facets:
        for option in facet.options:
            if option.chosen:
                rest = [value for value in asked[facet.name] if value != option.value]
                chips.append((option.label, without(**{facet.name: rest})))
    return chips


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
    awards = gallery_registry().prizes_won(session, newest, now)
    rows = first_cards(session, newest, awards, 1 + STRIP)[first : first + count]
    works = [work_of(row, awards, size=size) for row in rows]
    return {"works": works, "of_edition": newest} if works else None
