"""Who gets how much of which prize. Pure and exact, in cents."""

import hashlib
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hackaviz.kernel.money import split_by_largest_remainder
from judging.ranking.weighted_mean import RankedEntry


@dataclass(frozen=True)
class OfferedPrize:
    """A prize for a place."""

    id: Hashable
    place: int
    cents: int


@dataclass(frozen=True)
class Share:
    """Cents of a prize for an entry."""

    prize: Hashable
    entry: Hashable
    cents: int


def eligible_places(ranking: Iterable[RankedEntry], passed_over: Collection[Hashable]) -> dict[Hashable, int]:
    """The places among ranked entries that may get a prize: whoever is passed over leaves their place to the next."""
    eligible = [row for row in ranking if row.place is not None and row.entry not in passed_over]
    return {row.entry: 1 + sum((other.place or 0) < (row.place or 0) for other in eligible) for row in eligible}


def published_order(seed: str, names: Mapping[Any, str], entries: Iterable[Hashable]) -> list[Hashable]:
    """The order in which odd cents are given, which nobody chooses: by SHA-256 of the seed, a colon and the name."""
    return sorted(entries, key=lambda entry: hashlib.sha256(f"{seed}:{names[entry]}".encode()).digest())


def share_prizes(prizes: Sequence[OfferedPrize], places: Mapping[Hashable, int]) -> list[Share]:
    """Give each prize to the entries at its place.

    Entries that share a place share the prizes of the places they fill together (the golf rule): two first entries
    share the first and the second prize. Each prize is split evenly; its odd cents go to the entries in the order
    given, going on where the prize before stopped, so that no two of them differ by more than a cent in all.
    """
    shares = []
    for place in sorted(set(places.values())):
        tied = [entry for entry, held in places.items() if held == place]
        filled = [prize for prize in prizes if place <= prize.place < place + len(tied)]
        shares += _split_among(sorted(filled, key=lambda prize: prize.place), tied)
    return shares


def _split_among(prizes: Sequence[OfferedPrize], entries: Sequence[Hashable]) -> list[Share]:
    shares, first = [], 0
    for prize in prizes:
        in_turn = [*entries[first:], *entries[:first]]
        parts = split_by_largest_remainder(prize.cents, [1] * len(entries))
        shares += [Share(prize.id, entry, cents) for entry, cents in zip(in_turn, parts, strict=True) if cents]
        first = (first + prize.cents % len(entries)) % len(entries)
    return shares
