"""A juror loses nothing: not to a reload, a lost line, an ended session, nor a second window."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.rules import Phase
from hackaviz.accounts.passwords import hash_password
from hackaviz.kernel.database import open_engine, session_factory
from judging.scoring.models import Review
from tests.factories import assign, make_challenge, make_edition, make_handed_in_entry, make_juror
from tests.support.browser import axe, late_script

PASSWORD = "a password for the jury"


@pytest.fixture
def database(live_site):
    engine = open_engine(live_site.database_url)
    yield session_factory(engine)
    engine.dispose()


@pytest.fixture
def address(database):
    with database() as session:
        edition = make_edition(session, Phase.JUDGING, slug="journey")
        challenge = make_challenge(session, edition)
        juror = make_juror(session, edition, email="juror@example.org", password_hash=hash_password(PASSWORD))
        for number in (3, 5):
            assign(session, juror, make_handed_in_entry(session, challenge, number=number))
        session.commit()
    return "/editions/journey/jury/C-03"


@pytest.fixture
def review(page, address) -> Page:
    page.goto(address)
    enter(page)
    expect(page.get_by_role("heading", name="Entry C-03")).to_be_visible()
    page.wait_for_load_state()
    return page


def enter(page: Page) -> None:
    page.get_by_label("E-mail").fill("juror@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()


def saved(page: Page):
    return page.locator("#saved")


def comment(page: Page):
    return page.get_by_label("For the team")


def mark(page: Page, criterion: str, word: str):
    return page.get_by_role("group", name=criterion).get_by_role("radio", name=word)


def kept(database) -> Review:
    with database() as session:
        return only_review(session)


def only_review(session: Session) -> Review:
    review = session.scalars(select(Review)).one()
    assert isinstance(review.given, dict)
    return review


def test_marks_and_comments_survive_a_reload_and_the_review_is_finished_by_keyboard(review, database):
    assert axe(review) == []
    mark(review, "Criterion 1", "Good").focus()
    review.keyboard.press("4")
    mark(review, "Criterion 2", "Fair").check(force=True)
    comment(review).fill("The double bump reads at once.")
    expect(saved(review)).to_contain_text("Saved at")
    review.reload()
    expect(mark(review, "Criterion 1", "Outstanding")).to_be_checked()
    expect(comment(review)).to_have_value("The double bump reads at once.")
    comment(review).press("Control+Enter")
    expect(review.get_by_role("heading", name="Entry C-05")).to_be_visible()
    review.go_back()
    review.get_by_role("button", name="Finish").click()
    expect(review.get_by_text("Your review of C-03 is finished.")).to_be_visible()
    assert kept(database).finished_at is not None
    assert sorted(kept(database).given.values()) == [2, 4]


def test_what_was_written_before_the_script_came_is_saved(review, database):
    with late_script(review, "**/js/review.js*"):
        review.reload(wait_until="commit")
        comment(review).fill("Typed on a slow line")
        mark(review, "Criterion 1", "Good").check(force=True)
    expect(saved(review)).to_contain_text("Saved at")
    assert kept(database).comment_to_team == "Typed on a slow line"
    assert list(kept(database).given.values()) == [3]


def test_a_reload_before_the_text_was_sent_brings_it_back(review, database):
    review.route("**/autosave", lambda route: route.abort())
    comment(review).fill("Typed a moment before the reload")
    expect(saved(review)).to_contain_text("Offline, kept on this device")
    review.unroute("**/autosave")
    review.reload()
    expect(comment(review)).to_have_value("Typed a moment before the reload")
    expect(saved(review)).to_contain_text("Saved at")
    assert kept(database).comment_to_team == "Typed a moment before the reload"


def test_text_typed_offline_is_sent_when_the_line_is_back(review, database):
    review.context.set_offline(True)
    comment(review).fill("Typed in a tunnel")
    expect(saved(review)).to_contain_text("Offline, kept on this device")
    review.context.set_offline(False)
    expect(saved(review)).to_contain_text("Saved at")
    assert kept(database).comment_to_team == "Typed in a tunnel"


def test_text_typed_after_the_session_ended_is_there_after_signing_in_again(review, database):
    # An answer still on its way would bring the cookie back.
    review.wait_for_load_state("networkidle")
    review.context.clear_cookies()
    comment(review).fill("Typed after lunch")
    expect(saved(review)).to_contain_text("Your session has ended")
    review.get_by_role("link", name="Sign in and come back here").click()
    enter(review)
    expect(comment(review)).to_have_value("Typed after lunch")
    expect(saved(review)).to_contain_text("Saved at")
    assert kept(database).comment_to_team == "Typed after lunch"


@pytest.mark.parametrize(
    ("choice", "survivor"), [("Keep the text of this window", "Second"), ("Take the saved one", "First")]
)
def test_with_two_windows_the_person_chooses(review, database, choice, survivor):
    second = review.context.new_page()
    second.goto(review.url)
    comment(review).fill("First")
    expect(saved(review)).to_contain_text("Saved at")
    comment(second).fill("Second")
    panel = second.get_by_role("alert").filter(has_text="changed in another window")
    expect(panel).to_contain_text("First")
    expect(comment(second)).to_have_value("Second")
    assert kept(database).comment_to_team == "First"
    second.get_by_text(choice).click()
    expect(panel).to_have_count(0)
    expect(comment(second)).to_have_value(survivor)
    second.wait_for_function("() => !Object.keys(localStorage).some((name) => name.startsWith('review.'))")
    assert kept(database).comment_to_team == survivor


def test_what_was_sent_before_the_script_came_waits_for_the_choice_too(review, database):
    second = review.context.new_page()
    second.route("**/js/review.js*", lambda route: route.abort(), times=1)
    second.goto(review.url)
    comment(review).fill("First")
    expect(saved(review)).to_contain_text("Saved at")
    comment(second).fill("Second")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_role("alert")).to_contain_text("First")
    second.wait_for_load_state()
    expect(saved(second)).to_contain_text("Kept on this device")
    comment(second).fill("Second, and more")
    second.get_by_text("Keep the text of this window").click()
    expect(saved(second)).to_contain_text("Saved at")
    assert kept(database).comment_to_team == "Second, and more"


def test_an_answer_that_was_lost_asks_nobody_to_choose(review, database):
    review.route("**/autosave", answer_is_lost)
    comment(review).fill("One")
    expect(saved(review)).to_contain_text("Offline")
    review.unroute("**/autosave")
    comment(review).fill("One and two")
    expect(saved(review)).to_contain_text("Saved at")
    assert kept(database).comment_to_team == "One and two"


def answer_is_lost(route) -> None:
    route.fetch()
    route.abort()


def test_a_server_that_restarts_loses_nothing(review, database, live_site):
    comment(review).fill("Before")
    expect(saved(review)).to_contain_text("Saved at")
    live_site.kill_web()
    comment(review).fill("Before, and while it was away")
    expect(saved(review)).to_contain_text("Offline, kept on this device")
    live_site.start_web()
    expect(saved(review)).to_contain_text("Saved at")
    assert kept(database).comment_to_team == "Before, and while it was away"


def test_two_windows_that_wrote_an_hour_without_a_line_keep_both_texts(review, database):
    second = review.context.new_page()
    second.goto(review.url)
    review.context.set_offline(True)
    for number in range(3):
        comment(review).fill(f"First window, {number}")
        comment(second).fill(f"Second window, {number}")
    expect(saved(second)).to_contain_text("Offline, kept on this device")
    second.route("**/autosave", lambda route: route.abort())
    review.context.set_offline(False)
    expect(saved(review)).to_contain_text("Saved at")
    third = review.context.new_page()
    third.goto(review.url)
    expect(comment(third)).to_have_value("First window, 2")
    second.unroute("**/autosave")
    panel = second.get_by_role("alert").filter(has_text="changed in another window")
    expect(panel).to_contain_text("First window, 2")
    expect(comment(second)).to_have_value("Second window, 2")
    assert kept(database).comment_to_team == "First window, 2"
