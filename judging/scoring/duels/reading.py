"""Strengths of works from duels, for organisers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.briefs.queries import challenges_of
from challenges.editions.models import Edition
from judging.ranking.arrays import Floats
from judging.ranking.pairwise import duels_of as tallied
from judging.ranking.pairwise import never_beaten, strengths_of
from judging.scoring.duels.models import Duel
from judging.scoring.duels.queries import duels_of
from submissions.entries.models import Entry
from submissions.entries.queries import handed_in_entries

# Where no finite maximum exists: strengths with the spread of one unit beforehand.
USUAL_RIDGE = 1.0


@dataclass(frozen=True)
class Strength:
    """A work with its duels; figures are None where there is no finite maximum, or no duel."""

    entry: Entry
    place: int | None
    strength: float | None
    error: float | None
    won: int
    lost: int


@dataclass(frozen=True)
class Standing:
    """The works of a challenge, strongest first. `unbeaten` are groups that no other work has beaten."""

    challenge: Challenge
    rows: Sequence[Strength]
    duels: int
    ridge: float
    unbeaten: Sequence[str]
    never_met: Sequence[str]


def standings_of(session: Session, edition: Edition, ridge: float | None) -> list[Standing]:
    """One for each challenge with a duel. Without `ridge` there is none where the duels join all works, else 1."""
    duels, entries = duels_of(session, edition), {entry.id: entry for entry in handed_in_entries(session, edition)}
    of_challenge = {
        challenge: [
            each
            for each in duels
            if {each.winner_id, each.loser_id} <= entries.keys()
            and entries[each.winner_id].challenge_id == challenge.id
        ]
        for challenge in challenges_of(session, edition)
    }
    return [
        _standing(
            challenge, {key: each for key, each in entries.items() if each.challenge_id == challenge.id}, met, ridge
        )
        for challenge, met in of_challenge.items()
        if met
    ]


def _standing(challenge: Challenge, entries: Mapping[int, Entry], met: Sequence[Duel], ridge: float | None) -> Standing:
    tally = tallied((entries[each.winner_id].code, entries[each.loser_id].code) for each in met)
    unbeaten = never_beaten(tally)
    pull = ridge if ridge is not None else (USUAL_RIDGE if unbeaten else 0.0)
    found = strengths_of(tally, pull)
    place = {code: number for number, code in enumerate(found.entries)}
    won, lost = Counter(each.winner_id for each in met), Counter(each.loser_id for each in met)
    rows = [
        Strength(
            entry,
            place=None if found.rank is None or entry.code not in place else int(found.rank[place[entry.code]]),
            strength=_at(found.strength, place.get(entry.code)),
            error=_at(found.error, place.get(entry.code)),
            won=won[entry.id],
            lost=lost[entry.id],
        )
        for entry in entries.values()
    ]
    rows.sort(key=lambda row: (row.place is None, row.place or 0, row.entry.number))
    never_met = [row.entry.code for row in rows if not row.won + row.lost]
    return Standing(challenge, rows, len(met), pull, unbeaten, never_met)


def _at(values: Floats | None, place: int | None) -> float | None:
    return None if values is None or place is None else float(values[place])
