"""All works of an edition with what they can be found by, from the rows of one query. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.identifiers import fold, slugify
from submissions.gallery.browsing import ANY_AWARD, AWARD, CHALLENGE, DATASET, FACETS, KIND, SCHOOL, TOOL, IndexedWork
from submissions.gallery.tools import split_tools


@dataclass(frozen=True)
class PrizeWon:
    """A prize of an entry: works are found by its name; its label adds what the entry got of one that is shared."""

    name: Bilingual
    label: Bilingual


Awards = Mapping[str, Sequence[PrizeWon]]
NOTHING_MOVED: Mapping[str, str] = {}


@dataclass(frozen=True)
class GalleryIndex:
    """The works by number, the words for the values of facets that come from them, and the values that any has."""

    works: Sequence[IndexedWork]
    words: Mapping[tuple[str, str], Bilingual]
    known: Mapping[str, frozenset[str]]

    def work(self, public_id: str) -> IndexedWork | None:
        """The work of an entry."""
        return next((work for work in self.works if work.public_id == public_id), None)


def build_index(rows: Iterable[Any], awards: Awards, present: Mapping[str, str] = NOTHING_MOVED) -> GalleryIndex:
    """From rows of queries.rows_to_index, and the prizes of each entry by its public identifier.

    `present` leads from the address that a version cites to that of the dataset it was merged into.
    """
    works, spellings, words = list[IndexedWork](), Counter[tuple[str, str]](), dict[tuple[str, str], Bilingual]()
    for row in rows:
        typed = [(TOOL, tool) for tool in split_tools(row.tools or "")] + [(SCHOOL, row.school)] * bool(row.school)
        spellings.update(typed)
        prizes, citations = awards.get(row.public_id, ()), row.citations or []
        datasets = {present.get(cited["dataset"], cited["dataset"]): cited["title"] for cited in citations}
        words |= {(DATASET, slug): Bilingual(**title) for slug, title in datasets.items()}
        words |= {(AWARD, _prize(each)): each.name for each in prizes}
        values = {
            CHALLENGE: (row.challenge,),
            DATASET: tuple(datasets),
            SCHOOL: tuple(value_of(word) for facet, word in typed if facet == SCHOOL),
            KIND: (row.kind or "",),
            TOOL: tuple(dict.fromkeys(value_of(word) for facet, word in typed if facet == TOOL)),
            AWARD: (ANY_AWARD, *map(_prize, prizes)) if prizes else (),
        }
        works.append(IndexedWork(row.public_id, row.number, row.title or "", row.team, row.handed_in_at, values))
    # The spelling that most teams use comes first, and stays.
    for (facet, word), _count in spellings.most_common():
        words.setdefault((facet, value_of(word)), Bilingual(word, word))
    known = {facet: frozenset(value for work in works for value in work.values[facet]) for facet in FACETS}
    return GalleryIndex(works, words, known)


def value_of(word: str) -> str:
    """How a typed word stands in an address; words that differ only in case and accents are one."""
    return slugify(word.replace("+", " plus ").replace("#", " sharp ")) or fold(word)


def _prize(prize: PrizeWon) -> str:
    return slugify(prize.name.in_language("en"))
