"""Pages of editions and challenges in a real browser: axe-core finds nothing, and nothing sticks out on a phone."""

import pytest
from playwright.sync_api import Page

from challenges.editions.models import Visibility
from hackaviz.accounts.models import Role
from tests.factories import both, grant, make_challenge, make_dataset, make_edition, make_person, make_prize, sign_in
from tests.support.browser import axe

PUBLIC = ("/", "/editions", "/editions/{edition}", "/editions/{edition}/rules", "/editions/{edition}/challenges/air")
ORGANISERS = (
    "/administration/editions/new",
    "/editions/{edition}/organise",
    "/editions/{edition}/organise/edition",
    "/editions/{edition}/organise/rules",
    "/editions/{edition}/organise/organisers",
    "/editions/{edition}/organise/log",
    "/editions/{edition}/organise/challenges",
    "/editions/{edition}/organise/challenges/new",
    "/editions/{edition}/organise/challenges/air",
    "/editions/{edition}/organise/challenges/air/rubric",
    "/editions/{edition}/organise/challenges/air/datasets",
)


@pytest.fixture
def edition(session):
    edition = make_edition(session, is_demonstration=True, provenance=both("All of this is invented."))
    make_edition(session, visibility=Visibility.DRAFT, published_at=None)
    challenge = make_challenge(session, edition, number=3, slug="air")
    challenge.datasets = [make_dataset(session) for _ in range(10)]
    make_prize(session, edition, challenge)
    session.commit()
    return edition


@pytest.fixture
def signed_in_page(phone_page: Page, client, session, edition) -> Page:
    """An organiser and administrator with a phone, who reads French."""
    person = make_person(session, is_administrator=True)
    grant(session, person, Role.ORGANISER, edition)
    session.commit()
    cookie = sign_in(client, person).get_cookie("session", domain="127.0.0.1")
    phone_page.context.add_cookies([{"name": "session", "value": cookie.value, "domain": "127.0.0.1", "path": "/"}])
    return phone_page


def problems(page: Page, addresses: tuple[str, ...], edition: str) -> dict[str, list[str]]:
    """What is wrong, by address."""
    found = {}
    for address in addresses:
        answer = page.goto(address.format(edition=edition))
        assert answer is not None
        assert answer.status == 200
        wrong = axe(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wrong.append("the page is wider than its window")
        if wrong:
            found[address] = wrong
    return found


def test_public_pages_are_accessible_at_a_desk(page: Page, edition):
    assert problems(page, PUBLIC, edition.slug) == {}


def test_public_pages_are_accessible_on_a_phone(phone_page: Page, edition):
    assert problems(phone_page, PUBLIC, edition.slug) == {}


def test_pages_of_organisers_are_accessible_on_a_phone(signed_in_page: Page, edition):
    assert problems(signed_in_page, ORGANISERS, edition.slug) == {}
