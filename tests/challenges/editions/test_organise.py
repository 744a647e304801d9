"""What organisers do in the browser with an edition, and what is refused to everyone else."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import url_for
from sqlalchemy import select

from challenges.editions.details import EditionDetails
from challenges.editions.models import Edition, RulesVersion, Visibility
from challenges.editions.registry import edition_registry
from challenges.editions.rules import Phase
from hackaviz.accounts.models import Invitation, Role
from hackaviz.kernel.audit import Action, record
from hackaviz.kernel.mail import OutgoingMail
from tests.factories import grant, make_challenge, make_edition, make_person, make_pledge, make_sponsor, sign_in
from tests.support.queries import count_queries

DRAFT = {"visibility": Visibility.DRAFT, "published_at": None}
DAY = timedelta(days=1)

TYPED = {
    "title_fr": "Hackaviz 2027",
    "title_en": "",
    "tagline_fr": "Faites parler le port.",
    "description_fr": "Cinq défis.",
    "slug": "",
    "organiser_name": "La CCI",
    "contact_email": "contact@example.org",
    "time_zone": "Europe/Paris",
    "registration_opens_at": "2027-01-04T09:00",
    "registration_closes_at": "2027-01-20T18:00",
    "submission_opens_at": "2027-01-18T09:00",
    "submission_closes_at": "2027-02-26T23:59",
    "judging_opens_at": "2027-03-01T09:00",
    "judging_closes_at": "2027-03-19T18:00",
    "results_expected_at": "2027-04-02T18:00",
    "hand_in_grace_minutes": "30",
    "smallest_team": "1",
    "largest_team": "5",
    "reviews_needed": "3",
}


def typed_details(edition: Edition, **values: Any) -> EditionDetails:
    """An edition as its form holds it."""
    names = [name for name in EditionDetails.__dataclass_fields__ if name != "slug"]
    return EditionDetails(**{name: getattr(edition, name) for name in names} | values)


@pytest.fixture
def administrator(client, session):
    return sign_in(client, make_person(session, is_administrator=True, name="Ada"))


@pytest.fixture
def edition(session) -> Edition:
    return make_edition(session)


@pytest.fixture
def organiser(client, session, edition):
    person = make_person(session, name="Olive")
    grant(session, person, Role.ORGANISER, edition)
    return sign_in(client, person)


def test_an_administrator_creates_an_edition_in_its_own_zone(administrator, session):
    answer = administrator.post("/administration/editions/new", data=TYPED)

    edition = session.scalars(select(Edition)).one()
    assert answer.location == "/editions/hackaviz-2027/organise"
    assert edition.submission_closes_at == datetime(2027, 2, 26, 23, 59, tzinfo=ZoneInfo("Europe/Paris"))
    assert edition.visibility is Visibility.DRAFT
    assert "The rules have no text yet." in administrator.get(f"{answer.location}?lang=en").text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title_fr": "  "}, "title_fr"),
        ({"organiser_name": "   "}, "organiser_name"),
        ({"contact_email": "nobody"}, "contact_email"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"registration_opens_at": ""}, "registration_opens_at"),
        ({"judging_opens_at": "2027-02-01T09:00"}, "judging_opens_at"),
        ({"largest_team": "0"}, "largest_team"),
        # Clocks go forward on 28 March 2027 in Paris: 02:30 is skipped.
        ({"judging_closes_at": "2027-03-28T02:30"}, "judging_closes_at"),
    ],
)
def test_a_refused_edition_names_the_field_and_keeps_what_was_typed(administrator, session, wrong, field):
    answer = administrator.post("/administration/editions/new?lang=en", data={**TYPED, **wrong})

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}-error"' in answer.text
    assert "Cinq défis." in answer.text
    assert session.scalars(select(Edition)).all() == []


@pytest.mark.parametrize(
    ("language", "group", "reunion", "london"),
    [("en", "Indian Ocean", "Réunion", "London"), ("fr", "Océan Indien", "La Réunion", "Londres")],
)
def test_every_city_can_be_chosen_as_time_zone(administrator, language, group, reunion, london):
    html = administrator.get(f"/administration/editions/new?lang={language}").text

    assert f'<optgroup label="{group}">' in html
    assert f'<option value="Indian/Reunion">{reunion}</option>' in html
    assert f'<option value="Europe/London">{london}</option>' in html
    assert '<option value="Europe/Belfast">Belfast</option>' in html
    assert '<option selected value="Europe/Paris">Paris</option>' in html


def test_an_organiser_changes_the_edition_and_sees_it_again(organiser, session, edition):
    address = f"/editions/{edition.slug}/organise/edition"

    answer = organiser.post(address, data={**TYPED, "slug": ""})

    assert answer.location == address
    assert edition.title.fr == "Hackaviz 2027"
    assert 'value="2027-02-26T23:59"' in organiser.get(address).text


def test_the_rules_are_published_as_versions(organiser, session, edition):
    address = f"/editions/{edition.slug}/organise/rules"

    organiser.post(address, data={"text_fr": "Nouveau", "text_en": ""})
    again = organiser.post(f"{address}?lang=en", data={"text_fr": "Nouveau", "text_en": ""})

    assert [version.number for version in session.scalars(select(RulesVersion).order_by(RulesVersion.number))] == [1, 2]
    assert again.status_code == 422
    assert "Nothing was published." in again.text


def test_publishing_too_early_says_why_and_changes_nothing(client, session):
    draft = make_edition(session, **DRAFT)
    sign_in(client, make_person(session, is_administrator=True))

    answer = client.post(f"/editions/{draft.slug}/organise/publish?lang=en")

    assert answer.status_code == 409
    assert "No challenge is published yet." in answer.text
    assert draft.visibility is Visibility.DRAFT


def test_a_complete_draft_is_published_from_its_dashboard(client, session):
    draft = make_edition(session, **DRAFT)
    make_challenge(session, draft)
    sign_in(client, make_person(session, is_administrator=True))

    assert "Publish the edition" in client.get(f"/editions/{draft.slug}/organise?lang=en").text
    client.post(f"/editions/{draft.slug}/organise/publish")

    assert draft.visibility is Visibility.PUBLISHED
    assert client.get("/").text.count(draft.slug) > 0


def test_an_organiser_invites_another(organiser, session, edition):
    address = f"/editions/{edition.slug}/organise/organisers"

    answer = organiser.post(address, data={"name": "Nadia", "email": "Nadia@Example.org"})
    wrong = organiser.post(f"{address}?lang=en", data={"name": "Nadia", "email": "nadia"})

    invitation = session.scalars(select(Invitation)).one()
    assert (answer.status_code, invitation.role, invitation.edition_id) == (302, Role.ORGANISER, edition.id)
    assert "Nadia" in organiser.get(address).text
    assert wrong.status_code == 422


def test_a_withdrawn_invitation_says_so_and_opens_nothing(organiser, client, session, edition):
    address = f"/editions/{edition.slug}/organise/organisers"
    organiser.post(address, data={"name": "Jo", "email": "jo@example.org"})
    letter = session.scalars(select(OutgoingMail).where(OutgoingMail.recipient == "jo@example.org")).one()
    token = re.search(r"/invitations/(\S+)", letter.body)[1]
    number = session.scalars(select(Invitation)).one().id
    withdrawal = f"{address}/invitations/{number}/withdraw"
    assert f'action="{withdrawal}"' in organiser.get(address).text
    assert organiser.post(withdrawal).status_code == 302
    assert "This invitation was withdrawn" in client.get(f"/invitations/{token}?lang=en").text
    assert organiser.post(withdrawal).status_code == 404
    assert session.scalars(select(Action.verb).where(Action.verb == "role.withdraw_invitation")).all()


def test_the_dashboard_shows_late_things_first_and_the_last_acts(organiser, session, edition):
    make_challenge(session, edition, **DRAFT)
    organiser.post(f"/editions/{edition.slug}/organise/rules", data={"text_fr": "Nouveau", "text_en": ""})

    html = organiser.get(f"/editions/{edition.slug}/organise?lang=en").text

    assert "challenge to publish" in html
    assert '<li class="is-late">' in html
    assert "Published a version of the rules" in html
    assert "Olive" in html


def menu(answer) -> str:
    found = re.search(r'<nav class="organise-menu".*?</nav>', answer.get_data(as_text=True), re.DOTALL)
    assert found
    return found[0]


def links(menu: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', menu)


def test_every_page_for_organisers_is_two_steps_from_every_other(organiser, edition):
    declared = edition_registry(organiser.application).organiser_links
    with organiser.application.test_request_context():
        pages = {url_for(link.endpoint, edition_slug=edition.slug) for link in declared}
    reached = set()
    for section in links(menu(organiser.get(f"/editions/{edition.slug}/organise"))):
        reached |= set(links(menu(organiser.get(section))))
    assert reached == pages


def test_the_menu_says_on_which_page_of_which_section_one_is(organiser, session, edition):
    pledge = make_pledge(session, make_sponsor(session, edition))
    session.commit()
    for page, wanted in {
        "": [("", "page")],
        "/rules": [("/edition", "true"), ("/rules", "page")],
        f"/pledges/{pledge.id}": [("/sponsors", "true"), ("/sponsors", "page")],
        f"/pledges/{pledge.id}/purpose": [("/sponsors", "true"), ("/sponsors", "page")],
    }.items():
        shown = menu(organiser.get(f"/editions/{edition.slug}/organise{page}"))
        assert re.findall(r'href="[^"]*/organise([^"]*)" aria-current="(true|page)"', shown) == wanted


def test_the_log_reads_as_sentences_and_shows_unknown_verbs_plainly(organiser, session, edition, now):
    record(session, "balloon.launch", subject=edition, actor=None, now=now, edition_id=edition.id, height_m=30)
    organiser.post(f"/editions/{edition.slug}/organise/rules", data={"text_fr": "Nouveau", "text_en": ""})

    english = organiser.get(f"/editions/{edition.slug}/organise/log?lang=en").text
    french = organiser.get(f"/editions/{edition.slug}/organise/log?lang=fr").text

    assert "Published a version of the rules" in english
    assert "balloon.launch" in english
    assert "height m:" in english
    assert "the platform" in english
    assert "Publication d’une version du règlement" in french


def test_the_log_names_whom_an_act_is_about(organiser, session, edition, now):
    juror = make_person(session, name="Ines Pappas")
    record(session, "assignment.add", subject=edition, actor=None, now=now, edition_id=edition.id, juror_id=juror.id)
    session.commit()
    assert "Ines Pappas" in organiser.get(f"/editions/{edition.slug}/organise/log?lang=en").text


def test_the_log_is_paged(organiser, session, edition, now):
    for number in range(51):
        moment = now + number * timedelta(minutes=1)
        record(session, "edition.edit", subject=edition, actor=None, now=moment, edition_id=edition.id, number=number)

    first = organiser.get(f"/editions/{edition.slug}/organise/log?lang=en").text
    second = organiser.get(f"/editions/{edition.slug}/organise/log?lang=en&page=2").text

    assert "Page 1 of 2" in first
    assert first.count('<tr role="row">') - 1 == 50
    assert second.count('<tr role="row">') - 1 == 1


def test_acts_of_another_edition_are_not_in_the_log(organiser, session, edition, now):
    other = make_edition(session, phase=Phase.RESULTS)
    record(session, "canary.act", subject=other, actor=None, now=now, edition_id=other.id)

    assert "canary.act" not in organiser.get(f"/editions/{edition.slug}/organise/log").text


PAGES = ("", "/edition", "/rules", "/organisers", "/log", "/challenges", "/challenges/new")


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("page", PAGES)
def test_pages_of_organisers_are_closed_to_everyone_else(client, new_client, session, page):
    edition, other = make_edition(session), make_edition(session)
    elsewhere = make_person(session)
    grant(session, elsewhere, Role.ORGANISER, other)
    address = f"/editions/{edition.slug}/organise{page}"

    assert client.get(address).status_code == 302
    assert sign_in(new_client(), elsewhere).get(address).status_code == 403
    assert sign_in(new_client(), elsewhere).get(address.replace(edition.slug, "no-such")).status_code == 403


def test_only_administrators_create_editions(organiser):
    assert organiser.get("/administration/editions/new").status_code == 403


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("page", ["", "/log"])
def test_dashboard_and_log_cost_the_same_queries_at_three_and_at_three_hundred_acts(organiser, session, edition, page):
    address = f"/editions/{edition.slug}/organise{page}"
    moment = edition.created_at

    def act(count: int) -> None:
        for _ in range(count):
            actor = make_person(session)
            record(session, "edition.edit", subject=edition, actor=actor, now=moment, edition_id=edition.id)
        session.commit()

    act(3)
    organiser.get(address)
    with count_queries() as few:
        organiser.get(address)
    act(297)
    with count_queries() as many:
        organiser.get(address)

    assert len(few) == len(many)
