from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from hackaviz.accounts import own_account
from hackaviz.accounts.models import Person
from hackaviz.accounts.queries import person_by_email
from hackaviz.kernel.clock import utc_now
from tests.accounts.conftest import PASSWORD
from tests.factories import make_person, sign_in

GRACE = {"name": "Grace Hopper", "email": "grace@example.org", "password": PASSWORD, "language": "en"}


def sign_up(client, **fields):
    return client.post("/sign-up", data=GRACE | fields)


def test_an_account_opens_and_its_address_is_verified_by_the_letter(client, session, letters, link_of):
    assert sign_up(client).location == "/sign-up/sent"
    grace = person_by_email(session, "grace@example.org")
    assert grace.email_verified_at is None
    assert [letter.recipient for letter in letters()] == ["grace@example.org"]

    page = client.get(link_of())
    assert "Grace Hopper" in page.text
    assert client.head(link_of()).status_code == 200
    assert person_by_email(session, "grace@example.org").email_verified_at is None

    assert client.post(link_of()).location == "/sign-in"
    assert person_by_email(session, "grace@example.org").email_verified_at is not None


def test_a_verification_link_works_once_and_for_three_days(client, link_of):
    sign_up(client)
    with time_machine.travel(utc_now() + timedelta(days=3, minutes=1)):
        assert client.post(link_of()).status_code == 400
    assert client.post(link_of()).status_code == 302
    again = client.post(link_of())
    assert again.status_code == 400
    assert "works only once" in again.text


def test_people_go_on_to_where_they_were_going_after_the_letter(client, link_of):
    sign_up(client, next="/editions/smart-port/register")
    assert link_of().endswith("?next=%2Feditions%2Fsmart-port%2Fregister")
    assert client.post(link_of()).location == "/sign-in?next=/editions/smart-port/register"


def test_a_letter_never_carries_another_sites_address(client, link_of):
    sign_up(client, next="//evil.example")
    assert "evil" not in link_of()


def test_links_name_our_host_whatever_the_request_says(client, letters):
    client.post("/sign-up", data=GRACE, headers={"X-Forwarded-Host": "evil.example"})
    assert len(letters()) == 1
    assert "evil" not in letters()[0].body
    assert "http://127.0.0.1:8000/verify/" in letters()[0].body


@pytest.mark.parametrize("twin", ["ada@example.org", "Ada@Example.org", "ａda@example.org", " ada@example.org"])
def test_a_taken_address_gets_the_same_answer_and_its_owner_a_letter(client, session, ada, letters, twin):
    fresh = sign_up(client)
    taken = sign_up(client, email=twin)
    assert (taken.status_code, taken.location, taken.text) == (fresh.status_code, fresh.location, fresh.text)
    assert session.scalar(select(func.count()).select_from(Person)) == 2
    assert letters()[-1].recipient == "ada@example.org"
    assert "You have an account already" in letters()[-1].subject
    assert person_by_email(session, twin).name == "Ada Lovelace"


def test_an_owner_is_told_once_an_hour_however_often_somebody_tries(client, ada, letters):
    for _try in range(3):
        sign_up(client, email="ada@example.org")
    assert len(letters()) == 1


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("name", "", "This field is needed."),
        ("email", "not an address", "This is not an e-mail address."),
        ("email", "grace@localhost", "This is not an e-mail address."),
        ("password", "eleven char", "Choose a password of 12 characters or more"),
        ("password", "x" * 201, "Choose a password of 12 characters or more"),
        ("language", "de", "Not a valid choice"),
    ],
)
def test_a_refusal_names_the_field_and_keeps_what_was_typed(client, session, field, value, reason):
    answer = sign_up(client, **{field: value})
    assert answer.status_code == 422
    assert reason in answer.text
    kept = "grace@example.org" if field != "email" else "Grace Hopper"
    assert f'value="{kept}"' in answer.text
    assert PASSWORD not in answer.text
    assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_who_is_not_verified_reaches_the_account_page_only(client, session):
    grace = make_person(session, email_verified_at=None, is_administrator=True)
    sign_in(client, grace)
    assert "Your address is not verified yet" in client.get("/account").text
    kept_out = client.get("/administration/people")
    assert kept_out.status_code == 403
    assert "Verify your address first" in kept_out.text
    answer = client.get("/administration/people", headers={"Accept": "application/json"})
    assert answer.json["error"]["code"] == "email-not-verified"


def test_the_letter_can_be_sent_again_but_not_without_end(client, session, letters):
    grace = sign_in(client, make_person(session, email_verified_at=None))
    for _try in range(7):
        assert grace.post("/account/verification").location == "/account"
    assert len(letters()) == 5


def test_nothing_is_sent_for_an_address_that_is_verified(session, ada, app, letters, now):
    with app.app_context():
        own_account.send_verification(session, person=ada, now=now)
    assert letters() == []


def test_letters_and_pages_speak_the_language_of_the_account(client, letters, link_of):
    sign_up(client, language="fr")
    assert letters()[0].subject == "Vérifiez votre adresse e-mail"
    assert "Vérifier votre adresse" in client.get(f"{link_of()}?lang=fr").text
    assert "Créer un compte" in client.get("/sign-up?lang=fr").text
    assert "Regardez dans votre messagerie" in client.get("/sign-up/sent?lang=fr").text
