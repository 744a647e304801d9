"""Named reads of the calibration exercise."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from judging.scoring.calibration.models import TrainingReview, TrainingWork
from submissions.entries.models import Entry, EntryVersion
from submissions.entries.queries import SHOWN


@dataclass(frozen=True)
class Training:
    """The exercise as one juror sees it: works in order, theirs done or not."""

    works: Sequence[TrainingWork]
    done: frozenset[int]

    @property
    def next(self) -> TrainingWork | None:
        """The next work to score."""
        return next((work for work in self.works if work.id not in self.done), None)


def works_of(session: Session, edition: Edition) -> Sequence[TrainingWork]:
    """The training works of an edition, with rubric, file and what was given."""
    whole = (
        joinedload(TrainingWork.challenge).selectinload(Challenge.criteria),
        joinedload(TrainingWork.entry).joinedload(Entry.current_version).joinedload(EntryVersion.upload),
        joinedload(TrainingWork.entry).joinedload(Entry.edition),
        selectinload(TrainingWork.reviews).joinedload(TrainingReview.juror),
    )
    query = select(TrainingWork).where(TrainingWork.edition_id == edition.id).order_by(TrainingWork.number)
    return session.scalars(query.options(*whole)).unique().all()


def training_of(session: Session, edition: Edition, juror: Person) -> Training:
    """What a juror has still to score before their own entries."""
    query = select(TrainingWork).where(TrainingWork.edition_id == edition.id).order_by(TrainingWork.number)
    mine = select(TrainingReview.work_id).join(TrainingReview.work).where(TrainingReview.juror_id == juror.id)
    done = mine.where(TrainingWork.edition_id == edition.id)
    return Training(session.scalars(query).all(), frozenset(session.scalars(done)))


def candidates(session: Session, edition: Edition) -> Sequence[Entry]:
    """Works that may serve: public ones of other editions, the newest first."""
    query = select(Entry).join(Entry.edition).where(Entry.edition_id != edition.id, SHOWN)
    public = query.where(Edition.results_public_at.is_not(None)).options(joinedload(Entry.edition))
    return session.scalars(public.order_by(Edition.results_public_at.desc(), Entry.number)).all()


def spread(work: TrainingWork) -> Mapping[int, Counter[int]]:
    """How often each mark was given, by criterion."""
    counted = {criterion.id: Counter[int]() for criterion in work.challenge.criteria}
    for review in work.reviews:
        for criterion, mark in review.marks.items():
            if int(criterion) in counted:
                counted[int(criterion)][mark] += 1
    return counted
