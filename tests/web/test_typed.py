"""A form that arrives when its session has ended loses nothing."""

import html
import re
from datetime import timedelta

import pytest
import time_machine

from hackaviz.kernel.clock import utc_now
from hackaviz.web.typed import TypedForm, seal, unseal
from tests.accounts.conftest import PASSWORD, ada, password_hash
from tests.factories import sign_in

__all__ = ["ada", "password_hash"]

LINES = "First line, “quoted”\nsecond <line>"
TYPED = {"name": LINES, "language": "fr"}


@pytest.fixture
def guarded(app, client):
    """A visitor of the application as it is in production: forms need their token."""
    app.config["WTF_CSRF_ENABLED"] = True
    return client


def hidden(page):
    """The hidden fields of a page's forms, the last one of each name."""
    found = re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.text)
    return {name: html.unescape(value) for name, value in found} | _named_first(page.text)


def _named_first(text):
    found = re.findall(r'<input id="[^"]+" name="([^"]+)" type="hidden" value="([^"]*)"', text)
    return {name: html.unescape(value) for name, value in found}


def sign_in_again(client, ended, password=PASSWORD):
    fields = hidden(ended)
    data = {"csrf_token": fields["csrf_token"], "typed": fields["typed"], "email": "ada@example.org"}
    return client.post("/sign-in", data=data | {"password": password})


def test_what_was_typed_is_kept_through_the_sign_in_page_and_sent(guarded, session, ada):
    ended = guarded.post("/account", data=TYPED)
    assert ended.status_code == 401
    assert "Your session has ended" in ended.text

    again = sign_in_again(guarded, ended)
    assert again.status_code == 200
    assert "You are signed in again" in again.text
    fields = hidden(again)
    assert {name: fields[name] for name in TYPED} == TYPED
    assert '<form method="post" action="/account">' in again.text

    assert guarded.post("/account", data=fields).status_code == 302
    session.refresh(ada)
    assert ada.name.splitlines() == LINES.splitlines()


def test_a_wrong_password_keeps_it_too(guarded, ada):
    refused = sign_in_again(guarded, guarded.post("/account", data=TYPED), "wrong")
    assert refused.status_code == 422
    again = sign_in_again(guarded, refused)
    assert hidden(again)["name"] == LINES


def test_the_address_keeps_its_query(guarded, ada):
    again = sign_in_again(guarded, guarded.post("/account?tab=details", data=TYPED))
    assert 'action="/account?tab=details"' in again.text


def test_passwords_and_old_tokens_are_not_kept(app, guarded, ada):
    typed = {"current_password": "s3cret-one", "new_password": "s3cret-two", "csrf_token": "old", "note": "a b"}
    ended = guarded.post("/account/password", data=typed)
    assert "s3cret" not in ended.text
    with app.app_context():
        assert unseal(hidden(ended)["typed"]).fields == [("note", "a b")]


def test_it_is_kept_for_an_hour(app):
    with app.app_context():
        sealed = seal(TypedForm("/account", [("name", "Ada")]))
        assert unseal(sealed) == TypedForm("/account", [("name", "Ada")])
        with time_machine.travel(utc_now() + timedelta(minutes=61)):
            assert unseal(sealed) is None


@pytest.mark.parametrize("text", [None, "", "nonsense", "WyIvYWNjb3VudCIsW11d.aaaa.bbbb"])
def test_nobody_forges_it(app, text):
    with app.app_context():
        assert unseal(text) is None


def test_a_forged_one_is_not_sent(client, ada):
    answer = client.post("/sign-in", data={"email": "ada@example.org", "password": PASSWORD, "typed": "forged"})
    assert answer.status_code == 302


def test_another_sites_form_is_not_carried_on(guarded, ada):
    for origin in ("https://evil.example", "null"):
        answer = guarded.post("/account", data=TYPED, headers={"Origin": origin})
        assert answer.status_code == 401
        assert "typed" not in hidden(answer)
    assert "typed" in hidden(guarded.post("/account", data=TYPED, headers={"Origin": "http://127.0.0.1:8000"}))


def test_a_file_is_not_kept_and_that_is_said(guarded):
    answer = guarded.post("/account", data=TYPED, content_type="multipart/form-data")
    assert answer.status_code == 401
    assert "Nothing was changed. Sign in, then send this again." in answer.text


@pytest.mark.parametrize(
    "asked", [{"json": {"name": "Ada"}}, {"data": TYPED, "headers": {"Accept": "application/json"}}]
)
def test_a_program_is_told_in_json(guarded, asked):
    answer = guarded.post("/account", **asked)
    assert answer.status_code == 401
    assert answer.json["error"]["code"] == "session-ended"


def test_a_form_from_before_signing_in_is_offered_to_be_sent_again(guarded, session, ada):
    sign_in(guarded, ada)
    expired = guarded.post("/account", data=TYPED | {"csrf_token": "of another session"})
    assert expired.status_code == 400
    assert "This form has expired" in expired.text
    session.refresh(ada)
    assert ada.name == "Ada Lovelace"

    assert guarded.post("/account", data=hidden(expired)).status_code == 302
    session.refresh(ada)
    assert ada.language == "fr"


def test_another_sites_form_is_not_offered_to_be_sent_again(guarded, ada):
    sign_in(guarded, ada)
    answer = guarded.post("/account", data=TYPED, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 400
    assert "This form has expired. Nothing was changed." in answer.text
    assert hidden(answer).get("name") is None


def test_the_pages_speak_french(guarded, ada):
    guarded.get("/sign-in?lang=fr")
    ended = guarded.post("/account", data=TYPED)
    assert "Votre session est terminée" in ended.text
    assert "Envoyer maintenant" in sign_in_again(guarded, ended).text
