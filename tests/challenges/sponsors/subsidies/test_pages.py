"""Co-financing, from the request to the money."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from challenges.sponsors.subsidies.models import Subsidy
from hackaviz.accounts.models import Role
from tests.factories import grant, make_edition, make_person, make_subsidy, sign_in

REQUEST = {
    "funder": "The region",
    "purpose": "Services",
    "cost_without_tax": "450000",
    "cost_with_tax": "540000",
    "basis": "without",
    "rate": "80",
    "requested_cents": "360000",
    "requested_on": "2021-04-15",
}


@pytest.fixture
def edition(client, session):
    edition, person = make_edition(session), make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    sign_in(client, person)
    return edition


def path(edition, rest=""):
    return f"/editions/{edition.slug}/organise/subsidies{rest}"


def test_a_request_is_not_money_until_it_is_granted_and_received(client, session, edition):
    client.post(path(edition, "/new"), data=REQUEST)
    asked = session.query(Subsidy).one()
    assert (asked.state, asked.requested_cents, asked.granted_cents) == ("requested", 36_000_000, None)
    page = client.get(path(edition, "?lang=en")).text
    assert "80 % of the cost without tax" in page and "€360,000.00" in page
    steps = [("granted", "300000", "Deliberation 12"), ("received", "299999.99", "VIR-3")]
    for state, cents, decision in steps:
        form = {"state": state, "cents": cents, "decided_on": "2021-06-01", "decision": decision}
        client.post(path(edition, f"/{asked.id}"), data=form)
    session.refresh(asked)
    assert (asked.state, asked.granted_cents, asked.received_cents) == ("received", 30_000_000, 29_999_999)
    assert client.get(path(edition, f"/{asked.id}")).status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"requested_cents": "360000.01"}, "The rate and the ceiling allow €360,000.00 at most."),
        ({"ceiling_cents": "100"}, "The rate and the ceiling allow €100.00 at most."),
        ({"cost_with_tax": "449999"}, "The cost with tax cannot be less than without."),
    ],
)
def test_a_request_beyond_its_terms_is_refused_beside_its_field(client, session, edition, change, words):
    answer = client.post(path(edition, "/new?lang=en"), data=REQUEST | change)
    assert answer.status_code == 422 and words in answer.text
    assert session.query(Subsidy).count() == 0


def test_no_more_is_granted_than_was_requested(client, session, edition):
    asked = make_subsidy(session, edition)
    form = {"state": "granted", "cents": "3600.01", "decided_on": "2021-06-01"}
    assert client.post(path(edition, f"/{asked.id}"), data=form).status_code == 422
    form = {"state": "received", "cents": "1", "decided_on": "2021-06-01"}
    assert client.post(path(edition, f"/{asked.id}"), data=form).status_code == 422


@pytest.mark.parametrize(
    "change", ["state = 'received'", "granted_cents = 1", "rate = 10001", "received_cents = 5", "requested_cents = 0"]
)
def test_the_database_refuses_a_state_without_its_amount_even_by_hand(session, change):
    make_subsidy(session, make_edition(session))
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE subsidies SET {change}"))
