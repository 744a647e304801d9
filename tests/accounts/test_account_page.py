import pytest

from hackaviz.accounts.models import Role
from hackaviz.accounts.registry import Participation, account_registry
from tests.factories import both, grant, make_edition, make_sponsor, sign_in


def test_name_and_language_change(client, session, ada):
    sign_in(client, ada)
    assert client.post("/account", data={"name": "Ada King", "language": "fr"}).location == "/account"
    page = client.get("/account").text
    assert "Votre compte" in page
    assert 'value="Ada King"' in page
    session.refresh(ada)
    assert (ada.name, ada.language) == ("Ada King", "fr")


def test_a_form_changes_nothing_but_what_it_shows(client, session, ada):
    sign_in(client, ada)
    forged = {"email": "other@example.org", "is_administrator": "1", "is_steward": "1", "session_stamp": "x"}
    client.post("/account", data={"name": "Ada", "language": "en"} | forged)
    session.refresh(ada)
    assert (ada.email, ada.is_administrator, ada.is_steward) == ("ada@example.org", False, False)


def test_an_empty_name_is_refused_beside_its_field(client, session, ada):
    answer = sign_in(client, ada).post("/account", data={"name": "  ", "language": "en"})
    assert answer.status_code == 422
    assert "This field is needed." in answer.text
    session.refresh(ada)
    assert ada.name == "Ada Lovelace"


def test_roles_and_what_rooms_add_are_listed_with_their_editions(app, client, session, ada):
    edition = make_edition(session)
    grant(session, ada, Role.JUROR, edition)
    line = Participation(edition=both("Harbour"), label="Captain of the Gulls", url="/teams/gulls")
    account_registry(app).participations.append(lambda _session, _person: [line])
    page = sign_in(client, ada).get("/account").text
    assert edition.title.en in page
    assert f'href="/editions/{edition.slug}"' in page
    assert f'href="/editions/{edition.slug}/jury"' in page
    assert "Captain of the Gulls" in page


@pytest.mark.database("sqlite")
def test_a_role_leads_to_its_work_wherever_the_reader_is(client, session, ada):
    edition = make_edition(session)
    sponsor = make_sponsor(session, edition)
    grant(session, ada, Role.SPONSOR, edition, sponsor)
    grant(session, ada, Role.ORGANISER, edition)
    sign_in(client, ada)
    page = client.get("/account").text
    for path, words in (("sponsorship", "Your sponsorship"), ("organise", "Dashboard")):
        assert f'<a href="/editions/{edition.slug}/{path}">{words}</a>' in page
        assert client.get(f"/editions/{edition.slug}/{path}").status_code == 200


def test_somebody_without_role_is_told_how_to_begin(client, ada):
    assert "You take part in no edition yet" in sign_in(client, ada).get("/account").text


def test_an_administrator_without_role_is_led_to_the_editions(client, session, ada):
    ada.is_administrator = True
    session.commit()
    page = sign_in(client, ada).get("/account").text
    assert "As an administrator you can open every edition" in page and '<a href="/editions">Organise</a>' in page


def test_pages_of_people_who_are_signed_in_are_kept_by_nobody(client, ada):
    answer = sign_in(client, ada).get("/account")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]
