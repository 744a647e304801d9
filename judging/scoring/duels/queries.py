"""Named reads of duels."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from judging.panels.hints import recused_pairs
from judging.panels.queries import conflicted_pairs, of_the_jury, seats_of
from judging.panels.rounds.models import RoundKind
from judging.panels.rounds.queries import finalists_of, rounds_of
from judging.scoring.duels.models import Duel, DuelVoting
from judging.scoring.duels.rules import Match, duels_are_open, matches_in
from submissions.entries.models import Entry
from submissions.entries.queries import handed_in_entries


def voting_of(session: Session, edition: Edition) -> DuelVoting | None:
    """When the edition's jurors compare works in pairs; None where they do not."""
    return session.scalar(select(DuelVoting).where(DuelVoting.edition_id == edition.id))


def duels_of(session: Session, edition: Edition) -> Sequence[Duel]:
    """Every vote that counts, in order: undone ones do not, nor those of a juror with a conflict since.

    Nor those of a juror who judges for a sponsor's prize since.
    """
    query = select(Duel).where(Duel.edition_id == edition.id, Duel.undone_at.is_(None)).order_by(Duel.id)
    query = query.join(Entry, Entry.id == Duel.winner_id).where(of_the_jury(Duel))
    barred = conflicted_pairs(session, edition)
    return [each for each in session.scalars(query) if not barred & _pairs(each)]


def _pairs(duel: Duel) -> set[tuple[int, int]]:
    return {(duel.juror_id, duel.winner_id), (duel.juror_id, duel.loser_id)}


def matches_of(duels: Sequence[Duel]) -> Mapping[Match, int]:
    """How often each two entries met."""
    return Counter(frozenset({each.winner_id, each.loser_id}) for each in duels)


def duelling_entries(session: Session, voting: DuelVoting, juror: Person) -> Mapping[int, list[Entry]]:
    """What a juror may compare, challenge by challenge: entries of their panel, without any possible conflict.

    Sponsors' jurors compare nothing: theirs is one prize.
    """
    edition = session.get_one(Edition, voting.edition_id)
    barred = {entry for person, entry in recused_pairs(session, edition) if person == juror.id}
    chosen = finalists_of(session, edition) if voting.finalists_only else None
    seat, groups = seats_of(session, edition).get(juror.id), defaultdict[int, list[Entry]](list)
    if seat is not None and seat.prize_id is not None:
        return groups
    for entry in handed_in_entries(session, edition):
        is_theirs = seat is None or not seat.challenge_ids or entry.challenge_id in seat.challenge_ids
        if is_theirs and entry.id not in barred and (chosen is None or entry.id in chosen):
            groups[entry.challenge_id].append(entry)
    return groups


def open_duels(session: Session, edition: Edition, juror: Person, now: datetime) -> DuelVoting | None:
    """The duels that a juror may fight now; None when there is nothing to compare for them."""
    voting = voting_of(session, edition)
    if voting is None or not duels_are_open(voting, now):
        return None
    return voting if matches_in(duelling_entries(session, voting, juror)) else None


def duels_are_blind(session: Session, edition: Edition, voting: DuelVoting) -> bool:
    """Whether works are shown without their teams: as in the round that they belong to; always without rounds."""
    kind = RoundKind.FINALISTS if voting.finalists_only else RoundKind.QUALIFICATION
    round_ = rounds_of(session, edition).get(kind)
    return round_ is None or round_.is_blind
