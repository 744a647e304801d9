"""Questions about datasets: who may ask, who reads what, what stewards do, what letters say."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.catalogue.questions import service
from challenges.catalogue.questions.models import DatasetQuestion
from challenges.catalogue.questions.rules import MOST_WITHIN, QuestionState, contact_address, may_become
from hackaviz.accounts.models import Role
from hackaviz.accounts.privacy import close_account, export_person
from hackaviz.kernel.audit import Action
from hackaviz.kernel.errors import Conflict, Invalid
from hackaviz.kernel.mail import OutgoingMail
from tests.factories import grant, make_dataset, make_edition, make_person, save, sign_in
from tests.support.client import SiteClient
from tests.support.queries import count_queries

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEXT = "What does the column “links” count?\nShips or lines?"
on_sqlite = pytest.mark.database("sqlite")


def ask(session: Session, app: Flask, person, dataset, *, key: str = "key-1", now: datetime = NOW):
    with app.app_context():
        return service.ask(session, dataset=dataset, text=TEXT, request_key=key, actor=person, now=now)


def letters(session: Session) -> list[OutgoingMail]:
    return list(session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


@pytest.mark.parametrize(
    ("stated", "address"),
    [
        ("data@port.example", "data@port.example"),
        (" mailto:data@port.example ", "data@port.example"),
        ("https://port.example/contact", None),
        ("Service des données", None),
        ("a@port.example, b@port.example", None),
        ("x\nBcc: all@port.example", None),
        ("", None),
    ],
)
def test_only_one_plain_address_is_written_to(stated, address):
    assert contact_address(stated) == address


def test_what_is_hidden_stays_hidden():
    assert not any(may_become(QuestionState.HIDDEN, state) for state in QuestionState)
    assert not may_become(QuestionState.ANSWERED, QuestionState.OPEN)


def test_a_form_sent_twice_asks_once(session: Session, app: Flask):
    dataset, person = make_dataset(session), make_person(session)
    assert ask(session, app, person, dataset) is ask(session, app, person, dataset)
    assert session.query(DatasetQuestion).count() == 1


def test_nobody_asks_more_than_a_few_questions_within_a_day(session: Session, app: Flask):
    dataset, person, other = make_dataset(session), make_person(session), make_person(session)
    for number in range(MOST_WITHIN):
        ask(session, app, person, dataset, key=f"key-{number}")
    with pytest.raises(service.TooManyQuestions) as refused:
        ask(session, app, person, dataset, key="one-more")
    assert refused.value.status == 429
    ask(session, app, other, dataset, key="other")
    ask(session, app, person, dataset, key="next-day", now=NOW + timedelta(days=1, seconds=1))


@on_sqlite
def test_a_key_of_somebody_else_shows_nothing_of_theirs(session: Session, app: Flask):
    dataset, person, thief = make_dataset(session), make_person(session), make_person(session)
    ask(session, app, person, dataset)
    with pytest.raises(Invalid):
        ask(session, app, thief, dataset)


@on_sqlite
def test_an_answer_is_public_and_whoever_asked_is_told(session: Session, app: Flask):
    dataset, person, steward = make_dataset(session), make_person(session), make_person(session, is_steward=True)
    question = ask(session, app, person, dataset)
    with app.app_context():
        service.answer(session, question=question, text=" Lines. ", actor=steward, now=NOW)
        with pytest.raises(service.AlreadySettled):
            service.answer(session, question=question, text="Ships.", actor=steward, now=NOW)
    assert (question.state, question.answer) == (QuestionState.ANSWERED, "Lines.")
    (letter,) = letters(session)
    assert letter.recipient == person.email
    assert "Lines." in letter.body
    assert f"/catalogue/{dataset.slug}#questions" in letter.body


@on_sqlite
def test_a_question_is_hidden_with_a_reason_that_is_logged_and_told(session: Session, app: Flask):
    dataset, person, steward = make_dataset(session), make_person(session), make_person(session, is_steward=True)
    question = ask(session, app, person, dataset)
    with app.app_context():
        service.hide(session, question=question, reason="It names your team.", actor=steward, now=NOW)
    action = session.scalar(select(Action).where(Action.verb == "question.hide"))
    assert (action.actor_id, action.details["reason"]) == (steward.id, "It names your team.")
    assert "It names your team." in letters(session)[0].body


@on_sqlite
def test_the_database_refuses_an_answer_without_words(session: Session, app: Flask):
    question = ask(session, app, make_person(session), make_dataset(session))
    question.state, question.settled_at = QuestionState.ANSWERED, NOW
    with pytest.raises(IntegrityError, match="answered_in_words"):
        session.flush()


@on_sqlite
def test_the_publisher_is_asked_once_without_the_name_of_who_asked(session: Session, app: Flask):
    dataset = make_dataset(session, contact="mailto:data@port.example")
    person, steward = make_person(session, name="Canary Person"), make_person(session, is_steward=True)
    question = ask(session, app, person, dataset)
    with app.app_context():
        service.forward(session, question=question, actor=steward, now=NOW)
        with pytest.raises(service.AlreadySettled):
            service.forward(session, question=question, actor=steward, now=NOW)
        silent = ask(session, app, person, make_dataset(session, contact="https://port.example"), key="key-2")
        with pytest.raises(Conflict):
            service.forward(session, question=silent, actor=steward, now=NOW)
    (letter,) = letters(session)
    assert letter.recipient == "data@port.example"
    assert steward.email in letter.body
    assert TEXT in letter.body
    assert "Canary" not in letter.body + letter.subject
    assert person.email not in letter.body


@on_sqlite
def test_asking_in_pages_and_who_reads_what(session: Session, client: SiteClient):
    dataset = make_dataset(session)
    person, other = make_person(session, name="Canary Person"), make_person(session)
    steward = make_person(session, is_steward=True)
    page, address = f"/catalogue/{dataset.slug}?lang=en", f"/catalogue/{dataset.slug}/ask"
    assert client.get(address).location.startswith("/sign-in")
    sign_in(client, person)
    assert client.post(address, data={"text": "short", "request_key": "k"}).status_code == 422
    assert client.post(address, data={"text": "<script>alert(1)</script> ?", "request_key": "k"}).status_code == 302
    own = client.get(page).text
    assert "You asked on" in own
    assert "&lt;script&gt;alert(1)" in own
    sign_in(client, other)
    assert "script&gt;alert" not in client.get(page).text
    assert client.get("/catalogue/questions").status_code == 403
    sign_in(client, steward)
    question = session.scalars(select(DatasetQuestion)).one()
    waiting = client.get("/catalogue/questions?lang=en").text
    assert "Questions (1)" in waiting
    assert "Canary Person" in waiting
    answered = client.post(f"/catalogue/questions/{question.public_id}/answer", data={"answer": "By lines."})
    assert answered.status_code == 302
    sign_in(client, other)
    shown = client.get(page).text
    assert "A participant asked on" in shown
    assert "By lines." in shown
    assert "Canary" not in shown


@on_sqlite
def test_a_steward_who_judges_does_not_learn_who_asked(session: Session, app: Flask, client: SiteClient):
    dataset, steward = make_dataset(session), make_person(session, is_steward=True)
    question = ask(session, app, make_person(session, name="Canary Person"), dataset)
    grant(session, steward, Role.JUROR, make_edition(session))
    sign_in(client, steward)
    for address in ("/catalogue/questions", f"/catalogue/questions/{question.public_id}"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Canary" not in answer.text


@on_sqlite
def test_the_list_of_questions_costs_the_same_at_any_size(session: Session, app: Flask, client: SiteClient):
    sign_in(client, make_person(session, is_steward=True))
    counts = []
    for number in (3, 40):
        for _each in range(number):
            facts = {"dataset": make_dataset(session), "asker": make_person(session), "asked_at": NOW}
            save(session, DatasetQuestion(text=TEXT, request_key=f"{number}-{_each}", **facts))
        session.commit()
        with count_queries() as statements:
            assert client.get("/catalogue/questions").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


@on_sqlite
def test_an_account_takes_its_questions_away_and_leaves_the_answered_ones(session: Session, app: Flask):
    dataset, person, steward = make_dataset(session), make_person(session), make_person(session, is_steward=True)
    answered, waiting = ask(session, app, person, dataset), ask(session, app, person, dataset, key="key-2")
    gone = waiting.id
    with app.test_request_context():
        service.answer(session, question=answered, text="Lines.", actor=steward, now=NOW)
        assert [each["state"] for each in export_person(session, person)["dataset_questions"]] == ["answered", "open"]
        close_account(session, person=person, now=NOW)
        service.hide(session, question=answered, reason="Outdated.", actor=steward, now=NOW)
    assert session.get(DatasetQuestion, gone, populate_existing=True) is None
    assert letters(session) == []
