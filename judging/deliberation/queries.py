"""The jury's meeting, its votes, and the ranking that follows from marks and votes."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition
from judging.deliberation.models import Attendance, Decision, Meeting
from judging.deliberation.rules import FinalRanking, Ruling, final_ranking
from judging.panels.hints import recused_pairs
from judging.panels.queries import jurors_of, not_conflicted, of_the_jury
from judging.scoring.models import Review
from judging.scoring.queries import rankings_of
from submissions.entries.models import Entry


def meeting_of(session: Session, edition: Edition) -> Meeting | None:
    """The meeting of an edition, once it was opened."""
    return session.scalar(select(Meeting).where(Meeting.edition_id == edition.id))


def has_met(session: Session, edition: Edition) -> bool:
    """Whether the meeting was ever opened."""
    return meeting_of(session, edition) is not None


def is_meeting(session: Session, edition: Edition) -> bool:
    """Whether it is open now."""
    meeting = meeting_of(session, edition)
    return meeting is not None and meeting.is_open


def decisions_of(session: Session, edition: Edition) -> Sequence[Decision]:
    """Every vote of an edition, the first one first, with its challenge and entry."""
    query = select(Decision).where(Decision.edition_id == edition.id).order_by(Decision.id)
    return session.scalars(query.options(joinedload(Decision.challenge), joinedload(Decision.entry))).all()


def rulings_on(decisions: Iterable[Decision], challenge_id: int) -> list[Ruling]:
    """What was carried in a challenge, in the order of the votes."""
    return [
        Ruling(each.kind, each.entry_id, each.place, each.reason)
        for each in decisions
        if each.challenge_id == challenge_id and each.is_carried
    ]


def final_rankings_of(
    session: Session, edition: Edition, *, only: Challenge | None = None
) -> Mapping[int, FinalRanking]:
    """The final ranking of every challenge with an entry, by the number of its row: marks, then votes."""
    decisions = decisions_of(session, edition)
    return {
        challenge: final_ranking(computed, rulings_on(decisions, challenge))
        for challenge, computed in rankings_of(session, edition, only=only).items()
    }


def final_ranking_of(session: Session, challenge: Challenge) -> FinalRanking:
    """The same of one challenge."""
    found = final_rankings_of(session, challenge.edition, only=challenge)
    return found.get(challenge.id, FinalRanking((), None))


def voters_on(session: Session, challenge: Challenge, entry: Entry | None) -> set[int]:
    """Who may vote: jurors without a conflict, settled or not, with the entry, or with any of the challenge."""
    numbers = select(Entry.id).where(Entry.challenge_id == challenge.id)
    concerned = {entry.id} if entry is not None else set(session.scalars(numbers))
    recused = {juror for juror, one in recused_pairs(session, challenge.edition) if one in concerned}
    return {juror.id for juror in jurors_of(session, challenge.edition)} - recused


def attendances_of(session: Session, edition: Edition) -> Sequence[Attendance]:
    """Every stay at the meeting, in the order in which jurors came, with the juror."""
    query = select(Attendance).join(Meeting, Meeting.id == Attendance.meeting_id)
    ordered = query.where(Meeting.edition_id == edition.id).order_by(Attendance.arrived_at, Attendance.id)
    return session.scalars(ordered.options(joinedload(Attendance.juror))).all()


def present_now(session: Session, edition: Edition) -> set[int] | None:
    """The jurors who are noted as present; None where nobody's presence was ever noted."""
    stays = attendances_of(session, edition)
    return {stay.juror_id for stay in stays if stay.left_at is None} if stays else None


def reviews_of_challenge(session: Session, challenge: Challenge) -> Mapping[int, list[Review]]:
    """The finished reviews of each entry with juror and marks; those of conflicted jurors are left out."""
    query = (
        select(Review)
        .join(Review.entry)
        .where(Entry.challenge_id == challenge.id, Review.finished_at.is_not(None))
        .where(not_conflicted(Review), of_the_jury(Review))
        .options(joinedload(Review.juror), selectinload(Review.marks))
    )
    by_entry: dict[int, list[Review]] = {}
    for review in session.scalars(query.order_by(Review.id)):
        by_entry.setdefault(review.entry_id, []).append(review)
    return by_entry
