"""Every address as every kind of person. Which answers they get is in `permissions.py`; who they are, in `world.py`."""

import hashlib
import re

import pytest
from sqlalchemy import select

from challenges.editions.rules import Phase
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.database import Base
from tests.factories import sign_in
from tests.web.permissions import CHANGES_WITH_THE_PHASE, EVERYBODY, FRAMED_BY_OTHERS, KEPT_BY_BROWSERS, PERMISSIONS
from tests.web.world import make_world

pytestmark = pytest.mark.database("sqlite")
PHASES = (Phase.SUBMISSION, Phase.JUDGING, Phase.RESULTS)
UNSAFE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
# A refusal is decided before it is told: told as JSON it takes a tenth of the time of a page.
IN_SHORT = {"Accept": "application/json"}


@pytest.fixture
def build(app, session):
    """Makes the world in a phase."""
    return lambda phase: make_world(session, app.extensions["hackaviz.storage"], phase, utc_now())


def addresses(app, world, method):
    """(endpoint, address) of every route that knows a method."""
    for rule in app.url_map.iter_rules():
        if method in rule.methods and rule.endpoint != "static":
            yield str(rule.endpoint), world.address(rule)


def who_may(endpoint, phase):
    return CHANGES_WITH_THE_PHASE.get(endpoint, {}).get(phase, PERMISSIONS[endpoint])


def is_refusal(answer):
    asks_to_sign_in = answer.status_code == 302 and answer.location.startswith("/sign-in")
    return asks_to_sign_in or answer.status_code in {401, 403, 404}


def snapshot(session):
    """A digest of every row of every table."""
    digest = hashlib.sha256()
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table).order_by(*table.primary_key.columns)):
            digest.update(f"{table.name}{tuple(row)!r}".encode())
    return digest.hexdigest()


def test_every_address_has_a_line_and_every_line_an_address(app):
    known = {str(rule.endpoint) for rule in app.url_map.iter_rules()} - {"static"}
    assert known - PERMISSIONS.keys() == set(), "add these to tests/web/permissions.py"
    assert PERMISSIONS.keys() - known == set(), "these have no page any more"
    assert CHANGES_WITH_THE_PHASE.keys() <= PERMISSIONS.keys()


def test_lines_name_people_of_the_world(build):
    world = build(Phase.SUBMISSION)
    assert world.people.keys() == EVERYBODY
    assert set().union(*PERMISSIONS.values()) <= EVERYBODY


@pytest.fixture
def enter(new_client, session):
    """Lets each person of a world in, one after the other; after each visit no row may have changed."""

    def one_by_one(world):
        before = snapshot(session)
        for who, person in world.people.items():
            client = new_client()
            if person is not None:
                sign_in(client, person)
            yield who, client
            assert snapshot(session) == before, f"a row was changed for: {who}"

    return one_by_one


@pytest.mark.parametrize("phase", PHASES)
def test_every_page_opens_for_those_who_may_and_for_nobody_else(app, build, enter, phase):
    world, wrong = build(phase), []
    for who, client in enter(world):
        for endpoint, address in addresses(app, world, "GET"):
            allowed = who in who_may(endpoint, phase)
            answer = client.get(address, headers={} if allowed else IN_SHORT)
            if answer.status_code >= 500 or is_refusal(answer) == allowed:
                told = "allowed" if allowed else "not allowed"
                wrong.append(f"{who}, {told}: {endpoint} {address}: {answer.status_code}")
            wrong += [f"{who}: {fault}" for fault in _faults_of_headers(endpoint, answer, signed_in=who != "visitor")]
    assert wrong == []


@pytest.mark.database("postgresql")
@pytest.mark.parametrize("phase", PHASES)
def test_every_page_opens_on_the_other_database_too(app, build, enter, phase):
    world, opened, failed = build(phase), set(), []
    for who, client in enter(world):
        for endpoint, address in addresses(app, world, "GET"):
            if who in who_may(endpoint, phase) and endpoint not in opened:
                opened.add(endpoint)
                failed += [address] if client.get(address).status_code >= 500 else []
    assert failed == []


@pytest.mark.parametrize("phase", PHASES)
def test_nobody_sends_anything_where_they_may_not(app, build, enter, phase):
    world, accepted = build(phase), []
    for who, client in enter(world):
        for method in UNSAFE_METHODS:
            for endpoint, address in addresses(app, world, method):
                if who not in who_may(endpoint, phase):
                    answer = client.open(address, method=method, headers=IN_SHORT)
                    accepted += [] if is_refusal(answer) else [f"{who}: {endpoint} {address}: {answer.status_code}"]
    assert accepted == []


def test_a_look_at_the_headers_changes_nothing(app, build, enter):
    world, failed = build(Phase.SUBMISSION), []
    for who, client in enter(world):
        if who == "administrator":
            failed = [address for _, address in addresses(app, world, "GET") if client.head(address).status_code >= 500]
    assert failed == []


def test_nobody_sends_anything_without_the_token_of_the_form(app, build, enter):
    app.config["WTF_CSRF_ENABLED"] = True
    world = build(Phase.SUBMISSION)
    for who, client in enter(world):
        for endpoint, address in addresses(app, world, "POST") if who == "administrator" else ():
            answer = client.post(address, data={"anything": "at all"}, headers={"Origin": "https://evil.example"})
            assert answer.status_code in {400, 403, 404}, endpoint


def _faults_of_headers(endpoint, answer, *, signed_in):
    headers = answer.headers
    policy = headers.get("Content-Security-Policy", "")
    if not re.search(r"'nonce-[\w-]{20,}'", policy):
        yield f"{endpoint}: no nonce"
    for part in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "default-src 'none'"):
        if part not in policy and not (endpoint in FRAMED_BY_OTHERS and part.startswith("frame-ancestors")):
            yield f"{endpoint}: no {part}"
    if headers.get("X-Content-Type-Options") != "nosniff" or "Referrer-Policy" not in headers:
        yield f"{endpoint}: security headers missing"
    if signed_in and endpoint not in KEPT_BY_BROWSERS and "no-store" not in headers.get("Cache-Control", ""):
        yield f"{endpoint}: kept by browsers though somebody is signed in"
    if "Cookie" not in headers.get("Vary", ""):
        yield f"{endpoint}: answers of different people look alike to proxies"
