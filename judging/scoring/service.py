"""What a juror does with a review: save, finish, reopen. The first save makes it."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Invalid, NotFound
from judging.panels.policy import is_conflicted, not_yours
from judging.panels.queries import assignment_between
from judging.panels.rounds.models import MarksShown
from judging.panels.rounds.rules import round_is_open
from judging.panels.service import lock_panel
from judging.scoring.marks_log import Act, append
from judging.scoring.models import Mark, Review
from judging.scoring.queries import review_of
from judging.scoring.refusals import (
    EntrySkipped,
    JudgingClosed,
    JuryHasMet,
    ReviewFinal,
    ReviewFinished,
    RevisionConflict,
)
from judging.scoring.registry import Change, scoring_registry
from judging.scoring.rules import check_comment, check_marks, mark_field, without_mark
from submissions.entries.models import Entry


def save_review(
    session: Session,
    *,
    entry: Entry,
    juror: Person,
    marks: Mapping[int, int | None],
    comment_to_team: str,
    comment_private: str,
    base_revision: int,
    save_key: str,
    now: datetime,
) -> Review:
    """Keep marks (criterion → mark, None for none yet) and comments; the same `save_key` sent again changes nothing.

    `base_revision` is the revision that the writer had read, 0 before the first save. Raises RevisionConflict when the
    review has moved on, JudgingClosed, JuryHasMet, ReviewFinished, Invalid with the field, NotFound when it is not
    theirs to write.
    """
    review = _writable(session, entry, juror, now)
    if review is not None and review.last_save_key == save_key:
        return review
    if review is not None and review.finished_at is not None:
        raise ReviewFinished
    if review is not None and review.revision != base_revision:
        raise RevisionConflict(review)
    given = check_marks(marks, {criterion.id: criterion.highest_mark for criterion in entry.challenge.criteria})
    comments = (check_comment(comment_to_team, "comment_to_team"), check_comment(comment_private, "comment_private"))
    review = review or _begin(session, entry, juror, now)
    review.comment_to_team, review.comment_private = comments
    _set_marks(review, given)
    review.revision += 1
    review.last_save_key, review.saved_at = save_key, now
    append(session, review=review, act=Act.SAVE, now=now)
    return review


def finish_review(session: Session, *, entry: Entry, juror: Person, now: datetime) -> Review:
    """Say that a review is complete: from now on it counts. Finishing twice changes nothing.

    Raises Invalid, naming the first criterion without mark, JudgingClosed, NotFound.
    """
    review = _written(session, entry, juror, now)
    if review.finished_at is not None:
        return review
    given = [mark.criterion_id for mark in review.marks]
    missing = without_mark(given, [criterion.id for criterion in entry.challenge.criteria])
    if missing:
        raise Invalid(_l("Give a mark on this criterion before you finish."), field=mark_field(missing[0]))
    review.finished_at = now
    append(session, review=review, act=Act.FINISH, now=now)
    record(
        session, "review.finish", subject=review, actor=juror, now=now, edition_id=entry.edition_id, entry=entry.code
    )
    return review


def reopen_review(session: Session, *, entry: Entry, juror: Person, now: datetime) -> Review:
    """Take a finished review back to change it, while judging is open; until it is finished again it does not count.

    Raises ReviewFinal in a round that has shown them the marks of the others, JuryHasMet once the meeting was opened.
    """
    review = _written(session, entry, juror, now)
    if review.finished_at is None:
        return review
    assignment = assignment_between(session, juror, entry)
    if assignment and assignment.round and assignment.round.marks_shown is MarksShown.AFTER_OWN:
        raise ReviewFinal
    review.finished_at = None
    append(session, review=review, act=Act.REOPEN, now=now)
    record(
        session, "review.reopen", subject=review, actor=juror, now=now, edition_id=entry.edition_id, entry=entry.code
    )
    return review


def set_aside_review(session: Session, juror: Person, entry: Entry, now: datetime) -> None:
    """Leave a trace in the log of marks that a review counts no more: its juror has a conflict."""
    review = review_of(session, juror, entry)
    if review is not None:
        append(session, review=review, act=Act.SET_ASIDE, now=now)


def set_aside_and_tell(session: Session, juror: Person, entry: Entry, now: datetime) -> None:
    """The same, and tell that the result changed.

    No other mark does once results have a date: nobody may write any more.
    """
    set_aside_review(session, juror, entry, now)
    scoring_registry().changed(session, entry.edition, Change.MARKS, now)


def _writable(session: Session, entry: Entry, juror: Person, now: datetime) -> Review | None:
    # The panel is locked first: saves take turns in the log of marks, and no organiser takes the entry away meanwhile.
    lock_panel(session, entry.edition)
    assignment = assignment_between(session, juror, entry, lock=True)
    if assignment is None or is_conflicted(session, juror, entry):
        raise not_yours()
    if not round_is_open(entry.edition, assignment.round, now):
        raise JudgingClosed(entry.edition, assignment.round, now)
    if scoring_registry().has_met(session, entry.edition):
        raise JuryHasMet
    if assignment.skipped_at is not None:
        raise EntrySkipped
    return review_of(session, juror, entry, lock=True)


def _written(session: Session, entry: Entry, juror: Person, now: datetime) -> Review:
    review = _writable(session, entry, juror, now)
    if review is None:
        raise NotFound(_l("This review has not been begun."))
    return review


def _begin(session: Session, entry: Entry, juror: Person, now: datetime) -> Review:
    review = Review(juror=juror, entry=entry, revision=0, started_at=now, saved_at=now, marks=[])
    session.add(review)
    record(session, "review.start", subject=review, actor=juror, now=now, edition_id=entry.edition_id, entry=entry.code)
    return review


def _set_marks(review: Review, given: Mapping[int, int]) -> None:
    kept = {mark.criterion_id: mark for mark in review.marks}
    for criterion, mark in kept.items():
        if criterion not in given:
            review.marks.remove(mark)
    for criterion, value in given.items():
        if criterion in kept:
            kept[criterion].value = value
        else:
            review.marks.append(Mark(criterion_id=criterion, value=value))
