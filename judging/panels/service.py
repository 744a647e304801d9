"""What organisers and jurors do with a panel: assign, withdraw, remove, declare conflicts."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person, Role
from hackaviz.accounts.queries import held_role
from hackaviz.accounts.service import withdraw_role
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Conflict as Refusal
from hackaviz.kernel.errors import Invalid
from judging.panels import queries
from judging.panels.models import Assignment, ClearedHint, Conflict, Flag, JurySeat
from judging.panels.proposing import Proposal, propose
from judging.panels.registry import panel_registry
from judging.panels.rounds.models import Round, RoundKind
from judging.panels.rounds.queries import round_of
from judging.panels.rules import ConflictKind, Pair
from submissions.entries.models import Entry
from submissions.entries.queries import handed_in_entries

LONGEST_REASON = 1000


class ReviewBegun(Refusal):
    """A review that was begun is never taken from its juror; only a conflict hides it."""

    code = "review-begun"


def assign(session: Session, *, entry: Entry, juror: Person, actor: Person | None, now: datetime) -> None:
    """Ask a juror to review an entry; asking twice changes nothing. Raises Refusal where they have a conflict."""
    pair = {(juror.id, entry.id)}
    change_assignments(session, edition=entry.edition, added=pair, removed=(), actor=actor, now=now)


def unassign(session: Session, *, entry: Entry, juror: Person, actor: Person | None, now: datetime) -> None:
    """Take back what a juror has not begun. Raises ReviewBegun."""
    pair = {(juror.id, entry.id)}
    change_assignments(session, edition=entry.edition, added=(), removed=pair, actor=actor, now=now)


def change_assignments(
    session: Session,
    *,
    edition: Edition,
    added: Collection[Pair],
    removed: Collection[Pair],
    actor: Person | None,
    now: datetime,
    round_: Round | None = None,
) -> None:
    """Add to a round and take back pairs (juror, entry), all or none. Raises Refusal or ReviewBegun.

    Pairs that are so already, and those of people who are no jurors or of entries not handed in, are passed over.
    Without a round they belong to the first, where the edition has rounds.
    """
    lock_panel(session, edition)
    round_ = round_ or round_of(session, edition, RoundKind.QUALIFICATION)
    jurors = {juror.id: juror for juror in queries.judges_of(session, edition)}
    entries = {entry.id: entry for entry in handed_in_entries(session, edition)}
    held = {(each.juror_id, each.entry_id): each for each in queries.assignments_of(session, edition)}
    conflicted = queries.conflicted_pairs(session, edition)
    acted: dict[str, Any] = {"actor": actor, "now": now}
    for juror, entry in sorted(set(added) - held.keys()):
        if juror in jurors and entry in entries:
            is_conflicted = (juror, entry) in conflicted
            _add(session, jurors[juror], entries[entry], round_, is_conflicted=is_conflicted, **acted)
    for pair in sorted(held.keys() & set(removed)):
        _take_back(session, held[pair], **acted)


def _add(
    session: Session,
    juror: Person,
    entry: Entry,
    round_: Round | None,
    *,
    is_conflicted: bool,
    actor: Person | None,
    now: datetime,
) -> None:
    if is_conflicted:
        raise Refusal(_l("%(juror)s has a conflict of interest with %(entry)s.", juror=juror.name, entry=entry.code))
    assigned: dict[str, Any] = {"assigned_at": now, "assigned_by_id": actor.id if actor else None}
    session.add(Assignment(juror=juror, entry=entry, round=round_, **assigned))
    _record(session, "assignment.add", entry, juror, actor=actor, now=now)


def _take_back(session: Session, assignment: Assignment, *, actor: Person | None, now: datetime) -> None:
    # Lock first: the juror could be saving the first mark at this instant.
    session.refresh(assignment, with_for_update=True)
    entry, juror = assignment.entry, assignment.juror
    if (juror.id, entry.id) in panel_registry().finished(session, entry.edition):
        message = _l(
            "%(juror)s has begun the review of %(entry)s: it is kept. Where it must not count, declare a conflict.",
            juror=juror.name,
            entry=entry.code,
        )
        raise ReviewBegun(message)
    session.delete(assignment)
    _record(session, "assignment.withdraw", entry, juror, actor=actor, now=now)


def assign_proposal(
    session: Session,
    *,
    edition: Edition,
    reviews: int,
    actor: Person | None,
    now: datetime,
    round_: Round | None = None,
) -> Proposal:
    """Assign as `proposing.propose` says and return what was added. Raises Refusal when that has become impossible."""
    lock_panel(session, edition)
    proposal = propose(session, edition, reviews, round_)
    if proposal.blocking is not None:
        raise Refusal(_l("No assignment is possible any more. Look at the proposal again: it says why."))
    added: dict[str, Any] = {"added": proposal.added, "removed": ()}
    change_assignments(session, edition=edition, round_=round_, **added, actor=actor, now=now)
    panel_registry().assigned(session, edition, reviews, actor, now)
    return proposal


def release_juror(session: Session, *, edition: Edition, juror: Person, actor: Person | None, now: datetime) -> int:
    """Take back all that a juror has not begun, and give them nothing more; say how many entries are free again.

    What they finished or began stays theirs.
    """
    lock_panel(session, edition)
    begun = panel_registry().finished(session, edition)
    held = {(juror.id, each.entry_id) for each in queries.assignments_of(session, edition) if each.juror_id == juror.id}
    change_assignments(session, edition=edition, added=(), removed=held - begun.keys(), actor=actor, now=now)
    seat_of(session, edition, juror).most = 0
    record(session, "juror.release", subject=juror, actor=actor, now=now, edition_id=edition.id)
    return len(held - begun.keys())


def seat_juror(
    session: Session,
    *,
    edition: Edition,
    juror: Person,
    most: int | None,
    challenge_ids: Sequence[int],
    is_lead: bool,
    actor: Person,
    now: datetime,
) -> JurySeat:
    """Say how many entries a juror takes at most, which challenges they judge (none named: all), who leads."""
    lock_panel(session, edition)
    seat = seat_of(session, edition, juror)
    seat.most, seat.challenge_ids, seat.is_lead = most, sorted(challenge_ids), is_lead
    facts = {"most": most, "challenges": seat.challenge_ids, "is_lead": is_lead}
    record(session, "juror.seat", subject=juror, actor=actor, now=now, edition_id=edition.id, **facts)
    return seat


def seat_of(session: Session, edition: Edition, juror: Person) -> JurySeat:
    """A juror's seat, made where there is none. The caller holds `lock_panel`."""
    seat = queries.seats_of(session, edition).get(juror.id)
    if seat is None:
        seat = JurySeat(edition_id=edition.id, juror=juror, challenge_ids=[], themes=[])
        session.add(seat)
    return seat


