"""The pages of sponsors and prizes: who may open them, what they refuse, what they cost."""

import pytest

from challenges.editions.models import Edition
from challenges.editions.rules import Phase
from challenges.sponsors import queries
from challenges.sponsors.models import Custody
from hackaviz.accounts.models import Role
from tests.factories import (
    grant,
    make_challenge,
    make_edition,
    make_person,
    make_pledge,
    make_prize,
    make_sponsor,
    sign_in,
)
from tests.support.queries import count_queries


@pytest.fixture
def edition(session):
    return make_edition(session, Phase.SUBMISSION)


@pytest.fixture
def organiser(client, session, edition):
    person = make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    sign_in(client, person)
    return person


def path(edition, rest):
    return f"/editions/{edition.slug}/organise/{rest}"


def test_an_organiser_adds_a_sponsor_a_pledge_and_a_payment(client, session, edition, organiser):
    client.post(path(edition, "sponsors/new"), data={"name": "The port", "website": "https://port.example"})
    [sponsor] = queries.sponsors_of(session, edition)
    pledge = {"name": "Main", "cents": "1 500,50", "custody": "organiser", "due_on": "2026-12-01"}
    client.post(path(edition, f"sponsors/{sponsor.id}/pledges/new"), data=pledge)
    [promised] = queries.pledges_of(session, edition)
    payment = {"cents": "500", "received_on": "2020-11-02", "reference": "R-1", "request_key": "once"}
    for _again in range(2):
        client.post(path(edition, f"pledges/{promised.id}"), data=payment)
    session.refresh(promised)
    assert (promised.promised_cents, promised.received_cents) == (150_050, 50_000)


@pytest.mark.parametrize(("language", "words"), [("en", "This is not an amount"), ("fr", "Ce n’est pas un montant")])
def test_what_is_no_amount_is_refused_beside_its_field_and_stays_typed(client, session, organiser, language, words):
    edition = session.get_one(Edition, organiser.roles[0].edition_id)
    sponsor = make_sponsor(session, edition)
    answer = client.post(
        path(edition, f"sponsors/{sponsor.id}/pledges/new?lang={language}"),
        data={"name": "A name to keep", "cents": "lots", "custody": "organiser"},
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in page
    assert "more than zero" not in page and "supérieur à zéro" not in page
    assert 'value="A name to keep"' in page
    assert 'value="lots"' in page


def test_a_sum_of_too_many_figures_is_refused_by_its_own_words(client, session, edition, organiser):
    sponsor = make_sponsor(session, edition)
    form = {"name": "Main", "cents": "9" * 30, "custody": "organiser"}
    answer = client.post(path(edition, f"sponsors/{sponsor.id}/pledges/new?lang=en"), data=form)
    assert answer.status_code == 422 and "more than ten billion euros" in answer.text


def test_a_prize_for_a_taken_place_is_refused_and_nothing_is_announced(client, session, edition, organiser):
    challenge = make_challenge(session, edition)
    make_prize(session, edition, challenge, place=1)
    form = {"challenge": challenge.id, "place": 1, "title_fr": "Premier", "cents": "10"}
    assert client.post(path(edition, "prizes/new"), data=form).status_code == 422
    assert len(queries.prizes_of(session, edition)) == 1


def test_a_prize_is_announced_changed_and_withdrawn(client, session, edition, organiser):
    form = {"challenge": 0, "place": 1, "title_fr": "Premier prix", "title_en": "", "cents": "1000"}
    client.post(path(edition, "prizes/new"), data=form)
    [prize] = queries.prizes_of(session, edition)
    client.post(path(edition, f"prizes/{prize.id}"), data=form | {"cents": "1200,10"})
    session.refresh(prize)
    assert prize.cents == 120_010
    client.post(path(edition, f"prizes/{prize.id}/withdraw"))
    assert queries.prizes_of(session, edition) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_amount_is_shown_as_its_reader_types_it_and_taken_either_way(client, session, organiser, language):
    edition = session.get_one(Edition, organiser.roles[0].edition_id)
    prize = make_prize(session, edition, None, 150_050)
    address = path(edition, f"prizes/{prize.id}?lang={language}")
    assert f'value="{"1500,50" if language == "fr" else "1500.50"}"' in client.get(address).text
    for typed, cents in (("1600,75", 160_075), ("1700.25", 170_025)):
        client.post(address, data={"challenge": 0, "place": prize.place, "title_fr": "Premier", "cents": typed})
        session.refresh(prize)
        assert prize.cents == cents


def test_a_contact_sees_their_own_sponsor_and_nothing_of_another(client, session, edition):
    mine, other = make_sponsor(session, edition, name="Mine Ltd"), make_sponsor(session, edition, name="Other Ltd")
    make_pledge(session, mine, 123_400, received=23_400)
    make_pledge(session, other, 777_700)
    contact = make_person(session)
    grant(session, contact, Role.SPONSOR, edition, mine)
    page = sign_in(client, contact).get(f"/editions/{edition.slug}/sponsorship").get_data(as_text=True)
    assert "€1,234.00" in page
    assert "€234.00" in page
    assert "Other Ltd" not in page.split("<main")[1]
    assert "7,777" not in page


@pytest.mark.parametrize("rest", ["sponsors", "sponsors/new", "prizes", "prizes/new", "awards"])
def test_an_outsider_sees_nothing_of_the_money(client, session, edition, rest):
    make_sponsor(session, edition)
    assert client.get(path(edition, rest)).status_code == 302
    sign_in(client, make_person(session))
    assert client.get(path(edition, rest)).status_code == 403


def test_a_thing_of_another_edition_is_not_found(client, session, edition, organiser):
    foreign = make_sponsor(session, make_edition(session))
    pledge, prize = make_pledge(session, foreign), make_prize(session, foreign.edition, None)
    for rest in (f"sponsors/{foreign.id}", f"pledges/{pledge.id}", f"prizes/{prize.id}"):
        assert client.get(path(edition, rest)).status_code == 404


def test_late_money_waits_on_the_dashboard(client, session, edition, organiser):
    sponsor = make_sponsor(session, edition)
    make_pledge(session, sponsor, 50_000, received=10_000, due_on=edition.created_at.date())
    make_pledge(session, sponsor, 90_000, received=0, custody=Custody.DIRECT)
    page = client.get(f"/editions/{edition.slug}/organise?lang=en").get_data(as_text=True)
    assert "pledge not fully paid" in page
    assert "€400.00 expected, of which €400.00 late" in page


@pytest.mark.parametrize("rest", ["sponsors", "prizes"])
def test_a_page_costs_the_same_number_of_queries_at_3_and_at_300_rows(client, session, edition, organiser, rest):
    counts = []
    for more in (3, 297):
        for _ in range(more):
            sponsor = make_sponsor(session, edition)
            make_pledge(session, sponsor, received=0)
            make_prize(session, edition, None, place=sponsor.id)
        client.get(path(edition, rest))
        with count_queries() as counted:
            assert client.get(path(edition, rest)).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]
