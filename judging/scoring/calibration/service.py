"""What organisers and jurors do with the calibration exercise."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition, Visibility
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Conflict as Refusal
from hackaviz.kernel.errors import Invalid, NotFound
from judging.panels.service import lock_panel
from judging.scoring.calibration.models import TrainingReview, TrainingWork
from judging.scoring.calibration.queries import is_available, work_as_it_is, works_of
from judging.scoring.rules import check_marks, mark_field, without_mark
from submissions.entries.models import Entry
from submissions.entries.policy import is_public


def choose_works(
    session: Session,
    *,
    edition: Edition,
    entries: Sequence[Entry],
    challenge: Challenge,
    actor: Person | None,
    now: datetime,
) -> list[TrainingWork]:
    """Let the jury score these works first, by the rubric of a challenge. Raises Refusal once somebody has begun.

    Raises Invalid, for the field `entries`, for none, for the same twice, or for a work that is still in contest.
    """
    if not entries or len({entry.id for entry in entries}) < len(entries):
        raise Invalid(_l("Choose two different works."), field="second")
    if any(entry.edition_id == edition.id or not _may_serve(entry, now) for entry in entries):
        raise Invalid(_l("Choose works of an edition whose results are public."), field="first")
    lock_panel(session, edition)
    kept = works_of(session, edition)
    if any(work.reviews for work in kept):
        raise Refusal(_l("Jurors have begun the exercise: its works stay."))
    for work in kept:
        session.delete(work)
    session.flush()
    chosen = [
        TrainingWork(edition_id=edition.id, number=number, entry=entry, challenge=challenge, chosen_at=now)
        for number, entry in enumerate(entries, start=1)
    ]
    session.add_all(chosen)
    codes = [entry.public_id for entry in entries]
    record(session, "training.choose", subject=edition, actor=actor, now=now, edition_id=edition.id, entries=codes)
    return chosen


def _may_serve(entry: Entry, now: datetime) -> bool:
    return entry.edition.visibility is Visibility.PUBLISHED and is_public(entry, now)


def score_work(
    session: Session, *, work: TrainingWork, juror: Person, marks: Mapping[int, int | None], now: datetime
) -> TrainingReview:
    """Keep a juror's marks on a training work, once for all: then they see the spread.

    Raises Invalid, naming the first criterion without mark, NotFound once another work was chosen instead, Refusal when
    they have scored it already or its team has taken its consent back.
    """
    lock_panel(session, session.get_one(Edition, work.edition_id))
    if work_as_it_is(session, work) is None:
        raise NotFound(_l("There is no training work with this number."))
    if not is_available(work, now):
        raise Refusal(_l("This work is no longer available."))
    given = check_marks(marks, {criterion.id: criterion.highest_mark for criterion in work.challenge.criteria})
    missing = without_mark(given, [criterion.id for criterion in work.challenge.criteria])
    if missing:
        raise Invalid(_l("Give a mark on this criterion before you finish."), field=mark_field(missing[0]))
    if any(review.juror_id == juror.id for review in work.reviews):
        raise Refusal(_l("You have scored this work already. Your marks are kept."))
    facts = {str(criterion): mark for criterion, mark in given.items()}
    review = TrainingReview(work=work, juror=juror, marks=facts, given_at=now)
    session.add(review)
    session.flush()
    return review
