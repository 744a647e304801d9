"""The same form sent twice: what it makes is made once, and both sends lead to the same page."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from threading import Barrier

import pytest
from sqlalchemy import func, select

from challenges.editions.rules import Phase
from challenges.sponsors.gifts.models import Gift
from hackaviz.accounts.models import Role
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.database import Base
from hackaviz.web.forms import local
from hackaviz.web.once import KEPT_FOR, AnsweredForm
from tests.factories import grant, make_edition, make_person, make_sponsor, sign_in
from tests.support.client import client_for
from tests.web.world import make_world

AT = "/editions/{edition_slug}/organise"
GIFT = {"title_fr": "Un stage", "title_en": "An internship"}
SUBSIDY = {
    "funder": "The Region", "purpose": "The prizes", "basis": "without", "rate": "80", "requested_on": "2026-05-01",
    "cost_without_tax": "100", "cost_with_tax": "120", "requested_cents": "80",
}  # fmt: skip
EDITION = {
    "title_fr": "Deux fois", "tagline_fr": "Une", "description_fr": "Fois", "slug": "twice",
    "organiser_name": "The port", "contact_email": "port@example.org",
    "time_zone": "Europe/Paris", "smallest_team": 1, "largest_team": 4, "reviews_needed": 2,
    "registration_opens_at": "2029-01-01T10:00", "registration_closes_at": "2029-02-01T10:00",
    "submission_opens_at": "2029-01-02T10:00", "submission_closes_at": "2029-03-01T10:00",
    "judging_opens_at": "2029-03-02T10:00", "judging_closes_at": "2029-04-01T10:00",
    "results_expected_at": "2029-04-02T10:00", "hand_in_grace_minutes": 10,
}  # fmt: skip
CHALLENGE = {"number": 99, "title_fr": "Un défi", "question_fr": "Quoi ?", "brief_fr": "Ceci."}
DATASET = {"title_fr": "Marées", "publisher_name": "Shom", "theme": "ports", "licence": "lov2"}
INVITED = {"email": "new@example.org", "name": "Somebody new"}
LOGO = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000200000002080000000057dd52f80000000e49444154789c63606060606000000006000172"
    "8299ea0000000049454e44ae426082"
)
# Who sends what where. A form that makes something belongs here, and `makes_once` on its view.
FORMS = [
    ("administrator", "/administration/editions/new", EDITION),
    ("organiser", f"{AT}/rules", {"text_fr": "Règlement.", "text_en": "Rules."}),
    ("organiser", f"{AT}/organisers", INVITED),
    ("organiser", f"{AT}/challenges/new", CHALLENGE),
    ("organiser", f"{AT}/sponsors/new", {"name": "A bank", "kind": "private"}),
    ("organiser", f"{AT}/sponsors/{{sponsor_id}}/logo", {"logo": LOGO}),
    ("organiser", f"{AT}/sponsors/{{sponsor_id}}/contacts", INVITED),
    ("organiser", f"{AT}/sponsors/{{sponsor_id}}/pledges/new", {"name": "2030", "cents": "10", "custody": "organiser"}),
    ("organiser", f"{AT}/pledges/{{pledge_id}}/schedule", {"due_on": "2030-01-01", "cents": "1"}),
    ("organiser", f"{AT}/prizes/new", {"challenge": 0, "place": 9, "title_fr": "Prix", "cents": "5", "kind": "place"}),
    ("organiser", f"{AT}/gifts/new", GIFT | {"sponsor": "{sponsor_id}"}),
    ("organiser", f"{AT}/subsidies/new", SUBSIDY),
    ("organiser", f"{AT}/agreements/new", {"title_fr": "Convention", "reference": "A-1"}),
    ("organiser", f"{AT}/agreements/{{agreement_id}}/parties/new", {"name": "The Department"}),
    (
        "organiser",
        f"{AT}/agreements/{{agreement_id}}/parties/{{party_id}}/contributions",
        {"kind": "data", "description": "Tides"},
    ),
    ("organiser", f"{AT}/jury", INVITED | {"email": "juror@example.org"}),
    ("organiser", f"{AT}/jury/mentors", {"team": "{entries.start.public_id}", **INVITED}),
    ("organiser", f"{AT}/teams/{{entries.start.public_id}}/deadline", {"closes_at": "{later}", "reason": "A strike"}),
    ("organiser", f"{AT}/method", {"challenge": 0, "method": "mean", "tie_rule": "shared", "reason": "Simpler"}),
    ("organiser", f"{AT}/seals", {}),
    ("steward", "/catalogue/new", DATASET),
    ("captain", "/teams/{entries.start.public_id}/invitations", {"email": "friend@example.org"}),
    ("captain", "/entries/{entries.public_id}/annex", {"file": b"a;b"}),
    ("visitor", "/password/forgotten", {"email": "{captain}"}),
]


def numbers_of_rows(session):
    tables = [table for table in Base.metadata.sorted_tables if table.name != "answered_forms"]
    return {table.name: session.scalar(select(func.count()).select_from(table)) for table in tables}


def grown(before, after):
    return {name: number - before[name] for name, number in after.items() if number != before[name]}


@pytest.mark.database("sqlite")
def test_a_form_sent_twice_makes_what_it_makes_once_and_leads_to_the_same_page(app, session, new_client):
    world, wrong = make_world(session, app.extensions["hackaviz.storage"], Phase.SUBMISSION, utc_now()), []
    later = local(utc_now() + timedelta(days=5, hours=12), "Europe/Paris")
    values = world.values | {"captain": world.people["captain"].email, "later": later.isoformat()[:16]}

    def filled(text):
        if isinstance(text, bytes):
            return BytesIO(text), "sent.csv"
        return re.sub(r"\{([\w.]+)\}", lambda name: str(values[name[1]]), str(text))

    def form(fields):
        return {name: filled(value) for name, value in fields.items()} | {"form_key": "one"}

    for who, address, fields in FORMS:
        client, person = new_client(), world.people[who]
        if person is not None:
            sign_in(client, person)
        before = numbers_of_rows(session)
        first = client.post(filled(address), data=form(fields))
        made = numbers_of_rows(session)
        again = client.post(filled(address), data=form(fields))
        twice = grown(made, numbers_of_rows(session))
        told = (first.status_code, again.status_code, first.location == again.location, bool(grown(before, made)))
        wrong += [f"{address}: {told} {twice}"] if told != (302, 302, True, True) or twice else []
    assert wrong == []


@pytest.fixture
def edition(session):
    return make_edition(session)


@pytest.fixture
def register(client, session, edition):
    """Sends the form of a gift as an organiser."""
    sponsor, organiser = make_sponsor(session, edition), make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    sign_in(client, organiser)
    address = f"/editions/{edition.slug}/organise/gifts/new"

    def send(client=client, **fields):
        return client.post(address, data=GIFT | {"sponsor": sponsor.id, "form_key": "one"} | fields)

    send.address, send.organiser = address, organiser
    return send


def gifts(session):
    return session.scalar(select(func.count(Gift.id)))


def test_every_page_carries_a_key_of_its_own_and_says_what_came_twice(register, client, session):
    keys = {re.search(r'name="form_key" value="(\w+)"', client.get(register.address).text)[1] for _ in range(2)}
    assert len(keys) == 2

    register()
    answer = register()
    assert gifts(session) == 1
    assert "This form arrived twice. It counts once." in client.get(f"{answer.location}?lang=en").text


def test_another_page_other_words_other_files_and_other_people_make_another_thing(
    register, session, new_client, edition
):
    register()
    register(form_key="two")
    register(title_fr="Un deuxième stage")
    register(file=(BytesIO(b"a;b"), "marees.csv"))
    register(file=(BytesIO(b"a;c"), "marees.csv"))
    colleague = make_person(session)
    grant(session, colleague, Role.ORGANISER, edition)
    other = new_client()
    sign_in(other, colleague)
    register(other)
    register(form_key="")
    register(form_key="")
    assert gifts(session) == 8


def test_a_refused_form_can_be_mended_and_sent_again(register, session):
    assert register(title_fr="", title_en="").status_code == 422
    assert register(title_fr="", title_en="").status_code == 422
    assert register().status_code == 302
    assert gifts(session) == 1


def test_forms_are_remembered_for_a_week(register, session):
    register()
    remembered = session.scalars(select(AnsweredForm)).one()
    forgotten, remembered.answered_at = remembered.digest, datetime.now(UTC) - KEPT_FOR - timedelta(hours=1)
    register(form_key="two")
    assert session.scalars(select(AnsweredForm.digest)).one() != forgotten


@pytest.mark.database("sqlite", "postgresql")
def test_two_that_arrive_at_the_same_moment_make_one_thing(app, register, session):
    session.commit()
    clients, together = [client_for(app, session) for _ in range(2)], Barrier(2)
    for client in clients:
        sign_in(client, register.organiser)
        client.session = None

    def send(client):
        together.wait(10)
        return register(client).location

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(send, clients)
    assert first == second is not None
    assert gifts(session) == 1
