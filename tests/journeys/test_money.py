"""From a pledge to a paid prize in a browser: a tie, a team passed over, a void award, two approvals, a proof."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from challenges.editions.rules import Phase
from challenges.sponsors.models import Custody
from hackaviz.accounts.models import Role
from hackaviz.accounts.passwords import hash_password
from hackaviz.kernel.database import open_engine, session_factory
from judging.scoring.models import Mark
from submissions.teams.models import Eligibility, Registration
from tests.factories import (
    grant,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_pledge,
    make_prize,
    make_review,
    make_sponsor,
)
from tests.support.browser import DESKTOP_ENGLISH, axe, open_page

PASSWORD = "a password for the purse"
AWARDS = "/editions/money/organise/awards"


@pytest.fixture
def database(live_site):
    engine = open_engine(live_site.database_url)
    yield session_factory(engine)
    engine.dispose()


@pytest.fixture
def tide(database):
    """The best entry may win nothing, two others tie; one prize of 250.01, and a sponsor that pays winners directly."""
    with database() as session:
        edition = make_edition(session, Phase.DELIBERATION, slug="money", reviews_needed=1)
        for email in ("first@example.org", "second@example.org"):
            person = make_person(session, email=email, password_hash=hash_password(PASSWORD))
            grant(session, person, Role.ORGANISER, edition)
        challenge = make_challenge(session, edition, criteria=1)
        entries = [make_handed_in_entry(session, challenge, title=name) for name in ("Storm", "Tide", "Wind")]
        for entry, mark in zip(entries, (4, 3, 3), strict=True):
            make_review(session, make_juror(session, edition), entry, [mark])
        captain = entries[0].team.captain
        refused = session.scalars(select(Registration).where(Registration.person_id == captain.id)).one()
        refused.eligibility = Eligibility.REFUSED
        make_prize(session, edition, challenge, 25_001)
        make_pledge(
            session, make_sponsor(session, edition, name="The port"), 30_000, received=0, custody=Custody.DIRECT
        )
        session.commit()
        return entries[1].id


def enter(page: Page, email: str) -> None:
    page.goto(AWARDS)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1, name="Awards")).to_be_visible()


def row(page: Page, title: str):
    return page.locator("section[aria-labelledby=awards] tr", has_text=title)


def press(page: Page, title: str, button: str) -> None:
    pressed = row(page, title).get_by_role("button", name=button)
    pressed.click()
    question = page.locator("dialog[open]")
    if question.count():
        question.get_by_role("button", name=button).click()
    expect(pressed).to_have_count(0)


def test_from_a_tie_to_a_proof(page, browser, live_site, database, tide):
    enter(page, "first@example.org")
    expect(page.get_by_text("“Storm”, is passed over")).to_be_visible()
    page.get_by_role("button", name="Award these prizes").click()
    assert sorted(row(page, title).locator(".num").inner_text() for title in ("Tide", "Wind")) == ["€125.00", "€125.01"]
    press(page, "Tide", "Approve the payment")
    expect(row(page, "Tide")).to_contain_text("1 of 2 approvals")
    with database() as session:
        session.scalars(select(Mark).join(Mark.review).where(Mark.review.has(entry_id=tide))).one().value = 2
        session.commit()
    page.goto(AWARDS)
    expect(row(page, "Tide")).to_contain_text("void: the ranking has changed")
    assert axe(page) == []
    press(page, "Tide", "Confirm on the new ranking")
    press(page, "Tide", "Approve the payment")
    with open_page(browser, live_site.url, **DESKTOP_ENGLISH) as other:
        enter(other, "second@example.org")
        press(other, "Tide", "Approve the payment")
        expect(row(other, "Tide")).to_contain_text("approved, to be paid")
    page.goto(AWARDS)
    row(page, "Tide").get_by_role("link", name="Record the payment").click()
    page.get_by_label("Paid on").fill("2026-12-01")
    page.get_by_label("Reference of the payment").fill("VIR-1")
    page.get_by_role("button", name="Record the payment").click()
    expect(page.locator("main")).to_contain_text("add the proof of its payment")
    page.set_input_files("[name=proof]", {"name": "avis.txt", "mimeType": "text/plain", "buffer": b"paid"})
    page.get_by_role("button", name="Record the payment").click()
    expect(row(page, "Tide")).to_contain_text("paid on 1 December 2026")
    page.goto("/editions/money/organise/ledger")
    expect(page.get_by_role("row", name="Paid to the winner")).to_have_count(1)
    assert axe(page) == []
