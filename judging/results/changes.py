"""What a correction changed: the entries, places and awards of one publication beside those of another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hackaviz.kernel.bilingual import Bilingual
from judging.results.reading import awards_in

Snapshot = Mapping[str, Any]
# What a change is of → its value.
Values = Mapping[str, Any]


class Changed(StrEnum):
    """What is another than before."""

    ENTRY = "entry"
    PLACE = "place"
    SCORE = "score"
    AWARD = "award"
    WINNER = "winner"


@dataclass(frozen=True)
class Won:
    """A prize and how much of it."""

    prize: Bilingual
    cents: int


@dataclass(frozen=True)
class Change:
    """One thing of an entry, or of a challenge by its title, before and after; None where there was or is nothing."""

    what: Changed
    of: str | Bilingual
    before: Any
    after: Any


def changes_between(before: Snapshot, after: Snapshot) -> list[Change]:
    """Every change, the entries first, then places, scores, awards and whether a challenge has a winner."""
    titles = _titles(before) | _titles(after)
    return [
        Change(what, titles[key], *values)
        for what, read in _READ.items()
        for key, values in _differences(read(before), read(after)).items()
    ]


def _differences(before: Values, after: Values) -> dict[str, tuple[Any, Any]]:
    keys = dict.fromkeys([*after, *before])
    pairs = {key: (before.get(key), after.get(key)) for key in keys}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def _titles(snapshot: Snapshot) -> dict[str, str | Bilingual]:
    titles: dict[str, str | Bilingual] = {key: row["entry"]["title"] for key, row in _rows(snapshot).items()}
    return titles | {str(each["id"]): Bilingual(**each["title"]) for each in snapshot["challenges"]}


def _rows(snapshot: Snapshot) -> dict[str, Mapping[str, Any]]:
    return {row["entry"]["public_id"]: row for challenge in snapshot["challenges"] for row in challenge["ranking"]}


def _entries(snapshot: Snapshot) -> Values:
    return {key: row["entry"]["title"] for key, row in _rows(snapshot).items()}


def _places(snapshot: Snapshot) -> Values:
    return {key: row["place"] for key, row in _rows(snapshot).items()}


def _scores(snapshot: Snapshot) -> Values:
    return {key: row["score"] for key, row in _rows(snapshot).items()}


def _awards(snapshot: Snapshot) -> Values:
    won: dict[str, list[Won]] = {}
    for award in awards_in(snapshot):
        won.setdefault(award.entry["public_id"], []).append(Won(award.prize, award.cents))
    return won


def _no_winners(snapshot: Snapshot) -> Values:
    return {str(each["id"]): each["no_winner"] for each in snapshot["challenges"]}


_READ: Mapping[Changed, Callable[[Snapshot], Values]] = {
    Changed.ENTRY: _entries,
    Changed.PLACE: _places,
    Changed.SCORE: _scores,
    Changed.AWARD: _awards,
    Changed.WINNER: _no_winners,
}
