"""Agreements of many parties: who signed, who carries the money, what each brings."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from challenges.sponsors.agreements.models import Agreement, AgreementParty
from challenges.sponsors.agreements.queries import agreements_of
from hackaviz.accounts.models import Role
from tests.factories import grant, make_edition, make_party, make_person, save, sign_in
from tests.support.queries import count_queries


@pytest.fixture
def edition(client, session):
    edition, person = make_edition(session), make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    sign_in(client, person)
    return edition


def path(edition, rest=""):
    return f"/editions/{edition.slug}/organise/agreements{rest}"


def test_an_agreement_holds_once_all_have_signed_and_names_who_carries_the_money(client, session, edition):
    client.post(path(edition, "/new"), data={"title_en": "Smart port", "reference": "IVIS 001"})
    [agreement] = agreements_of(session, edition)
    for name, carrier in (("The chamber", {"is_carrier": "y"}), ("The métropole", {})):
        client.post(path(edition, f"/{agreement.id}/parties/new"), data={"name": name, **carrier})
    assert "not signed by all" in client.get(path(edition, "?lang=en")).text
    session.expire_all()
    for party in agreement.parties:
        form = {"name": party.name, "signed_on": "2020-11-02", **({"is_carrier": "y"} if party.is_carrier else {})}
        client.post(path(edition, f"/{agreement.id}/parties/{party.id}"), data=form)
    page = client.get(path(edition, "?lang=en")).text
    assert "signed by all" in page and "Carried by The chamber." in page
    session.expire_all()
    assert agreement.is_in_force


def test_what_a_party_brings_is_noted_and_withdrawn(client, session, edition):
    party = make_party(session, edition)
    where = path(edition, f"/{party.agreement_id}/parties/{party.id}/contributions")
    assert client.post(where, data={"kind": "money", "description": "A grant"}).status_code == 422
    client.post(where, data={"kind": "money", "description": "A grant", "cents": "50000"})
    client.post(where, data={"kind": "data", "description": "Calls of ships", "cents": "12"})
    session.expire_all()
    assert [(each.kind, each.cents) for each in party.contributions] == [("money", 5_000_000), ("data", None)]
    client.post(f"{where}/{party.contributions[0].id}/withdraw")
    session.expire_all()
    assert [each.kind for each in party.contributions] == ["data"]


def test_one_party_carries_the_money_on_the_page_and_by_hand(client, session, edition):
    party = make_party(session, edition, is_carrier=True)
    form = {"name": "Another", "is_carrier": "y"}
    answer = client.post(path(edition, f"/{party.agreement_id}/parties/new?lang=en"), data=form)
    assert answer.status_code == 422 and "has a carrier already" in answer.text
    other = AgreementParty(agreement_id=party.agreement_id, name="By hand", is_carrier=False)
    save(session, other)
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE agreement_parties SET is_carrier = true WHERE id = {other.id}"))


def test_an_agreement_of_another_edition_cannot_be_reached(client, session, edition):
    party = make_party(session, make_edition(session))
    assert client.get(path(edition, f"/{party.agreement_id}/parties/{party.id}")).status_code == 404


def test_two_agreements_of_an_edition_have_two_references(client, session, edition):
    for _again in range(2):
        answer = client.post(path(edition, "/new"), data={"title_en": "Smart port", "reference": "IVIS 001"})
    assert answer.status_code == 422
    assert session.query(Agreement).count() == 1


@pytest.mark.database("sqlite")
def test_three_hundred_parties_cost_as_many_queries_as_three(client, session, edition):
    agreement = make_party(session, edition).agreement
    client.get(path(edition))
    with count_queries() as few:
        client.get(path(edition))
    for number in range(300):
        save(session, AgreementParty(agreement=agreement, name=f"More {number}"))
    with count_queries() as many:
        client.get(path(edition))
    assert len(many) <= len(few)
