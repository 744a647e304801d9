from datetime import timedelta

import time_machine

from hackaviz.accounts.models import SignInFailure
from hackaviz.kernel.clock import utc_now
from tests.accounts.conftest import PASSWORD
from tests.factories import make_person, sign_in

NEW = "another horse battery"


def ask(client, email="ada@example.org", **headers):
    return client.post("/password/forgotten", data={"email": email}, headers=headers)


def can_sign_in(client, password, email="ada@example.org"):
    return client.post("/sign-in", data={"email": email, "password": password}).status_code == 302


def test_a_new_password_by_letter_replaces_the_old_and_ends_every_session(client, new_client, ada, link_of):
    elsewhere = sign_in(new_client(), ada)
    assert elsewhere.get("/account").status_code == 200

    ask(client)
    assert "ada@example.org" in client.get(link_of()).text
    assert client.post(link_of(), data={"password": NEW}).location == "/sign-in"

    assert elsewhere.get("/account").status_code == 302
    assert not can_sign_in(client, PASSWORD)
    assert can_sign_in(client, NEW)


def test_the_link_works_once(client, ada, link_of):
    ask(client)
    link = link_of()
    client.post(link, data={"password": NEW})
    for again in (client.get(link), client.post(link, data={"password": "a third horse battery"})):
        assert again.status_code == 400
        assert "works only once" in again.text
    assert can_sign_in(client, NEW)


def test_the_link_works_for_half_an_hour(client, ada, link_of):
    ask(client)
    with time_machine.travel(utc_now() + timedelta(minutes=31)):
        late = client.post(link_of(), data={"password": NEW})
    assert late.status_code == 400
    assert "This link has expired." in late.text
    assert can_sign_in(client, PASSWORD)


def test_using_one_link_uses_up_the_others(client, ada, letters, link_of):
    ask(client)
    first = link_of()
    ask(client)
    client.post(link_of(), data={"password": NEW})
    assert client.post(first, data={"password": "a third horse battery"}).status_code == 400


def test_a_link_that_verifies_an_address_chooses_no_password(client, session, letters, link_of):
    sign_in(client, make_person(session, email_verified_at=None)).post("/account/verification")
    token = link_of().removeprefix("/verify/")
    assert client.get(f"/password/{token}").status_code == 400


def test_nobody_learns_whether_an_address_has_an_account(client, ada, letters):
    known, unknown = ask(client), ask(client, "nobody@example.org")
    assert (known.status_code, known.location, known.text) == (unknown.status_code, unknown.location, unknown.text)
    assert [letter.recipient for letter in letters()] == ["ada@example.org"]


def test_a_forged_host_reaches_no_letter(client, ada, letters):
    assert ask(client, Host="evil.example").status_code == 400
    ask(client, **{"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"})
    assert len(letters()) == 1
    assert "evil" not in letters()[0].body
    assert "http://127.0.0.1:8000/password/" in letters()[0].body


def test_a_mailbox_is_not_filled_by_asking_again_and_again(client, ada, letters):
    for _try in range(8):
        ask(client)
    assert len(letters()) == 5


def test_a_short_password_is_refused_and_the_link_still_works(client, ada, link_of):
    ask(client)
    refused = client.post(link_of(), data={"password": "short"})
    assert refused.status_code == 422
    assert client.post(link_of(), data={"password": NEW}).status_code == 302


def test_who_reads_the_letters_is_verified_and_let_in_after_too_many_guesses(client, session, ada, link_of):
    ada.email_verified_at = None
    for _failure in range(10):
        session.add(SignInFailure(account="ada@example.org", at=utc_now()))
    assert not can_sign_in(client, PASSWORD)

    ask(client)
    client.post(link_of(), data={"password": NEW})
    assert can_sign_in(client, NEW)
    session.refresh(ada)
    assert ada.email_verified_at is not None


def test_a_password_is_changed_by_the_current_one_and_other_sessions_end(client, new_client, ada, letters):
    sign_in(client, ada)
    elsewhere = sign_in(new_client(), ada)
    answer = client.post("/account/password", data={"current_password": PASSWORD, "new_password": NEW})
    assert answer.location == "/account"
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert letters()[0].subject == "Your password was changed"
    assert can_sign_in(new_client(), NEW)


def test_a_wrong_current_password_changes_nothing_and_is_counted(client, session, ada):
    sign_in(client, ada)
    answer = client.post("/account/password", data={"current_password": "wrong", "new_password": NEW})
    assert answer.status_code == 422
    assert "This is not your current password." in answer.text
    assert session.query(SignInFailure).count() == 1
    assert can_sign_in(client, PASSWORD)


def test_the_pages_speak_french(client, ada, link_of):
    ask(client)
    assert "Choisir un nouveau mot de passe" in client.get("/password/forgotten?lang=fr").text
    assert "Pour le compte ada@example.org" in client.get(f"{link_of()}?lang=fr").text
