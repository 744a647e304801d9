"""Which works a reader wants, in which order, and what else they could ask for. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hackaviz.kernel.identifiers import fold

CHALLENGE, DATASET, SCHOOL, KIND, TOOL, AWARD = FACETS = ("challenge", "dataset", "school", "kind", "tool", "award")
AWARDED, LATEST, BY_TITLE, BY_TEAM = SORTS = ("awards", "latest", "title", "team")
# A work with any prize at all.
ANY_AWARD = "any"


@dataclass(frozen=True)
class IndexedWork:
    """What a work can be found by; `values` holds, for each facet, its values."""

    public_id: str
    number: int
    title: str
    team: str
    handed_in_at: datetime
    values: Mapping[str, tuple[str, ...]]
    folded: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Fold once what every search compares."""
        object.__setattr__(self, "folded", fold(f"{self.title} {self.team}"))


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for. Values of one facet add up; facets and words narrow each other."""

    text: str = ""
    sort: str = AWARDED
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """The works that are wanted, in order, and for each facet how many works each value would show."""

    works: list[IndexedWork]
    counts: Mapping[str, Counter[str]]


def find_works(works: Iterable[IndexedWork], wanted: Wanted, awarded: Sequence[str] = ()) -> Found:
    """Look through all works once. `awarded` are the public identifiers of works with a prize, the best first."""
    words, found, counts = fold(wanted.text).split(), list[IndexedWork](), {facet: Counter[str]() for facet in FACETS}
    for work in works:
        if not all(word in work.folded for word in words):
            continue
        against = [facet for facet in FACETS if _refuses(wanted, facet, work)]
        if not against:
            found.append(work)
        for facet in FACETS if not against else against[:1] if len(against) == 1 else ():
            counts[facet].update(work.values.get(facet, ()))
    return Found(_sorted(found, wanted.sort, awarded), counts)


def _refuses(wanted: Wanted, facet: str, work: IndexedWork) -> bool:
    chosen = wanted.chosen.get(facet, frozenset())
    return bool(chosen) and chosen.isdisjoint(work.values.get(facet, ()))


def _sorted(works: list[IndexedWork], sort: str, awarded: Sequence[str]) -> list[IndexedWork]:
    if sort == LATEST:
        return sorted(works, key=lambda work: work.handed_in_at, reverse=True)
    if sort == BY_TITLE:
        return sorted(works, key=lambda work: fold(work.title))
    if sort == BY_TEAM:
        return sorted(works, key=lambda work: fold(work.team))
    places = {public_id: place for place, public_id in enumerate(awarded)}
    return sorted(works, key=lambda work: (places.get(work.public_id, len(places)), work.number))


def related_works(works: Iterable[IndexedWork], of: IndexedWork, count: int) -> list[IndexedWork]:
    """The works that share most datasets with one, then those of its challenge."""
    mine = set(of.values.get(DATASET, ()))

    def nearness(work: IndexedWork) -> tuple[int, bool]:
        return len(mine.intersection(work.values.get(DATASET, ()))), work.values[CHALLENGE] == of.values[CHALLENGE]

    others = [work for work in works if work.public_id != of.public_id and any(nearness(work))]
    return sorted(others, key=lambda work: (nearness(work), -work.number), reverse=True)[:count]
