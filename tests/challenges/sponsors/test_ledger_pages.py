"""The ledger as organisers read it: what it shows, filters, saves and corrects."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import func, select

from challenges.editions.rules import Phase
from challenges.ledger.models import Transaction
from challenges.ledger.rules import TransactionKind
from challenges.sponsors.service import Payment, record_payment
from hackaviz.accounts.models import Role
from tests.factories import grant, make_edition, make_person, make_pledge, make_sponsor, sign_in
from tests.support.queries import count_queries


@pytest.fixture
def edition(client, session):
    """An edition whose organiser is signed in."""
    edition, person = make_edition(session, Phase.SUBMISSION), make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    sign_in(client, person)
    return edition


@pytest.fixture
def pledge(session, edition):
    return make_pledge(session, make_sponsor(session, edition, name="The port"), 100_000, received=0, name="Main")


def receive(session, pledge, cents, key, *, day=date(2026, 3, 1), reference="VIR"):
    payment = Payment(cents, day, reference, key)
    record_payment(session, pledge=pledge, payment=payment, actor=None, now=pledge.pledged_at)


def path(edition, rest="ledger"):
    return f"/editions/{edition.slug}/organise/{rest}"


def saved(client, edition, query=""):
    answer = client.get(path(edition, f"ledger.csv{query}"))
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))[1:]


def test_the_ledger_reads_from_where_to_where(client, session, edition, pledge):
    receive(session, pledge, 40_000, "a")
    page = client.get(path(edition, "ledger?lang=en")).text
    assert "The port · Main" in page
    assert "promised, expected → held by the organiser" in page
    assert "€400.00" in page


def test_it_is_filtered_by_pledge_kind_and_day_on_the_page_and_in_the_file(client, session, edition, pledge):
    other = make_pledge(session, make_sponsor(session, edition, name="The town"), 50_000, name="Other")
    receive(session, pledge, 100, "a")
    receive(session, pledge, 200, "b", day=date(2026, 4, 1))
    assert {row[3] for row in saved(client, edition, f"?pledge={other.id}")} == {"The town · Other"}
    rows = saved(client, edition, f"?kind=receipt&pledge={pledge.id}&since=2026-03-15&until=2026-04-01")
    assert [row[5] for row in rows] == ["2.00", "-2.00"]
    page = client.get(path(edition, f"ledger?lang=en&kind=receipt&pledge={pledge.id}&since=2026-03-15")).text
    assert "1 act" in page and "€2.00" in page and "€1.00" not in page


def test_what_makes_no_sense_in_the_address_asks_for_everything(client, edition, pledge):
    assert client.get(path(edition, "ledger?kind=x&since=yesterday&pledge=abc&page=-3")).status_code == 200
    assert client.get(path(edition, f"ledger?pledge={2**63}")).status_code == 200


@pytest.mark.parametrize("number", [2**63, "9" * 5000])
def test_a_number_that_no_database_holds_is_the_address_of_nothing(client, edition, number):
    for rest in (f"ledger/{number}/take-back", f"pledges/{number}/release", f"awards/{number}/payment"):
        assert client.get(path(edition, rest)).status_code == 404


def test_the_saved_lines_sum_to_zero_and_hold_no_formula(client, session, edition, pledge):
    receive(session, pledge, 12_345, "a", reference="=cmd()")
    rows = saved(client, edition)
    assert sum(round(100 * float(row[5])) for row in rows) == 0
    assert {row[8] for row in rows} == {"", "'=cmd()"}


def test_a_payment_is_taken_back_with_a_reason_and_both_stay(client, session, edition, pledge):
    receive(session, pledge, 40_000, "a")
    [receipt] = session.scalars(select(Transaction).where(Transaction.kind == TransactionKind.RECEIPT))
    where = path(edition, f"ledger/{receipt.id}/take-back")
    assert client.post(f"{where}?lang=en", data={"reason": ""}).status_code == 422
    client.post(where, data={"reason": "Not ours"})
    session.refresh(pledge)
    assert pledge.received_cents == 0
    page = client.get(path(edition, "ledger?lang=en")).text
    assert "Not ours" in page and f"takes back no. {receipt.id}" in page
    assert client.get(where).status_code == 404


def test_what_is_left_is_given_back_from_the_page_of_the_pledge(client, session, edition, pledge):
    receive(session, pledge, 40_000, "a")
    where = path(edition, f"pledges/{pledge.id}/release")
    form = {"way": "refund", "cents": "400,01", "happened_on": "2026-05-01", "decision": "No", "request_key": "k"}
    answer = client.post(f"{where}?lang=en", data=form)
    assert answer.status_code == 422 and "More than is left" in answer.text
    assert "cost" not in {option for option in answer.text.split('"') if option == "cost"}
    client.post(where, data=form | {"cents": "400"})
    page = client.get(path(edition, f"pledges/{pledge.id}?lang=en")).text
    assert "given back" in page and "€400.00" in page


def test_no_act_of_another_edition_can_be_reached(client, session, edition, pledge):
    foreign = make_pledge(session, make_sponsor(session, make_edition(session)), 1_000)
    receipt = session.scalar(select(func.max(Transaction.id)))
    assert client.get(path(edition, f"ledger/{receipt}/take-back")).status_code == 404
    assert client.get(path(edition, f"pledges/{foreign.id}/release")).status_code == 404


@pytest.mark.database("sqlite")
def test_three_hundred_acts_cost_as_many_queries_as_three(client, session, edition, pledge):
    receive(session, pledge, 10, "first")
    client.get(path(edition))
    with count_queries() as few:
        client.get(path(edition))
    for number in range(300):
        receive(session, pledge, 10, f"more-{number}")
    with count_queries() as many:
        client.get(path(edition))
    assert len(many) <= len(few)
