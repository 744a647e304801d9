"""From a pledge to public results in a browser: a tie, teams passed over, a void award, two approvals, a proof."""

from datetime import date, datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from challenges.editions.rules import Phase
from challenges.sponsors.eligibility.models import PrizeStatement
from challenges.sponsors.eligibility.rules import Tie
from challenges.sponsors.models import PrizeRule
from challenges.sponsors.rules import PrizeKind
from hackaviz.accounts.models import Role
from hackaviz.accounts.passwords import hash_password
from hackaviz.kernel.database import open_engine, session_factory
from submissions.teams.models import Eligibility, Registration
from tests.factories import (
    grant,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_prize,
    make_review,
    make_sponsor,
    save,
)
from tests.support.browser import DESKTOP_ENGLISH, axe, open_page
from tests.support.contest import deciding, plan

PASSWORD = "a password for the purse"
AWARDS = "/editions/money/organise/awards"


@pytest.fixture
def database(live_site):
    engine = open_engine(live_site.database_url)
    yield session_factory(engine)
    engine.dispose()


@pytest.fixture
def tide(database):
    """The best entry may win nothing, the next is too old for the prize, two others tie for 250.01; a sponsor gives."""
    with database() as session:
        edition = make_edition(session, Phase.DELIBERATION, slug="money", reviews_needed=1, time_zone=plan.ZONE.key)
        for email in ("first@example.org", "second@example.org"):
            person = make_person(session, email=email, password_hash=hash_password(PASSWORD))
            grant(session, person, Role.ORGANISER, edition)
        challenge = make_challenge(session, edition, criteria=1)
        entries = [
            make_handed_in_entry(session, challenge, title=name) for name in ("Storm", "Tide", "Wind", "Old salt")
        ]
        for entry, mark, born in zip(entries, (4, 2, 2, 3), (2005, 2005, 2005, 1970), strict=True):
            make_review(session, make_juror(session, edition, name=f"Judge of {entry.title}"), entry, [mark])
            person = {"edition_id": edition.id, "person_id": entry.team.captain.id, "stated_at": entry.created_at}
            save(session, PrizeStatement(**person, born_on=date(born, 1, 1), tie=Tie.NONE))
        captain = entries[0].team.captain
        refused = session.scalars(select(Registration).where(Registration.person_id == captain.id)).one()
        refused.eligibility = Eligibility.REFUSED
        young = PrizeRule(kind=PrizeKind.PLACE, under_age=26, age_on=date(2027, 3, 1))
        make_prize(session, edition, challenge, 25_001, rule=young)
        make_sponsor(session, edition, name="The port")
        session.commit()


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


def seal(page: Page) -> None:
    """Payments are approved on a sealed result alone."""
    expect(page.get_by_text("To be approved once its result is sealed").first).to_be_visible()
    page.goto("/editions/money/organise/seals")
    page.get_by_role("button", name="Seal the result").click()
    page.goto(AWARDS)


def confirm(page: Page, title: str) -> None:
    """An award stays although the result has changed, for a reason."""
    row(page, title).get_by_role("link", name="Confirm on the new result").click()
    page.locator("[name=reason]").fill("The jury has looked again.")
    page.get_by_role("button", name="Confirm on the new result").click()
    expect(row(page, title)).not_to_contain_text("void")


def promise(page: Page) -> None:
    """The sponsor promises 300 euros, which it will pay to the winners itself."""
    page.goto("/editions/money/organise/sponsors")
    page.get_by_role("button", name="Record a pledge").click()
    page.get_by_label("Name of this pledge").fill("Prizes 2026")
    page.get_by_label("Amount in euros").fill("300")
    page.get_by_label("Paid directly to the winners by the sponsor").check()
    page.get_by_role("button", name="Record the pledge").click()
    page.goto(AWARDS)


def embargo(page: Page) -> datetime:
    """The results are frozen, which seals them too, and public from the next minute on; that moment."""
    page.goto("/editions/money/organise/results")
    moment = deciding.soon()
    page.locator("[name=public_at]").fill(plan.local(moment))
    page.locator("form", has=page.locator("[name=public_at]")).get_by_role("button").click()
    expect(page.get_by_text("The results are frozen").first).to_be_visible()
    return moment


def read_as_visitor(browser, live_site) -> str:
    with open_page(browser, live_site.url, **DESKTOP_ENGLISH) as visitor:
        visitor.goto("/editions/money/results")
        return visitor.locator("main").inner_text()


def declare_late_conflict(page: Page) -> None:
    """It turns out that the juror of “Tide” is no stranger: their marks count no more."""
    page.goto("/editions/money/organise/jury/conflicts")
    for name, words in (("juror", "Judge of Tide"), ("entry", "Tide")):
        offered = page.locator(f"select[name={name}] option", has_text=words)
        page.locator(f"select[name={name}]").select_option(offered.first.get_attribute("value"))
    page.locator("[name=reason]").fill("A cousin, as we learn today.")
    page.get_by_role("button", name="Declare the conflict").click()
    expect(page.get_by_text("The conflict is declared")).to_be_visible()


@pytest.mark.usefixtures("tide")
def test_from_a_pledge_to_public_results(page, browser, live_site):
    enter(page, "first@example.org")
    expect(page.get_by_text("“Storm”, is passed over")).to_be_visible()
    expect(page.get_by_text("“Old salt”, is passed over for First prize (en): a member is too old")).to_be_visible()
    promise(page)
    page.get_by_role("button", name="Award these prizes").click()
    assert sorted(row(page, title).locator(".num").inner_text() for title in ("Tide", "Wind")) == ["€125.00", "€125.01"]
    seal(page)
    press(page, "Tide", "Approve the payment")
    expect(row(page, "Tide")).to_contain_text("1 of 2 approvals")
    declare_late_conflict(page)
    page.goto(AWARDS)
    expect(row(page, "Tide")).to_contain_text("void: the result has changed")
    assert axe(page) == []
    confirm(page, "Tide")
    confirm(page, "Wind")
    moment = embargo(page)
    assert "Tide" not in read_as_visitor(browser, live_site)
    pay_directly(page, browser, live_site)
    deciding.wait_until(page, moment)
    assert "Tide" in read_as_visitor(browser, live_site)


def pay_directly(page: Page, browser, live_site) -> None:
    """While all wait for the publication: two people approve, and the sponsor's payment is recorded with its proof."""
    page.goto(AWARDS)
    press(page, "Tide", "Approve the payment")
    with open_page(browser, live_site.url, **DESKTOP_ENGLISH) as other:
        enter(other, "second@example.org")
        press(other, "Tide", "Approve the payment")
        expect(row(other, "Tide")).to_contain_text("approved, to be paid")
    page.goto(AWARDS)
    row(page, "Tide").get_by_role("link", name="Record the payment").click()
    page.get_by_label("Paid on").fill("2020-12-01")
    page.get_by_label("Reference of the payment").fill("VIR-1")
    page.get_by_role("button", name="Record the payment").click()
    expect(page.locator("main")).to_contain_text("add the proof of its payment")
    page.set_input_files("[name=proof]", {"name": "avis.txt", "mimeType": "text/plain", "buffer": b"paid"})
    page.get_by_role("button", name="Record the payment").click()
    expect(row(page, "Tide")).to_contain_text("paid on 1 December 2020")
    page.goto("/editions/money/organise/ledger")
    expect(page.get_by_role("row", name="Paid to the winner")).to_have_count(1)
    assert axe(page) == []
