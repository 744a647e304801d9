"""How entries are handed in: the organisers' page."""

import re

import pytest
from sqlalchemy import select

from challenges.editions.registry import edition_registry
from hackaviz.accounts.models import Role
from hackaviz.kernel.audit import Action
from tests.factories import grant, make_edition, make_person, sign_in


@pytest.fixture
def edition(session):
    return make_edition(session)


@pytest.fixture
def organiser(client, session, edition):
    person = make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    return sign_in(client, person)


def answers(page):
    """What the form would send as it stands."""
    chosen = {
        name: re.search(r'<option selected value="(\w+)"', options)[1]
        for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL)
    }
    return chosen | {"live_hosts": ""}


def test_an_organiser_chooses_what_the_sheet_asks(organiser, session, edition):
    address = f"/editions/{edition.slug}/organise/hand-in"
    form = answers(organiser.get(address).text)
    assert (form["licence"], form["consent"]) == ("optional", "hidden")
    sent = form | {"licence": "required", "consent": "required", "abstract": "hidden"}
    sent |= {"live_hosts": "tiles.example.org\nTILES.example.org live.example.net"}
    assert organiser.post(address, data=sent).status_code == 302
    session.refresh(edition)
    needs = edition.sheet_needs
    assert (needs["licence"], needs["consent"], needs["abstract"], needs["title"]) == (
        "required",
        "required",
        "hidden",
        "required",
    )
    assert edition.live_hosts == ["tiles.example.org", "live.example.net"]
    [action] = session.scalars(select(Action).where(Action.verb == "edition.set_hand_in"))
    assert set(action.details["changed"]) == {"sheet_needs", "live_hosts"}
    assert organiser.post(address, data=sent).status_code == 302
    assert len(session.scalars(select(Action).where(Action.verb == "edition.set_hand_in")).all()) == 1


@pytest.mark.database("sqlite")
@pytest.mark.parametrize(("name", "value"), [("live_hosts", "https://a.example/x"), ("message", "hidden")])
def test_what_makes_no_sense_is_refused_and_kept_as_typed(organiser, session, edition, name, value):
    address = f"/editions/{edition.slug}/organise/hand-in"
    sent = answers(organiser.get(address).text) | {"licence": "required", name: value}
    answer = organiser.post(address, data=sent)
    assert answer.status_code == 422
    assert f'href="#{name}"' in answer.text
    assert re.search(r'name="licence".*?selected value="required"', answer.text, re.DOTALL)
    session.refresh(edition)
    assert edition.sheet_needs is None


@pytest.mark.database("sqlite")
def test_checks_that_block_are_those_that_a_room_declared(app, organiser, session, edition):
    edition_registry(app).checks.append(("made-for-this-test", "Made for this test"))
    address = f"/editions/{edition.slug}/organise/hand-in"
    page = organiser.get(address).text
    assert "Made for this test" in page
    sent = answers(page) | {"blocking_checks": ["made-for-this-test"]}
    assert organiser.post(address, data=sent).status_code == 302
    session.refresh(edition)
    assert edition.blocking_checks == ["made-for-this-test"]
