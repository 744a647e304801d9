"""Verbs on questions about datasets: asked by anybody with an account, settled by stewards."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete
from sqlalchemy.orm import Session

from challenges.catalogue.models import Dataset
from challenges.catalogue.questions.letters import tell_asker, write_to_contact
from challenges.catalogue.questions.models import DatasetQuestion
from challenges.catalogue.questions.queries import asked_lately, question_by_request_key, questions_of
from challenges.catalogue.questions.rules import (
    SHORTEST_QUESTION,
    QuestionState,
    contact_address,
    may_ask,
    may_become,
)
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Conflict, Invalid


class TooManyQuestions(Invalid):
    """Somebody has asked as much as one person may within a day."""

    status = 429
    code = "too-many"


class AlreadySettled(Conflict):
    """Somebody answered or hid the question first."""

    code = "already-settled"


def ask(
    session: Session, *, dataset: Dataset, text: str, request_key: str, actor: Person, now: datetime
) -> DatasetQuestion:
    """Ask. The same form a second time is the same question. Raises Invalid or TooManyQuestions."""
    # Locked before they are counted: two tabs at once must not both be the last one allowed.
    asker = session.get_one(Person, actor.id)
    lock_row(session, asker)
    before = question_by_request_key(session, request_key)
    if before is not None:
        return _own(before, asker)
    if len(text.strip()) < SHORTEST_QUESTION:
        raise Invalid(_l("Write the question in a sentence, so that it can be answered."), field="text")
    if not may_ask(asked_lately(session, asker, now)):
        message = _l("You have asked as many questions as one person may within a day. Ask this one tomorrow.")
        raise TooManyQuestions(message, field="text")
    facts: dict[str, Any] = {"dataset": dataset, "asker": asker, "request_key": request_key, "asked_at": now}
    question = DatasetQuestion(text=text.strip(), state=QuestionState.OPEN, **facts)
    session.add(question)
    record(session, "question.ask", subject=question, actor=asker, now=now, dataset=dataset.slug)
    return question


def _own(question: DatasetQuestion, asker: Person) -> DatasetQuestion:
    if question.asker_id != asker.id:
        raise Invalid(_l("This form was sent already. Open the page of the dataset and ask again."))
    return question


def answer(session: Session, *, question: DatasetQuestion, text: str, actor: Person, now: datetime) -> None:
    """Answer in words that everybody reads; the asker is told. Raises AlreadySettled."""
    _settle(session, question, QuestionState.ANSWERED, actor, now)
    question.answer = text.strip()
    record(session, "question.answer", subject=question, actor=actor, now=now, dataset=question.dataset.slug)
    tell_asker(session, "question_answered", question=question, now=now)


def hide(session: Session, *, question: DatasetQuestion, reason: str, actor: Person, now: datetime) -> None:
    """Show a question to nobody any more; the asker is told why. Raises AlreadySettled."""
    _settle(session, question, QuestionState.HIDDEN, actor, now)
    question.reason = reason.strip()
    told: dict[str, Any] = {"dataset": question.dataset.slug, "reason": question.reason}
    record(session, "question.hide", subject=question, actor=actor, now=now, **told)
    tell_asker(session, "question_hidden", question=question, now=now)


def _settle(session: Session, question: DatasetQuestion, state: QuestionState, actor: Person, now: datetime) -> None:
    lock_row(session, question)
    if not may_become(question.state, state):
        raise AlreadySettled(_l("Somebody has settled this question before you. Nothing was changed: read it again."))
    question.state, question.settled_at, question.settled_by_id = state, now, actor.id


def forward(session: Session, *, question: DatasetQuestion, actor: Person, now: datetime) -> None:
    """Send an open question to the contact of its dataset, once, without the name of who asked.

    The letter names the steward's own address for the answer. Raises AlreadySettled, and Conflict without address.
    """
    lock_row(session, question)
    address = contact_address(question.dataset.contact)
    if question.state is not QuestionState.OPEN or question.forwarded_at is not None:
        raise AlreadySettled(_l("This question is answered, hidden or forwarded already. Nothing was sent."))
    if address is None:
        raise Conflict(_l("This dataset states no e-mail address. Write to its publisher yourself."))
    question.forwarded_at = now
    record(session, "question.forward", subject=question, actor=actor, now=now, dataset=question.dataset.slug)
    write_to_contact(session, question=question, address=address, steward=actor, now=now)


def export_questions(session: Session, person: Person) -> list[dict[str, Any]]:
    """What somebody asked, for a copy of their data."""
    return [
        {
            "dataset": question.dataset.slug,
            "asked_at": question.asked_at.isoformat(),
            "question": question.text,
            "state": question.state.value,
            "answer": question.answer,
        }
        for question in questions_of(session, person)
    ]


def forget_person(session: Session, person: Person, _now: datetime) -> None:
    """Questions that nobody answered go with the account; answered ones never said whose they were."""
    unanswered = (DatasetQuestion.asker_id == person.id, DatasetQuestion.state != QuestionState.ANSWERED)
    session.execute(delete(DatasetQuestion).where(*unanswered))
