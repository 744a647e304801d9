"""The register of gifts in kind: entered, received, withdrawn, and never counted as money."""

import pytest

from challenges.ledger.queries import figures_of_edition
from challenges.sponsors.gifts.queries import gifts_of
from hackaviz.accounts.models import Role
from tests.factories import grant, make_edition, make_gift, make_person, make_pledge, make_sponsor, sign_in
from tests.support.queries import count_queries


@pytest.fixture
def edition(client, session):
    edition, person = make_edition(session), make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    sign_in(client, person)
    return edition


@pytest.fixture
def sponsor(session, edition):
    return make_sponsor(session, edition, name="The port")


def path(edition, rest=""):
    return f"/editions/{edition.slug}/organise/gifts{rest}"


def test_a_gift_is_entered_received_and_withdrawn(client, session, edition, sponsor):
    form = {"sponsor": sponsor.id, "title_en": "A visit", "stated_cents": "250"}
    client.post(path(edition, "/new"), data=form)
    [gift] = gifts_of(session, edition)
    assert (gift.sponsor.name, gift.title.en, gift.stated_cents) == ("The port", "A visit", 25_000)
    client.post(path(edition, f"/{gift.id}"), data={"title_en": "A visit", "received_on": "2026-05-02"})
    page = client.get(path(edition, "?lang=en")).text
    assert "received on 2 May 2026" in page and "not stated" in page
    client.post(path(edition, f"/{gift.id}/withdraw"))
    assert gifts_of(session, edition) == []
    assert client.get(path(edition, f"/{gift.id}")).status_code == 404


def test_its_stated_value_is_added_to_no_money(client, session, edition, sponsor):
    make_pledge(session, sponsor, 10_000)
    make_gift(session, sponsor, stated_cents=999_999)
    assert figures_of_edition(session, edition).promised == 10_000
    assert "9,999.99" not in client.get(f"/editions/{edition.slug}/organise/sponsors?lang=en").text


def test_a_gift_needs_a_name_in_one_language(client, session, edition, sponsor):
    answer = client.post(path(edition, "/new"), data={"sponsor": sponsor.id, "stated_cents": "-3"})
    assert answer.status_code == 422
    assert gifts_of(session, edition) == []


@pytest.mark.database("sqlite")
def test_three_hundred_gifts_cost_as_many_queries_as_three(client, session, edition, sponsor):
    for _number in range(3):
        make_gift(session, sponsor)
    client.get(path(edition))
    with count_queries() as few:
        client.get(path(edition))
    for _number in range(297):
        make_gift(session, sponsor)
    with count_queries() as many:
        client.get(path(edition))
    assert len(many) <= len(few)
