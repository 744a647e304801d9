"""Who gets how much of which prize. Pure and exact, in cents."""

import hashlib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hackaviz.kernel.money import split_by_largest_remainder


@dataclass(frozen=True)
class OfferedPrize:
    """A prize for a place."""

    id: Hashable
    place: int
    cents: int


@dataclass(frozen=True)
class Placed:
    """An entry at a final place."""

    entry: Hashable
    place: int


@dataclass(frozen=True)
class Share:
    """Cents of a prize for an entry."""

    prize: Hashable
    entry: Hashable
    cents: int


@dataclass(frozen=True)
class Pass:
    """An entry that does not get a prize which its place would give it, and on which grounds."""

    prize: Hashable
    entry: Hashable
    grounds: tuple[str, ...]


@dataclass(frozen=True)
class Deal:
    """Who gets what, and who is passed over."""

    shares: list[Share]
    passes: list[Pass]


# Prize and entry → why the entry may not have the prize; nothing where it may.
Grounds = Mapping[tuple[Hashable, Hashable], Sequence[str]]


def published_order(seed: str, names: Mapping[Any, str], entries: Iterable[Hashable]) -> list[Hashable]:
    """The order in which odd cents are given, which nobody chooses: by SHA-256 of the seed, a colon and the name."""
    return sorted(entries, key=lambda entry: hashlib.sha256(f"{seed}:{names[entry]}".encode()).digest())


def deal_prizes(prizes: Sequence[OfferedPrize], ranked: Sequence[Placed], grounds: Grounds) -> Deal:
    """Give prizes by place, the first first, each to the best entry that may have it and has none of these yet.

    Entries that share a place share the prizes of the places they fill together (the golf rule), as far as all of them
    may have these: two first entries share the first and the second prize. Each prize is split evenly; its odd cents go
    to the entries in the order given, going on where the prize before stopped, so that no two of them differ by more
    than a cent in all. Who is better placed than a winner and may not have the prize is passed over, with the grounds.
    """
    offers, waiting, deal = _by_place(prizes), sorted(ranked, key=lambda row: row.place), Deal([], [])
    while offers and waiting:
        prize = offers.pop(0)
        able = [row for row in waiting if _may_have(prize, row, grounds)]
        best = [row for row in able if row.place == able[0].place]
        ahead = [row for row in waiting if row not in able and (not best or row.place <= best[0].place)]
        if isinstance(prize, OfferedPrize):
            deal.passes.extend(Pass(prize.id, row.entry, tuple(grounds[prize.id, row.entry])) for row in ahead)
        pooled = [prize]
        while best and offers and len(pooled) < len(best) and all(_may_have(offers[0], row, grounds) for row in best):
            pooled.append(offers.pop(0))
        deal.shares.extend(_split_among([each for each in pooled if each is not None], [row.entry for row in best]))
        waiting = [row for row in waiting if row not in best]
    return deal


def _by_place(prizes: Sequence[OfferedPrize]) -> list[OfferedPrize | None]:
    """One offer for each place down to the last prize; None where a place has no prize."""
    at = {prize.place: prize for prize in prizes}
    return [at.get(place) for place in range(1, max(at, default=0) + 1)]


def _may_have(prize: OfferedPrize | None, row: Placed, grounds: Grounds) -> bool:
    return prize is None or not grounds.get((prize.id, row.entry))


def _split_among(prizes: Sequence[OfferedPrize], entries: Sequence[Hashable]) -> list[Share]:
    shares, first = list[Share](), 0
    for prize in prizes if entries else ():
        in_turn = [*entries[first:], *entries[:first]]
        parts = split_by_largest_remainder(prize.cents, [1] * len(entries))
        shares += [Share(prize.id, entry, cents) for entry, cents in zip(in_turn, parts, strict=True) if cents]
        first = (first + prize.cents % len(entries)) % len(entries)
    return shares
