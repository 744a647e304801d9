"""Which two works a juror compares next. Pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any, Protocol

# Two entries, in no order.
Match = frozenset[int]


class Opening(Protocol):
    """From when to when; a DuelVoting row is one."""

    @property
    def opens_at(self) -> datetime: ...

    @property
    def closes_at(self) -> datetime: ...


def duels_are_open(voting: Opening, now: datetime) -> bool:
    """Whether votes are given and undone; both ends belong to it."""
    return voting.opens_at <= now <= voting.closes_at


def next_match(
    groups: Mapping[int, Sequence[int]],
    own: Collection[Match],
    times: Mapping[Match, int],
    *,
    juror: int,
    passed: int = 0,
) -> tuple[int, int] | None:
    """Two entries of one group that this juror has not compared, left and right; None when all are.

    The entry that was seen least comes first, against the one it has met least; what is equal is in an order of the
    juror's own, which tells nothing of entries. `passed` leaves out so many that the juror cannot tell apart.
    """
    matches = list(islice(_matches(groups, frozenset(own), times, juror), passed + 1))
    if not matches:
        return None
    first, second = matches[passed % len(matches)]
    return (first, second) if _lot(juror, first, second) < _lot(juror, second, first) else (second, first)


def _matches(
    groups: Mapping[int, Sequence[int]], own: Collection[Match], times: Mapping[Match, int], juror: int
) -> Iterator[tuple[int, int]]:
    seen, mine = Counter[int](), Counter(entry for match in own for entry in match)
    for match, count in times.items():
        seen.update(dict.fromkeys(match, count))
    group_of = {entry: group for group in groups.values() for entry in group}
    done = set[Match](own)
    for entry in sorted(group_of, key=lambda one: (mine[one], seen[one], _lot(juror, one))):
        others = [other for other in group_of[entry] if other != entry and frozenset({entry, other}) not in done]
        for other in sorted(
            others, key=lambda one: (times.get(frozenset({entry, one}), 0), seen[one], _lot(juror, one))
        ):
            done.add(frozenset({entry, other}))
            yield entry, other


def matches_in(groups: Mapping[int, Sequence[Any]]) -> int:
    """How many comparisons there are in all."""
    return sum(len(group) * (len(group) - 1) // 2 for group in groups.values())


def _lot(*drawn: int) -> str:
    return sha256(":".join(map(str, drawn)).encode()).hexdigest()
