"""The jury's meeting: opened, votes recorded, closed."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Conflict, Invalid
from judging.deliberation.models import Decision, Meeting
from judging.deliberation.policy import is_frozen
from judging.deliberation.queries import attendances_of, final_ranking_of, meeting_of, present_now, voters_on
from judging.deliberation.rules import (
    ON_A_CHALLENGE,
    DecisionKind,
    Votes,
    check_reason,
    check_votes,
    jury_may_meet,
)
from submissions.entries.models import Entry


@dataclass(frozen=True)
class Motion:
    """What is put to the vote; `place` only for a move, `entry` None for what concerns the whole challenge."""

    kind: DecisionKind
    entry: Entry | None
    place: int | None
    reason: str


def open_meeting(session: Session, *, edition: Edition, actor: Person | None, now: datetime) -> Meeting:
    """Let jurors read each other's reviews. Opening twice changes nothing. Raises Conflict while jurors may mark."""
    lock_row(session, edition)
    if not jury_may_meet(edition.judging_closes_at, now):
        raise Conflict(
            _l("Jurors still mark entries, and must not read each other’s marks. They meet once judging is over.")
        )
    meeting = meeting_of(session, edition)
    if meeting is None:
        meeting = Meeting(edition_id=edition.id, opened_at=now, turn=0)
        session.add(meeting)
    elif meeting.closed_at is None:
        return meeting
    meeting.closed_at, meeting.turn = None, meeting.turn + 1
    record(session, "meeting.open", subject=meeting, actor=actor, now=now, edition_id=edition.id)
    return meeting


def close_meeting(session: Session, *, edition: Edition, actor: Person | None, now: datetime) -> None:
    """Hide reviews from other jurors again; whoever was present leaves. Closing what is not open changes nothing."""
    lock_row(session, edition)
    meeting = meeting_of(session, edition)
    if meeting is not None and meeting.closed_at is None:
        meeting.closed_at, meeting.turn = now, meeting.turn + 1
        meeting.challenge_id = meeting.entry_id = None
        for stay in attendances_of(session, edition):
            stay.left_at = stay.left_at or now
        record(session, "meeting.close", subject=meeting, actor=actor, now=now, edition_id=edition.id)


def record_vote(
    session: Session,
    *,
    challenge: Challenge,
    motion: Motion,
    votes_for: int,
    votes_against: int,
    abstained: int,
    actor: Person | None,
    now: datetime,
) -> Decision:
    """Record a vote, carried or not; a carried one changes the final ranking from now on.

    Raises Invalid, naming the field, and Conflict while results wait under embargo.
    """
    edition = challenge.edition
    lock_row(session, edition)
    if is_frozen(edition, now):
        raise Conflict(_l("The results are frozen until their date. Withdraw the date first; then the jury may vote."))
    _check(session, challenge, motion)
    votes = _counted(session, challenge, motion, (votes_for, votes_against, abstained))
    decision = Decision(
        edition_id=edition.id,
        challenge=challenge,
        entry=motion.entry,
        kind=motion.kind,
        place=motion.place,
        reason=check_reason(motion.reason),
        votes_for=votes_for,
        votes_against=votes_against,
        abstained=abstained,
        voters=votes.voters,
        quorum=votes.quorum,
        present=votes.present,
        is_carried=votes.is_carried,
        decided_at=now,
        recorded_by_id=actor.id if actor else None,
    )
    session.add(decision)
    _show_again(session, edition)
    facts = {"kind": motion.kind.value, "entry": motion.entry.code if motion.entry else "", "reason": decision.reason}
    counted = {"votes": f"{votes_for}/{votes_against}/{abstained}", "carried": votes.is_carried}
    record(session, "jury.vote", subject=decision, actor=actor, now=now, edition_id=edition.id, **facts, **counted)
    return decision


def _counted(session: Session, challenge: Challenge, motion: Motion, hands: tuple[int, int, int]) -> Votes:
    """The show of hands among those who may vote, and how many of these are present. Raises Invalid."""
    voters, present = voters_on(session, challenge, motion.entry), present_now(session, challenge.edition)
    votes = Votes(*hands, voters=len(voters), present=None if present is None else len(voters & present))
    check_votes(votes)
    return votes


def _show_again(session: Session, edition: Edition) -> None:
    meeting = meeting_of(session, edition)
    if meeting is not None:
        meeting.turn += 1


def _check(session: Session, challenge: Challenge, motion: Motion) -> None:
    if (motion.entry is None) != (motion.kind in ON_A_CHALLENGE):
        raise Invalid(_l("Choose the entry that this vote is about."), field="entry")
    if motion.entry is not None and motion.entry.challenge_id != challenge.id:
        raise Invalid(_l("This entry answers another challenge."), field="entry")
    if (motion.place is None) == (motion.kind is DecisionKind.PLACE):
        raise Invalid(_l("Say which place."), field="place")
    if motion.place is not None and not 1 <= motion.place <= len(final_ranking_of(session, challenge).rows):
        raise Invalid(_l("There is no such place in this challenge."), field="place")
