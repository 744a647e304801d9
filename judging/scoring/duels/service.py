"""Verbs on duels: planned by organisers, fought and undone by jurors."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Conflict as Refusal
from hackaviz.kernel.errors import Invalid
from judging.panels.policy import not_yours
from judging.panels.service import lock_panel
from judging.scoring.duels.models import Duel, DuelVoting
from judging.scoring.duels.queries import duelling_entries, duels_of, voting_of
from judging.scoring.duels.rules import duels_are_open
from submissions.entries.models import Entry


class DuelsClosed(Refusal):
    """Votes are given between two instants."""

    code = "duels-closed"

    def __init__(self) -> None:
        super().__init__(_l("Duels are closed. The votes that you gave before count; this one does not."))


def plan_duels(
    session: Session,
    *,
    edition: Edition,
    opens_at: datetime,
    closes_at: datetime,
    finalists_only: bool,
    actor: Person,
    now: datetime,
) -> DuelVoting:
    """Say when jurors compare works in pairs, and which: votes that there are stay.

    Raises Invalid, with the field, for an end before the beginning, or before entries are all handed in.
    """
    if opens_at <= edition.submission_closes_at:
        raise Invalid(_l("Works are compared once all are handed in. Choose a later day."), field="opens_at")
    if closes_at <= opens_at:
        raise Invalid(_l("Duels end after they begin. Choose a later hour."), field="closes_at")
    lock_panel(session, edition)
    voting = voting_of(session, edition) or DuelVoting(edition_id=edition.id)
    voting.opens_at, voting.closes_at, voting.finalists_only = opens_at, closes_at, finalists_only
    session.add(voting)
    facts = {"opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat(), "finalists_only": finalists_only}
    record(session, "duels.plan", subject=edition, actor=actor, now=now, edition_id=edition.id, **facts)
    return voting


def prefer(
    session: Session, *, edition: Edition, juror: Person, winner: Entry, loser: Entry, request_key: str, now: datetime
) -> Duel:
    """Say which of two works is better; the same `request_key` sent again changes nothing.

    Raises DuelsClosed, NotFound for entries that are not theirs to compare, Refusal for two compared already.
    """
    lock_panel(session, edition)
    again = session.scalar(select(Duel).where(Duel.request_key == request_key, Duel.juror_id == juror.id))
    if again is not None:
        return again
    voting = _open_voting(session, edition, now)
    groups = duelling_entries(session, voting, juror)
    if winner is loser or not any({winner.id, loser.id} <= {each.id for each in group} for group in groups.values()):
        raise not_yours()
    met = [{each.winner_id, each.loser_id} for each in duels_of(session, edition) if each.juror_id == juror.id]
    if {winner.id, loser.id} in met:
        raise Refusal(_l("You have compared these two already. Undo that vote first, if it was a slip."))
    duel = Duel(edition_id=edition.id, juror_id=juror.id, winner_id=winner.id, loser_id=loser.id, voted_at=now)
    duel.request_key = request_key
    session.add(duel)
    session.flush()
    return duel


def undo_last(session: Session, *, edition: Edition, juror: Person, now: datetime) -> Duel | None:
    """Take the juror's last vote back; None when there is none. Raises DuelsClosed."""
    lock_panel(session, edition)
    _open_voting(session, edition, now)
    own = select(Duel).where(Duel.edition_id == edition.id, Duel.juror_id == juror.id, Duel.undone_at.is_(None))
    last = session.scalar(own.order_by(Duel.id.desc()).limit(1))
    if last is not None:
        last.undone_at = now
        session.flush()
    return last


def _open_voting(session: Session, edition: Edition, now: datetime) -> DuelVoting:
    voting = voting_of(session, edition)
    if voting is None or not duels_are_open(voting, now):
        raise DuelsClosed
    return voting
