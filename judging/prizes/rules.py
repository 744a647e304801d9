"""Who gets how much of which prize. Pure and exact, in cents."""

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

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


Slice = TypeVar("Slice")
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
    than a cent in all. Who is better placed than a winner and may not have the prize is passed over, with the grounds;
    so is who ends the pooling of a tie, because the next prize is closed to them.
    """
    offers, waiting, deal = _by_place(prizes), sorted(ranked, key=lambda row: row.place), Deal([], [])
    while offers and waiting:
        prize = offers.pop(0)
        able = [row for row in waiting if _may_have(prize, row, grounds)]
        best = [row for row in able if row.place == able[0].place]
        ahead = [row for row in waiting if not best or row.place <= best[0].place]
        pooled = [prize]
        while best and offers and len(pooled) < len(best) and all(_may_have(offers[0], row, grounds) for row in best):
            pooled.append(offers.pop(0))
        deal.passes.extend(each for offer in pooled for each in _passed_over(offer, ahead, grounds))
        if best and offers and len(pooled) < len(best):
            deal.passes.extend(_passed_over(offers[0], best, grounds))
        deal.shares.extend(_split_among([each for each in pooled if each is not None], [row.entry for row in best]))
        waiting = [row for row in waiting if row not in best]
    return deal


def deal_rest(
    prizes: Sequence[OfferedPrize], ranked: Sequence[Placed], grounds: Grounds, paid: Sequence[Share]
) -> Deal:
    """The same beside shares that are paid and stay.

    Where these are what the ranking gives, nothing else changes. Where it gives them to others now, what is left of
    the prizes goes by place among the entries that nobody was paid.
    """
    deal = deal_prizes(prizes, ranked, grounds)
    winners = {share.entry for share in paid}
    if {share for share in deal.shares if share.entry in winners} == set(paid):
        return replace(deal, shares=[share for share in deal.shares if share.entry not in winners])
    return deal_prizes(_left_of(prizes, paid), [row for row in ranked if row.entry not in winners], grounds)


def _left_of(prizes: Sequence[OfferedPrize], paid: Sequence[Share]) -> list[OfferedPrize]:
    """What is not paid of each prize; a prize that is gone leaves its place to the next."""
    spent = {prize.id: sum(share.cents for share in paid if share.prize == prize.id) for prize in prizes}
    gone = [prize.place for prize in prizes if spent[prize.id] >= prize.cents]
    return [
        OfferedPrize(prize.id, prize.place - sum(place < prize.place for place in gone), prize.cents - spent[prize.id])
        for prize in prizes
        if prize.place not in gone
    ]


def slices_together(awards: Iterable[Slice], tie_of: Callable[[Slice], Hashable | None]) -> list[list[Slice]]:
    """Awards of one tie in one list each, in the order of the first; one that `tie_of` knows no tie for is alone."""
    found: dict[Hashable, list[Slice]] = {}
    for number, award in enumerate(awards):
        tie = tie_of(award)
        found.setdefault(number if tie is None else ("tie", tie), []).append(award)
    return list(found.values())


def _passed_over(prize: OfferedPrize | None, rows: Sequence[Placed], grounds: Grounds) -> list[Pass]:
    closed = [] if prize is None else [(prize.id, row.entry) for row in rows if not _may_have(prize, row, grounds)]
    return [Pass(*pair, tuple(grounds[pair])) for pair in closed]


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
