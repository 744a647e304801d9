"""Named reads of the calibration exercise."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition, Visibility
from hackaviz.accounts.models import Person, Role
from judging.scoring.calibration.models import TrainingReview, TrainingWork
from submissions.entries.models import Entry, EntryVersion, Upload
from submissions.entries.policy import is_public
from submissions.entries.queries import SHOWN

# What organisers brought was never handed in; everything else that may serve was.
IS_UPLOADED = Entry.current_version_id.is_(None)


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
        joinedload(TrainingWork.entry).joinedload(Entry.current_upload),
        joinedload(TrainingWork.entry).joinedload(Entry.edition),
        selectinload(TrainingWork.reviews).joinedload(TrainingReview.juror),
    )
    query = select(TrainingWork).where(TrainingWork.edition_id == edition.id).order_by(TrainingWork.number)
    return session.scalars(query.options(*whole)).unique().all()


def work_as_it_is(session: Session, work: TrainingWork) -> TrainingWork | None:
    """The same work read again, with what was given until now; None once another was chosen instead."""
    query = select(TrainingWork).where(TrainingWork.id == work.id).options(selectinload(TrainingWork.reviews))
    return session.scalar(query.execution_options(populate_existing=True))


def training_of(session: Session, edition: Edition, juror: Person) -> Training:
    """What a juror has scored, or has still to score: not works whose consent or file was withdrawn meanwhile."""
    mine = select(TrainingReview.work_id).join(TrainingReview.work).where(TrainingReview.juror_id == juror.id)
    done = mine.where(TrainingWork.edition_id == edition.id)
    query = select(TrainingWork).join(TrainingWork.entry).where(TrainingWork.edition_id == edition.id)
    is_here = and_(IS_UPLOADED, Entry.current_upload_id.is_not(None))
    asked = query.where(or_(SHOWN, is_here, TrainingWork.id.in_(done))).order_by(TrainingWork.number)
    return Training(session.scalars(asked).all(), frozenset(session.scalars(done)))


def trains_with(session: Session, person: Any, upload: Upload) -> bool:
    """Whether a file is a work that organisers brought, and the person a juror or an organiser of its edition."""
    query = select(TrainingWork.edition_id).join(TrainingWork.entry)
    editions = session.scalars(query.where(IS_UPLOADED, Entry.current_upload_id == upload.id)).all()
    return any(person.has_role(role, edition) for edition in editions for role in (Role.JUROR, Role.ORGANISER))


def is_available(work: TrainingWork, now: datetime) -> bool:
    """Whether a work may still be shown: what organisers brought always, of another edition what is public."""
    return work.upload is not None if work.is_uploaded else is_public(work.entry, now)


def candidates(session: Session, edition: Edition, now: datetime) -> Sequence[Entry]:
    """Works that may serve: public ones of other editions, the newest first; none under embargo."""
    query = select(Entry).join(Entry.edition).where(Entry.edition_id != edition.id, SHOWN)
    seen = (Edition.visibility == Visibility.PUBLISHED, Edition.results_public_at <= now)
    public = query.where(*seen).options(joinedload(Entry.edition))
    return session.scalars(public.order_by(Edition.results_public_at.desc(), Entry.number)).all()


def spread(work: TrainingWork) -> Mapping[int, Counter[int]]:
    """How often each mark was given, by criterion."""
    counted = {criterion.id: Counter[int]() for criterion in work.challenge.criteria}
    for review in work.reviews:
        for criterion, mark in review.marks.items():
            if int(criterion) in counted:
                counted[int(criterion)][mark] += 1
    return counted
