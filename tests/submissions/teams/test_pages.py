"""The pages of registration and teams, as each person sees them."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from challenges.editions.models import RulesVersion
from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.mail import OutgoingMail
from hackaviz.web.templating import local_date
from submissions.teams.models import Eligibility, Team
from submissions.teams.queries import registration_of, team_of
from tests.factories import (
    both,
    grant,
    make_challenge,
    make_edition,
    make_person,
    make_team,
    register,
    save,
    sign_in,
)

ANSWERS = {"is_student": "yes", "school": "École centrale", "is_minor": "no", "accepts_rules": "y"}


@pytest.fixture
def edition(session):
    return make_edition(session, largest_team=2)


@pytest.fixture
def person(session):
    return make_person(session)


@pytest.fixture
def browser(client, person):
    return sign_in(client, person)


def answers(browser, edition, **changes):
    """The form as the page gives it, filled."""
    page = browser.get(f"/editions/{edition.slug}/register").text
    shown = re.search(r'name="rules_version"[^>]*value="(\d+)"', page)[1]
    return ANSWERS | {"rules_version": shown} | changes


def last_link(session):
    letter = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
    return re.search(r"/team-invitations/\S+", letter.body)[0]


def test_registration_names_the_version_of_the_rules(browser, edition):
    assert "I accept version 1 of the rules" in browser.get(f"/editions/{edition.slug}/register").text


def test_a_registered_person_is_led_to_a_team(session, browser, person, edition):
    answer = browser.post(f"/editions/{edition.slug}/register", data=answers(browser, edition))
    assert answer.location == f"/editions/{edition.slug}/team"
    assert browser.get(answer.location).location == f"/editions/{edition.slug}/teams/new"
    assert registration_of(session, edition, person).school == "École centrale"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("accepts_rules", None, "Accept the rules to take part"),
        ("school", "", "Name your school"),
        ("is_student", None, "This field is needed"),
    ],
)
def test_a_refused_registration_names_the_field_and_keeps_what_was_typed(browser, edition, field, value, message):
    form = answers(browser, edition)
    form.pop(field)
    form |= {field: value} if value is not None else {}
    answer = browser.post(f"/editions/{edition.slug}/register", data=form)
    assert answer.status_code == 422
    assert message in answer.text
    assert field == "school" or "École centrale" in answer.text


def test_rules_that_changed_while_reading_are_not_accepted_unread(session, browser, person, edition):
    form = answers(browser, edition)
    save(session, RulesVersion(edition=edition, number=2, text=both("New"), published_at=edition.created_at))
    assert browser.post(f"/editions/{edition.slug}/register", data=form).status_code == 409
    assert registration_of(session, edition, person) is None


@pytest.mark.parametrize("phase", [Phase.ANNOUNCED, Phase.JUDGING])
def test_outside_its_dates_registration_says_so(session, browser, phase):
    edition = make_edition(session, phase)
    page = browser.get(f"/editions/{edition.slug}/register").text
    assert ("not open yet" if phase is Phase.ANNOUNCED else "Registration is closed") in page
    assert "<form method" not in page.split("<main")[1].split("</main>")[0]


def test_newer_rules_are_read_and_accepted_on_their_page(session, browser, person, edition):
    make_team(session, edition, [person])
    newer = save(session, RulesVersion(edition=edition, number=2, text=both("New"), published_at=edition.created_at))
    team = browser.get(f"/editions/{edition.slug}/team").location
    assert "The rules have changed" in browser.get(team).text
    form = {"rules_version": newer.id, "accepts_rules": "y"}
    assert browser.post(f"/editions/{edition.slug}/accept-rules", data=form).status_code == 302
    assert registration_of(session, edition, person).rules_version.number == 2
    assert "The rules have changed" not in browser.get(team).text


def test_a_team_is_created_with_a_challenge(session, browser, person, edition):
    register(session, edition, person)
    challenge = make_challenge(session, edition)
    form = {"name": "Les quais", "challenge": challenge.slug}
    answer = browser.post(f"/editions/{edition.slug}/teams/new", data=form)
    team = session.scalars(select(Team)).one()
    assert (answer.location, team.challenge) == (f"/teams/{team.public_id}", challenge)


def test_a_name_that_is_taken_is_refused_beside_its_field(session, browser, person, edition):
    make_team(session, edition, name="Éclats")
    register(session, edition, person)
    form = {"name": "eclats", "challenge": make_challenge(session, edition).slug}
    answer = browser.post(f"/editions/{edition.slug}/teams/new", data=form)
    assert answer.status_code == 422
    assert 'value="eclats"' in answer.text
    assert "Another team of this edition has this name" in answer.text


def test_an_invited_person_is_led_from_the_letter_to_the_team(session, browser, person, edition, new_client):
    team = make_team(session, edition)
    captain = sign_in(new_client(), team.captain)
    assert captain.post(f"/teams/{team.public_id}/invitations", data={"email": person.email}).status_code == 302
    assert "not accepted yet" in captain.get(f"/teams/{team.public_id}").text
    link = last_link(session)
    assert "/sign-up?next=" in new_client().get(link).text
    assert f"/editions/{edition.slug}/register?next=" in browser.get(link).text
    browser.get(f"/editions/{edition.slug}/register?next={link}")
    registered = browser.post(f"/editions/{edition.slug}/register", data=answers(browser, edition))
    assert registered.location == link
    assert "Join the team" in browser.get(link).text
    assert browser.post(f"{link}/accept").location == f"/teams/{team.public_id}"
    assert team_of(session, edition, person).id == team.id
    assert "You are in this team" in browser.get(link).text


def test_the_link_of_an_invitation_ends_with_hand_in(session, browser, edition):
    team = make_team(session, edition)
    captain = sign_in(browser, team.captain)
    captain.post(f"/teams/{team.public_id}/invitations", data={"email": "friend@example.org"})
    edition.submission_closes_at = utc_now() + timedelta(days=2)
    with browser.application.test_request_context("/?lang=en"):
        until = local_date(edition.submission_closes_at, edition.time_zone)
    assert f"the link works until {until}" in captain.get(f"/teams/{team.public_id}?lang=en").text
    edition.submission_closes_at = utc_now() - timedelta(minutes=1)
    page = captain.get(f"/teams/{team.public_id}?lang=en").text
    assert "the link works no more" in page and "not accepted yet" not in page


def test_an_address_that_leads_elsewhere_is_not_remembered(browser, edition):
    browser.get(f"/editions/{edition.slug}/register?next=https://elsewhere.example")
    answer = browser.post(f"/editions/{edition.slug}/register", data=answers(browser, edition))
    assert answer.location == f"/editions/{edition.slug}/team"


@pytest.mark.parametrize(("language", "words"), [("en", "This team is full"), ("fr", "Cette équipe est complète")])
def test_the_last_seat_gone_is_said_on_the_page_and_at_the_act(session, browser, edition, language, words):
    person = make_person(session)
    team = make_team(session, edition, [make_person(session), make_person(session)])
    register(session, edition, person)
    edition.largest_team = 3
    with_captain = sign_in(browser, team.captain)
    with_captain.post(f"/teams/{team.public_id}/invitations", data={"email": person.email})
    edition.largest_team = 2
    link = last_link(session)
    browser = sign_in(browser, person)
    page = browser.get(f"{link}?lang={language}").text
    assert words in page and f"/editions/{edition.slug}/teams/new" in page
    answer = browser.post(f"{link}/accept")
    assert (answer.status_code, words in answer.text) == (409, True)


def test_an_unknown_link_names_no_team(browser):
    assert browser.get("/team-invitations/nothing").status_code == 404


def test_an_outsider_sees_no_team(session, browser, person, edition):
    team = make_team(session, edition, name="Secret name")
    register(session, edition, person)
    answers = [
        browser.get(f"/teams/{team.public_id}"),
        browser.post(f"/teams/{team.public_id}/invitations", data={"email": "a@example.org"}),
        browser.post(f"/teams/{team.public_id}/leave"),
        browser.post(f"/teams/{team.public_id}/members/{team.captain.public_id}/remove"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert not any("Secret name" in answer.text for answer in answers)
    assert browser.get(f"/editions/{edition.slug}/organise/participants").status_code == 403


def test_organisers_find_decide_and_tell(session, browser, person, edition):
    grant(session, person, Role.ORGANISER, edition)
    student = make_person(session, name="Zoé Étudiante")
    register(session, edition, student, eligibility=Eligibility.STATED)
    register(session, edition, make_person(session, name="Ada Confirmée"))
    address = f"/editions/{edition.slug}/organise/participants"
    waiting = browser.get(f"{address}?state=stated").text
    assert ("Zoé Étudiante" in waiting, "Ada Confirmée" in waiting) == (True, False)
    assert "Ada Confirmée" in browser.get(f"{address}?q=ada").text
    decide = f"{address}/{student.public_id}"
    assert browser.post(decide, data={"eligibility": "refused", "reason": ""}).status_code == 422
    assert browser.post(decide, data={"eligibility": "refused", "reason": "No card"}).status_code == 302
    assert registration_of(session, edition, student).eligibility is Eligibility.REFUSED
    assert "student status to confirm" not in browser.get(f"/editions/{edition.slug}/organise").text
