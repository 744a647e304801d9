"""What a vote needs, and the ranking that follows from the marks and from the votes that were carried. Pure."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from flask_babel import lazy_gettext as _l

from hackaviz.kernel.errors import Invalid
from judging.ranking.weighted_mean import RankedEntry

LONGEST_REASON = 2000


class DecisionKind(StrEnum):
    """What a jury may decide beyond its marks."""

    PLACE = "place"
    HORS_CONCOURS = "hors-concours"
    DISQUALIFY = "disqualify"
    RESTORE = "restore"
    NO_WINNER = "no-winner"
    WINNER = "winner"


# Decisions on a whole challenge; the others are on one entry.
ON_A_CHALLENGE = frozenset({DecisionKind.NO_WINNER, DecisionKind.WINNER})
# What takes an entry out of the ranking.
SET_APART = frozenset({DecisionKind.HORS_CONCOURS, DecisionKind.DISQUALIFY})


def jury_may_meet(judging_closes_at: datetime, now: datetime) -> bool:
    """Jurors read each other's reviews in the meeting, so it follows the last moment in which they may mark."""
    return now > judging_closes_at


@dataclass(frozen=True)
class Votes:
    """A show of hands among `voters`, the jurors without conflict, of whom `present` were noted as there.

    Where nobody noted who was there (None), the hands are the attendance.
    """

    for_it: int
    against: int
    abstained: int
    voters: int
    present: int | None = None

    @property
    def cast(self) -> int:
        """Every hand, abstentions included."""
        return self.for_it + self.against + self.abstained

    @property
    def quorum(self) -> int:
        """How many must be there: more than half of those who may vote."""
        return self.voters // 2 + 1

    @property
    def is_carried(self) -> bool:
        """A quorum, and more for than against; a tie carries nothing."""
        attendance = self.cast if self.present is None else self.present
        return attendance >= self.quorum and self.for_it > self.against


def check_votes(votes: Votes) -> None:
    """Raise Invalid, naming the field, for votes that cannot be."""
    if min(votes.for_it, votes.against, votes.abstained) < 0 or not votes.cast:
        raise Invalid(_l("Count the votes: for, against, abstained."), field="votes_for")
    if votes.cast > votes.voters:
        message = _l(
            "These are %(given)s votes; %(voters)s jurors may vote here. Those with a conflict of interest may not.",
            given=votes.cast,
            voters=votes.voters,
        )
        raise Invalid(message, field="votes_for")
    if votes.present is not None and votes.cast > votes.present:
        message = _l(
            "These are %(given)s votes; %(present)s of the jurors who may vote here are noted as present. Note who has "
            "come, then record the vote.",
            given=votes.cast,
            present=votes.present,
        )
        raise Invalid(message, field="votes_for")


def check_reason(reason: str) -> str:
    """The reason as it is kept. Raises Invalid without one, or for one too long."""
    if not reason.strip():
        raise Invalid(_l("Say why: the reason stands in the minutes and beside the result."), field="reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid(_l("Say it in %(most)s characters or fewer.", most=LONGEST_REASON), field="reason")
    return reason.strip()


@dataclass(frozen=True)
class Ruling:
    """A carried decision on an entry, or on its challenge where `entry` is None."""

    kind: DecisionKind
    entry: Hashable | None
    place: int | None
    reason: str


@dataclass(frozen=True)
class FinalRow:
    """An entry in the final ranking: its row, with the final place; the place that the marks gave; what was decided."""

    row: RankedEntry
    computed_place: int | None
    ruling: Ruling | None

    @property
    def is_set_apart(self) -> bool:
        """Whether a decision took it out of the ranking."""
        return self.ruling is not None and self.ruling.kind in SET_APART


@dataclass(frozen=True)
class FinalRanking:
    """Rows, best first, those without place last; `no_winner` is the reason why nobody gets a prize."""

    rows: tuple[FinalRow, ...]
    no_winner: str | None

    @property
    def ranked(self) -> list[RankedEntry]:
        """The rows as whoever gives prizes reads them."""
        return [each.row for each in self.rows]


def final_ranking(computed: Sequence[RankedEntry], rulings: Iterable[Ruling]) -> FinalRanking:
    """The computed ranking with rulings, in the order of their votes; the last on an entry holds.

    An entry set apart leaves its place to the next. One that is given a place takes it, and those from there on move
    down by one; without place in the marks it may still be given one.
    """
    held, no_winner = _in_force(rulings)
    computed_places = {row.entry: row.place for row in computed}
    moved = [ruling for ruling in held.values() if ruling.kind is DecisionKind.PLACE]
    groups = _groups([row for row in computed if row.place is not None and row.entry not in held])
    rows = {row.entry: row for row in computed}
    for ruling in moved:
        groups = _inserted(groups, rows[ruling.entry], ruling.place or 1)
    placed = _placed(groups)
    rest = [replace(row, place=None) for row in computed if row.entry not in {each.entry for each in placed}]
    return FinalRanking(
        tuple(FinalRow(row, computed_places[row.entry], held.get(row.entry)) for row in [*placed, *rest]), no_winner
    )


def _in_force(rulings: Iterable[Ruling]) -> tuple[dict[Hashable, Ruling], str | None]:
    held: dict[Hashable, Ruling] = {}
    no_winner: str | None = None
    for ruling in rulings:
        if ruling.kind in ON_A_CHALLENGE:
            no_winner = ruling.reason if ruling.kind is DecisionKind.NO_WINNER else None
            continue
        held.pop(ruling.entry, None)
        if ruling.kind is not DecisionKind.RESTORE:
            held[ruling.entry] = ruling
    return held, no_winner


def _groups(rows: Sequence[RankedEntry]) -> list[list[RankedEntry]]:
    return [list(group) for _place, group in groupby(rows, key=lambda row: row.place)]


def _inserted(groups: list[list[RankedEntry]], row: RankedEntry, place: int) -> list[list[RankedEntry]]:
    """The groups with one more, alone at a place; entries that share a place stay together."""
    before, position = 0, 0
    while position < len(groups) and before + 1 < place:
        before += len(groups[position])
        position += 1
    return [*groups[:position], [row], *groups[position:]]


def _placed(groups: Sequence[Sequence[RankedEntry]]) -> list[RankedEntry]:
    placed, place = list[RankedEntry](), 1
    for group in groups:
        placed += [replace(row, place=place) for row in group]
        place += len(group)
    return placed
