"""The chain that parts equal scores, fixed in the rules before judging: never by name, time or number.

Adjusted score at 4 decimals → principal criterion → countback of top marks → head-to-head among jurors who saw
both → shared place.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

# Marks of one entry on one criterion, or on the whole review, by juror.
ByJuror = Mapping[Hashable, float | Fraction]
Key = Callable[[Hashable, Sequence[Hashable]], object]


class TieBreak(StrEnum):
    """What parted an entry from those with the same score."""

    PRINCIPAL = "principal"
    COUNTBACK = "countback"
    HEAD_TO_HEAD = "head-to-head"


def break_ties(
    groups: Sequence[Sequence[Hashable]],
    reviews: Mapping[Hashable, ByJuror],
    principal: Mapping[Hashable, ByJuror],
) -> list[tuple[list[Hashable], TieBreak | None]]:
    """Groups of equal score, best first, split as far as the chain can; each with the step that parted it last.

    `reviews` has each entry's scores by juror, `principal` its marks on the principal criterion (empty without one).
    Entries that stay together share their place.
    """
    steps: list[tuple[TieBreak, Key]] = [
        (TieBreak.PRINCIPAL, lambda entry, _tied: _mean(principal.get(entry, {}))),
        (TieBreak.COUNTBACK, lambda entry, tied: _countback(entry, tied, reviews)),
        (TieBreak.HEAD_TO_HEAD, lambda entry, tied: sum(_beats(entry, other, reviews) for other in tied)),
    ]
    return [part for group in groups for part in _split(list(group), None, steps)]


def _split(
    tied: list[Hashable], parted_by: TieBreak | None, steps: Sequence[tuple[TieBreak, Key]]
) -> list[tuple[list[Hashable], TieBreak | None]]:
    if len(tied) < 2 or not steps:
        return [(tied, parted_by)]
    (step, key), *later = steps
    value = {entry: key(entry, tied) for entry in tied}
    ordered = sorted(tied, key=lambda entry: value[entry], reverse=True)  # type: ignore[arg-type,return-value]
    parts = [list(part) for _value, part in groupby(ordered, key=lambda entry: value[entry])]
    parted = step if len(parts) > 1 else parted_by
    return [result for part in parts for result in _split(part, parted, later)]


def _mean(marks: ByJuror) -> Fraction:
    """Exact; an entry without such a mark stands behind all others."""
    given = [Fraction(mark) for mark in marks.values()]
    return sum(given, Fraction(0)) / len(given) if given else Fraction(-(10**30))


def _countback(entry: Hashable, tied: Sequence[Hashable], reviews: Mapping[Hashable, ByJuror]) -> list[Fraction]:
    """The share of its marks that are highest of all, second highest, and so on."""
    levels = sorted({mark for other in tied for mark in reviews.get(other, {}).values()}, reverse=True)
    marks = Counter(reviews.get(entry, {}).values())
    return [Fraction(marks[level], marks.total() or 1) for level in levels]


def _beats(entry: Hashable, other: Hashable, reviews: Mapping[Hashable, ByJuror]) -> bool:
    """Whether more of the jurors who saw both preferred it than the other."""
    ours, theirs = reviews.get(entry, {}), reviews.get(other, {})
    margin = sum((ours[juror] > theirs[juror]) - (ours[juror] < theirs[juror]) for juror in ours.keys() & theirs.keys())
    return margin > 0
