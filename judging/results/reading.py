"""A snapshot in the shape that pages show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hackaviz.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class Payer:
    """A sponsor's part of an award."""

    sponsor: str
    invented: bool
    direct: bool
    cents: int


@dataclass(frozen=True)
class ShownAward:
    """An award with the entry that got it."""

    prize: Bilingual
    challenge: Mapping[str, Any] | None
    entry: Mapping[str, Any]
    cents: int
    payers: Sequence[Payer]
    place: int = 1


@dataclass(frozen=True)
class SponsorLine:
    """What one sponsor pays in all."""

    sponsor: str
    invented: bool
    cents: int


def text_of(value: Mapping[str, str]) -> Bilingual:
    """A text of the snapshot."""
    return Bilingual(fr=value["fr"], en=value["en"])


def awards_in(snapshot: Mapping[str, Any]) -> Sequence[ShownAward]:
    """The awards, challenge by challenge in order of place, those of the whole edition last."""
    challenges = {challenge["id"]: challenge for challenge in snapshot["challenges"]}
    entries = {
        row["entry"]["public_id"]: row["entry"] for challenge in snapshot["challenges"] for row in challenge["ranking"]
    }
    numbers = {challenge_id: challenge["number"] for challenge_id, challenge in challenges.items()}
    in_order = sorted(snapshot["awards"], key=lambda a: (numbers.get(a["challenge_id"], 10**6), a["place"]))
    return [
        ShownAward(
            prize=text_of(award["prize"]),
            challenge=challenges.get(award["challenge_id"]),
            entry=entries[award["entry"]],
            cents=award["cents"],
            payers=[_payer(part) for part in award["paid_by"]],
            place=award["place"],
        )
        for award in in_order
    ]


def panels_in(snapshot: Mapping[str, Any]) -> Sequence[tuple[Bilingual, Sequence[str]]]:
    """Who judged for a sponsor's own prize: the prize, and names. Snapshots from before there were any have none."""
    return [(text_of(panel["prize"]), panel["jurors"]) for panel in snapshot.get("panels", ())]


def _payer(part: Mapping[str, Any]) -> Payer:
    return Payer(part["sponsor"], part["invented"], part["custody"] == "direct", part["cents"])


def challenge_of(snapshot: Mapping[str, Any], entry: str) -> Mapping[str, Any]:
    """The challenge whose ranking has an entry, by its public identifier. Raises LookupError."""
    for challenge in snapshot["challenges"]:
        if any(row["entry"]["public_id"] == entry for row in challenge["ranking"]):
            found: Mapping[str, Any] = challenge
            return found
    raise LookupError(entry)


def row_of(snapshot: Mapping[str, Any], entry: str) -> Mapping[str, Any] | None:
    """The line of the ranking of an entry, by its public identifier."""
    rows = (row for challenge in snapshot["challenges"] for row in challenge["ranking"])
    return next((row for row in rows if row["entry"]["public_id"] == entry), None)


def sponsors_in(snapshot: Mapping[str, Any]) -> Sequence[SponsorLine]:
    """What each sponsor pays, the largest first."""
    lines: dict[str, SponsorLine] = {}
    for award in snapshot["awards"]:
        for part in award["paid_by"]:
            before = lines.get(part["sponsor"], SponsorLine(part["sponsor"], part["invented"], 0))
            lines[part["sponsor"]] = SponsorLine(before.sponsor, before.invented, before.cents + part["cents"])
    return sorted(lines.values(), key=lambda line: (-line.cents, line.sponsor))


def award_labels_in(snapshot: Mapping[str, Any]) -> Mapping[str, Sequence[Bilingual]]:
    """Entry → the prizes it got."""
    labels: dict[str, list[Bilingual]] = {}
    for award in awards_in(snapshot):
        labels.setdefault(award.entry["public_id"], []).append(award.prize)
    return labels


@dataclass(frozen=True)
class Told:
    """What a publication says of one entry."""

    title: str
    team: str
    number: int
    challenge: Bilingual
    prizes: Sequence[Bilingual]


def told_of(snapshot: Mapping[str, Any], entry: str) -> Told:
    """The same for an entry by its public identifier. Raises LookupError when the publication does not have it."""
    challenge, row = challenge_of(snapshot, entry), row_of(snapshot, entry)
    assert row is not None
    prizes = award_labels_in(snapshot).get(entry, ())
    words = row["entry"]
    return Told(words["title"], words["team"], challenge["number"], text_of(challenge["title"]), prizes)
