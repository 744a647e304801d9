"""A snapshot in the shape that pages show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hackaviz.kernel.bilingual import Bilingual
from judging.prizes.rules import slices_together
from judging.prizes.wording import shared_places, shared_places_with_sum


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
    pooled: Sequence[int] = ()

    @property
    def label(self) -> Bilingual:
        """What it is called where its sum does not stand beside it: a sum that was pooled is in no list of prizes."""
        return shared_places_with_sum(self.pooled, self.cents) if self.pooled else self.prize


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
    """The awards, challenge by challenge in order of place, those of the whole edition last.

    The slices of one entry from one tie are one award, of the pooled places. Snapshots from before that was noted
    have each slice apart.
    """
    challenges = {challenge["id"]: challenge for challenge in snapshot["challenges"]}
    entries = {
        row["entry"]["public_id"]: row["entry"] for challenge in snapshot["challenges"] for row in challenge["ranking"]
    }
    numbers = {challenge_id: challenge["number"] for challenge_id, challenge in challenges.items()}
    in_order = sorted(snapshot["awards"], key=lambda a: (numbers.get(a["challenge_id"], 10**6), a["place"]))
    return [
        _shown(slices, challenges.get(slices[0]["challenge_id"]), entries[slices[0]["entry"]])
        for slices in slices_together(in_order, _tie)
    ]


def _tie(award: Mapping[str, Any]) -> Any:
    return (award["entry"], award["challenge_id"], *award["pooled"]) if award.get("pooled") else None


def _shown(
    slices: Sequence[Mapping[str, Any]], challenge: Mapping[str, Any] | None, entry: Mapping[str, Any]
) -> ShownAward:
    pooled = slices[0].get("pooled", ())
    return ShownAward(
        prize=shared_places(pooled) if pooled else text_of(slices[0]["prize"]),
        challenge=challenge,
        entry=entry,
        cents=sum(award["cents"] for award in slices),
        payers=_together([_payer(part) for award in slices for part in award["paid_by"]]),
        place=slices[0]["place"],
        pooled=pooled,
    )


def _together(parts: Sequence[Payer]) -> Sequence[Payer]:
    """Each sponsor once for each way in which it pays."""
    found: dict[tuple[str, bool], Payer] = {}
    for part in parts:
        before = found.get((part.sponsor, part.direct))
        found[part.sponsor, part.direct] = replace(part, cents=part.cents + before.cents) if before else part
    return list(found.values())


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
        labels.setdefault(award.entry["public_id"], []).append(award.label)
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