def settle_flag(session: Session, *, flag: Flag, actor: Person, now: datetime) -> None:
    """Say that what a juror told is looked after; settling twice changes nothing."""
    if flag.settled_at is None:
        flag.settled_at, flag.settled_by_id = now, actor.id
        record(session, "flag.settle", subject=flag, actor=actor, now=now, edition_id=flag.entry.edition_id)


def declare_conflict(
    session: Session,
    *,
    entry: Entry,
    juror: Person,
    reason: str,
    actor: Person,
    now: datetime,
    kind: ConflictKind = ConflictKind.DECLARED,
) -> Conflict:
    """Hide an entry from a juror, at once and for good; marks they gave it count no more.

    Declaring twice changes nothing. Raises Invalid, for the field `reason`, without one.
    """
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid(_l("Say in a few words what the link is."), field="reason")
    lock_panel(session, entry.edition)
    declared = queries.conflict_between(session, juror, entry)
    if declared is not None:
        return declared
    said: dict[str, Any] = {"kind": kind, "reason": reason, "declared_at": now, "declared_by_id": actor.id}
    conflict = Conflict(juror=juror, entry=entry, **said)
    session.add(conflict)
    begun = (juror.id, entry.id) in panel_registry().finished(session, entry.edition)
    if begun:
        panel_registry().set_aside(session, juror, entry, now)
    _record(session, "conflict.declare", entry, juror, actor=actor, now=now, kind=kind.value, marks_set_aside=begun)
    return conflict


def clear_hint(session: Session, *, entry: Entry, juror: Person, actor: Person, now: datetime) -> None:
    """Say that a possible conflict is none: it is not shown again."""
    lock_panel(session, entry.edition)
    if (juror.id, entry.id) in queries.cleared_pairs(session, entry.edition):
        return
    session.add(ClearedHint(juror_id=juror.id, entry_id=entry.id, cleared_at=now, cleared_by_id=actor.id))
    _record(session, "conflict.clear", entry, juror, actor=actor, now=now)


def remove_juror(session: Session, *, edition: Edition, juror: Person, actor: Person | None, now: datetime) -> None:
    """Take the role back from a juror who has begun nothing, with what they were assigned. Raises ReviewBegun."""
    lock_panel(session, edition)
    if any(person == juror.id for person, _entry in panel_registry().finished(session, edition)):
        raise ReviewBegun(
            _l("%(juror)s has begun a review: it is kept, and so is the juror. Nothing was changed.", juror=juror.name)
        )
    held = {(juror.id, each.entry_id) for each in queries.assignments_of(session, edition) if each.juror_id == juror.id}
    change_assignments(session, edition=edition, added=(), removed=held, actor=actor, now=now)
    granted = held_role(session, person_id=juror.id, edition_id=edition.id, role=Role.JUROR, sponsor_id=None)
    if granted is not None:
        withdraw_role(session, granted=granted, actor=actor, now=now)


def lock_panel(session: Session, edition: Edition) -> None:
    """Let one change of an edition's panel happen at a time, so that two people see each other's."""
    session.flush()
    # Rows that refer to the edition may still be added meanwhile, by people who are no part of the jury.
    session.refresh(edition, ["id"], with_for_update={"key_share": True})


def _record(session: Session, verb: str, entry: Entry, juror: Person, **acted: Any) -> None:
    facts = {"entry": entry.code, "juror_id": juror.id, **acted}
    record(session, verb, subject=entry, edition_id=entry.edition_id, **facts)
