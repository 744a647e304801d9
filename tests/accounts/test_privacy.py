import pytest
from sqlalchemy import select

from hackaviz.accounts import service
from hackaviz.accounts.models import EditionRole, Invitation, Role
from hackaviz.accounts.privacy import PSEUDONYM
from hackaviz.accounts.registry import account_registry
from hackaviz.kernel.database import Base
from tests.accounts.conftest import PASSWORD
from tests.factories import grant, make_edition, make_person, sign_in


def close(client, password=PASSWORD):
    return client.post("/account/close", data={"current_password": password})


def test_the_export_holds_what_is_kept_and_nobody_elses(client, session, ada):
    edition = make_edition(session)
    grant(session, ada, Role.JUROR, edition)
    make_person(session, name="Somebody Else", email="else@example.org")
    sign_in(client, ada)

    answer = client.get("/account/data.json")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.json["account"]["email"] == "ada@example.org"
    assert [role["role"] for role in answer.json["roles"]] == ["juror"]
    assert answer.json["roles"][0]["edition"] == edition.title.as_dict()
    assert "else@example.org" not in answer.text
    assert "password" not in answer.json["account"]
    assert ada.password_hash not in answer.text


def test_rooms_add_their_sections(app, client, ada):
    account_registry(app).exports["boats"] = lambda _session, person: [f"boat of {person.name}"]
    assert sign_in(client, ada).get("/account/data.json").json["boats"] == ["boat of Ada Lovelace"]


@pytest.mark.database("sqlite", "postgresql")
def test_closing_erases_the_person_from_every_table(app, client, session, ada):
    edition, organiser = make_edition(session), make_person(session)
    with app.app_context():
        facts = {"email": ada.email, "name": "Ada Lovelace", "actor": organiser, "now": edition.created_at}
        service.invite(session, edition=edition, role=Role.JUROR, **facts)
    grant(session, ada, Role.ORGANISER, edition)
    client.post("/password/forgotten", data={"email": "ada@example.org"})
    client.post("/sign-in", data={"email": "ada@example.org", "password": "wrong"})
    sign_in(client, ada)

    assert close(client).location == "/"
    assert client.get("/account").status_code == 302

    for table in Base.metadata.sorted_tables:
        rows = str([tuple(row) for row in session.execute(select(table))])
        assert "ada@example.org" not in rows, table.name
        assert "Lovelace" not in rows, table.name
    session.refresh(ada)
    assert ada.name == PSEUDONYM
    assert ada.closed_at is not None
    assert session.scalars(select(EditionRole)).all() == []
    assert session.scalars(select(Invitation)).one().name == PSEUDONYM


def test_rooms_erase_what_they_keep(app, client, ada):
    erased = []
    account_registry(app).erasers.append(lambda _session, person, _now: erased.append(person.public_id))
    close(sign_in(client, ada))
    assert erased == [ada.public_id]


def test_the_address_is_free_again(client, session, ada, letters):
    close(sign_in(client, ada))
    client.post("/sign-up", data={"name": "Ada", "email": "ada@example.org", "password": PASSWORD, "language": "en"})
    assert letters()[-1].subject == "Verify your e-mail address"


def test_a_wrong_password_closes_nothing(client, session, ada):
    refused = close(sign_in(client, ada), "wrong")
    assert refused.status_code == 422
    session.refresh(ada)
    assert ada.closed_at is None


def test_the_last_administrator_stays(client, session, ada):
    ada.is_administrator = True
    refused = close(sign_in(client, ada))
    assert refused.status_code == 409
    assert "last administrator" in refused.text
    make_person(session, is_administrator=True)
    assert close(client).status_code == 302


def test_the_page_says_what_is_erased_and_what_stays(client, ada):
    page = sign_in(client, ada).get("/account/close?lang=fr").text
    assert "C’est sans retour" in page
    assert "sous un pseudonyme" in page
