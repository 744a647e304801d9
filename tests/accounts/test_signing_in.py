from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine

from hackaviz.accounts.models import SignInFailure
from hackaviz.kernel.clock import utc_now
from tests.accounts.conftest import PASSWORD
from tests.support.client import client_for


def sign_in(client, email="ada@example.org", password=PASSWORD, **fields):
    return client.post("/sign-in", data={"email": email, "password": password, **fields})


def test_the_right_password_opens_the_account(client, ada):
    answer = sign_in(client)
    assert answer.status_code == 302
    assert answer.location == "/account"
    assert "Ada Lovelace" in client.get("/account").text


def test_any_spelling_of_the_address_will_do(client, ada):
    assert sign_in(client, " ADA@example.org ").status_code == 302


@pytest.mark.parametrize(("email", "password"), [("ada@example.org", "wrong"), ("nobody@example.org", PASSWORD)])
def test_a_wrong_pair_is_refused_in_the_same_words(client, ada, email, password):
    answer = sign_in(client, email, password)
    assert answer.status_code == 422
    assert "This address and this password do not go together." in answer.text
    assert f'value="{email}"' in answer.text
    assert password not in answer.text
    assert client.get("/account").status_code == 302


def test_people_go_on_to_where_they_were_going(client, ada):
    waiting = client.get("/account/close")
    assert waiting.location == "/sign-in?next=/account/close"
    assert 'value="/account/close"' in client.get(waiting.location).text
    assert sign_in(client, next="/account/close").location == "/account/close"
    assert client.get("/sign-in?next=/account/close").location == "/account/close"


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example"])
def test_nobody_is_sent_to_another_site(client, ada, target):
    assert sign_in(client, next=target).location == "/account"
    assert client.get("/sign-in", query_string={"next": target}).location == "/account"


@pytest.mark.database("sqlite", "postgresql")
def test_ten_wrong_passwords_close_the_account_to_guesses_for_a_quarter_of_an_hour(client, ada, session):
    for _guess in range(10):
        assert sign_in(client, password="wrong").status_code == 422

    refused = sign_in(client, headers={"X-Forwarded-For": "203.0.113.9"})
    assert refused.status_code == 429
    assert "Too many wrong passwords for this account." in refused.text
    assert session.query(SignInFailure).count() == 10

    with time_machine.travel(utc_now() + timedelta(minutes=16), tick=True):
        assert sign_in(client).status_code == 302


def test_guesses_sent_side_by_side_pass_the_limit_no_more_than_others(app, session, ada):
    for _failure in range(8):
        session.add(SignInFailure(account="ada@example.org", at=utc_now()))
    session.commit()
    guessers = [client_for(app, None) for _guesser in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = pool.map(lambda guesser: sign_in(guesser, password="wrong").status_code, guessers)
    assert sorted(answers) == [422, 422, 429, 429, 429, 429]


def test_other_accounts_stay_open_and_unknown_ones_are_counted_too(client, ada, session):
    for number in range(10):
        session.add(SignInFailure(account="nobody@example.org", at=utc_now() - timedelta(seconds=number)))
    assert sign_in(client, "nobody@example.org").status_code == 429
    assert sign_in(client).status_code == 302


@pytest.mark.database("sqlite", "postgresql")
def test_a_right_password_is_not_counted_and_a_wrong_one_is_though_its_request_is_rolled_back(client, ada, session):
    sign_in(client, password="wrong")
    sign_in(client)
    assert [failure.account for failure in session.query(SignInFailure)] == ["ada@example.org"]


def test_signing_in_begins_another_session_and_keeps_the_chosen_language(client, ada):
    client.get("/sign-in?lang=fr")
    with client.session_transaction() as before:
        before["left_behind"] = "by somebody else"
    sign_in(client)
    with client.session_transaction() as after:
        assert "left_behind" not in after
        assert after["language"] == "fr"


def test_signing_out_makes_a_copied_cookie_worthless(client, new_client, ada):
    sign_in(client)
    with client.session_transaction() as theirs:
        copied = dict(theirs)
    client.post("/sign-out")
    assert client.get("/account").status_code == 302

    thief = new_client()
    with thief.session_transaction() as stolen:
        stolen.update(copied)
    assert thief.get("/account").status_code == 302


def test_nobody_is_signed_out_by_a_link(client, ada):
    sign_in(client)
    assert client.get("/sign-out").status_code == 405
    assert client.get("/account").status_code == 200


def test_a_closed_account_lets_nobody_in(client, ada, session):
    ada.password_hash = None
    assert sign_in(client).status_code == 422


def test_the_page_speaks_french(client):
    page = client.get("/sign-in?lang=fr").text
    assert "Se connecter" in page
    assert "Mot de passe" in page


def test_the_demo_offers_its_accounts_and_nobody_else_does(app, client, ada):
    app.extensions["hackaviz.demo_accounts"] = lambda: [("A juror", "ada@example.org", PASSWORD)]
    assert "A juror" not in client.get("/sign-in").text
    app.config["DEMO"] = True
    assert "A juror" in client.get("/sign-in").text
