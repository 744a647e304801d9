"""Named reads of questions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from challenges.catalogue.models import Dataset
from challenges.catalogue.questions.models import DatasetQuestion
from challenges.catalogue.questions.rules import WITHIN, QuestionState
from hackaviz.accounts.models import Person
from hackaviz.web.paging import Page

PAGE_SIZE = 50


def questions_shown(session: Session, dataset: Dataset, reader: Any) -> Sequence[DatasetQuestion]:
    """The answered questions about a dataset, and those of this reader that are not, the newest first."""
    query = select(DatasetQuestion).where(DatasetQuestion.dataset_id == dataset.id)
    public = DatasetQuestion.state == QuestionState.ANSWERED
    if reader.is_authenticated:
        own = and_(DatasetQuestion.asker_id == reader.id, DatasetQuestion.state == QuestionState.OPEN)
        query = query.where(or_(public, own))
    else:
        query = query.where(public)
    return session.scalars(query.order_by(DatasetQuestion.asked_at.desc(), DatasetQuestion.id.desc())).all()


def question_by_public_id(session: Session, public_id: str) -> DatasetQuestion | None:
    """One question, with its dataset and who asked."""
    return session.scalar(_whole().where(DatasetQuestion.public_id == public_id))


def question_by_request_key(session: Session, request_key: str) -> DatasetQuestion | None:
    """The question that a form has asked already."""
    return session.scalar(select(DatasetQuestion).where(DatasetQuestion.request_key == request_key))


def asked_lately(session: Session, person: Person, now: datetime) -> int:
    """How many questions somebody asked within the span that is limited."""
    asked = (DatasetQuestion.asker_id == person.id, DatasetQuestion.asked_at > now - WITHIN)
    return session.scalar(select(func.count()).select_from(DatasetQuestion).where(*asked)) or 0


def count_open(session: Session) -> int:
    """How many questions wait for an answer."""
    is_open = DatasetQuestion.state == QuestionState.OPEN
    return session.scalar(select(func.count()).select_from(DatasetQuestion).where(is_open)) or 0


def page_of_questions(session: Session, state: QuestionState, number: int) -> Page[DatasetQuestion]:
    """A page of the questions in a state: of those that wait the oldest first, of the others the newest."""
    in_state = DatasetQuestion.state == state
    total = session.scalar(select(func.count()).select_from(DatasetQuestion).where(in_state)) or 0
    order = DatasetQuestion.id if state is QuestionState.OPEN else DatasetQuestion.id.desc()
    rows = session.scalars(_whole().where(in_state).order_by(order).offset((number - 1) * PAGE_SIZE).limit(PAGE_SIZE))
    return Page(rows.all(), number, PAGE_SIZE, total)


def questions_of(session: Session, person: Person) -> Sequence[DatasetQuestion]:
    """All that somebody asked."""
    return session.scalars(_whole().where(DatasetQuestion.asker_id == person.id).order_by(DatasetQuestion.id)).all()


def _whole() -> Select[DatasetQuestion]:
    whole = (joinedload(DatasetQuestion.dataset).joinedload(Dataset.publisher), joinedload(DatasetQuestion.asker))
    return select(DatasetQuestion).options(*whole)
