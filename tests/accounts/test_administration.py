from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from hackaviz.factory import create_app
from hackaviz.kernel.audit import Action
from hackaviz.kernel.mail import OutgoingMail
from hackaviz.web.database import sessions
from hackaviz.web.jobs import do_due_work
from tests.factories import make_person, sign_in
from tests.support.client import client_for
from tests.support.queries import count_queries


@pytest.fixture
def administrator(session, client):
    administrator = make_person(session, name="Zoe", email="zoe@example.org", is_administrator=True)
    sign_in(client, administrator)
    return administrator


@pytest.fixture
def demo(settings, session):
    """A visitor of the demo."""
    app = create_app(replace(settings, demo=True))
    yield client_for(app, session)
    with app.app_context():
        sessions().engine.dispose()


def change(client, person, right, given):
    return client.post(f"/administration/people/{person.public_id}/rights", data={"right": right, "given": given})


def write_letters(session, count, now):
    for number in range(count):
        session.add(
            OutgoingMail(
                unique_key=f"letter-{number}",
                recipient=f"person{number}@example.org",
                subject=f"Letter {number}",
                body="Hello\n\nhttp://127.0.0.1:8000/verify/secret\n\nhttp://evil.example/x\n<b>bold</b>\n",
                written_at=now + timedelta(seconds=number),
                due_at=now,
            )
        )
    session.flush()


def test_rights_are_given_and_taken_and_logged(client, session, administrator, ada):
    for right in ("administrator", "steward"):
        assert change(client, ada, right, "yes").status_code == 302
        session.refresh(ada)
        assert getattr(ada, f"is_{right}")
        change(client, ada, right, "no")
        session.refresh(ada)
        assert not getattr(ada, f"is_{right}")
    verbs = session.scalars(select(Action.verb).where(Action.actor_id == administrator.id)).all()
    assert verbs == ["person.give_right", "person.take_right"] * 2


def test_giving_what_somebody_has_changes_nothing(client, session, administrator, ada):
    change(client, ada, "steward", "yes")
    change(client, ada, "steward", "yes")
    assert len(session.scalars(select(Action)).all()) == 1


@pytest.mark.database("sqlite", "postgresql")
def test_the_last_administrator_keeps_the_right(client, session, administrator):
    refused = change(client, administrator, "administrator", "no")
    assert refused.status_code == 409
    session.refresh(administrator)
    assert administrator.is_administrator


@pytest.mark.parametrize(("right", "given"), [("owner", "yes"), ("steward", "maybe"), ("", "")])
def test_what_is_no_right_is_refused(client, administrator, ada, right, given):
    assert change(client, ada, right, given).status_code == 400


def test_only_administrators_change_rights(client, session, ada):
    steward = make_person(session, is_steward=True)
    sign_in(client, steward)
    assert change(client, steward, "administrator", "yes").status_code == 403
    session.refresh(steward)
    assert not steward.is_administrator


@pytest.mark.database("sqlite", "postgresql")
def test_people_are_found_by_a_part_of_their_name_or_address(client, session, administrator, ada):
    make_person(session, name="100 % Grace", email="grace@example.org")
    for text, found in [("lovel", "ada@example.org"), ("GRACE@", "grace@example.org"), ("100 %", "grace@example.org")]:
        page = client.get("/administration/people", query_string={"q": text}).text
        assert found in page
        assert "zoe@example.org" not in page
    assert "Nobody by this name or address" in client.get("/administration/people?q=%25%25").text


def test_people_come_in_pages_at_the_same_price(client, session, administrator):
    def price():
        with count_queries() as statements:
            page = client.get("/administration/people")
        assert page.status_code == 200
        return len(statements)

    for _person in range(2):
        make_person(session)
    few = price()
    for _person in range(297):
        make_person(session)
    assert price() == few
    assert "300 accounts" in client.get("/administration/people").text
    assert "Page 6 of 6" in client.get("/administration/people?page=6").text
    assert "zoe@example.org" in client.get("/administration/people?page=6").text


def test_the_outbox_comes_in_pages_at_the_same_price(client, session, administrator, now):
    def price():
        with count_queries() as statements:
            assert client.get("/outbox").status_code == 200
        return len(statements)

    write_letters(session, 3, now)
    few = price()
    session.query(OutgoingMail).delete()
    write_letters(session, 300, now)
    assert price() == few
    assert "Letter 299" in client.get("/outbox").text
    assert "Page 15 of 15" in client.get("/outbox?page=15").text


def test_letters_show_our_links_as_links_and_everything_else_as_text(client, session, administrator, now):
    write_letters(session, 1, now)
    page = client.get("/outbox").text
    assert '<a href="http://127.0.0.1:8000/verify/secret">' in page
    assert 'href="http://evil.example' not in page
    assert "<b>bold</b>" not in page


def test_the_outbox_says_what_was_sent(app, client, session, administrator, now):
    write_letters(session, 1, now)
    assert "waits to be sent" in client.get("/outbox").text
    assert do_due_work(app) >= 1
    session.expire_all()
    assert session.scalars(select(OutgoingMail)).one().sent_at is not None
    assert "waits to be sent" not in client.get("/outbox").text


def test_the_outbox_says_that_no_letter_leaves_where_there_is_no_mail_server(app, client, session, administrator, now):
    write_letters(session, 1, now)
    session.scalars(select(OutgoingMail)).one().sent_at = now
    session.commit()
    kept = client.get("/outbox").text
    assert "No mail server is set" in kept and "> sent</span>" not in kept
    app.config["MAIL_URL"] = "smtp://mail.example.org"
    sent = client.get("/outbox").text
    assert "No mail server is set" not in sent and "> sent</span>" in sent


def test_the_outbox_is_for_administrators(client, session, ada):
    assert client.get("/outbox").location == "/sign-in?next=/outbox"
    assert sign_in(client, ada).get("/outbox").status_code == 403


def test_the_demo_shows_its_letters_to_everybody(demo, session, now):
    write_letters(session, 1, now)
    page = demo.get("/outbox")
    assert page.status_code == 200
    assert "This is a demonstration: no letter leaves it." in page.text
    assert "Letter 0" in page.text


def test_the_pages_speak_french(client, administrator):
    assert "L’administration peut tout faire sur ce site." in client.get("/administration/people?lang=fr").text
    assert "Courriels envoyés" in client.get("/outbox?lang=fr").text


def test_empty_lists_say_so(client, administrator):
    assert "No letter yet" in client.get("/outbox").text
