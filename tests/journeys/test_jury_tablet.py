"""A juror on a tablet: marks, a lost line, two windows, a conflict at the last minute, the finalists' round."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Person
from hackaviz.accounts.passwords import hash_password
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.database import open_engine, session_factory
from judging.panels.models import Assignment
from judging.panels.rounds.models import Finalist, Round, RoundKind
from judging.scoring.duels.models import Duel, DuelVoting
from judging.scoring.duels.queries import duels_of
from judging.scoring.models import Review
from judging.scoring.queries import finished_reviews
from submissions.entries.models import Entry
from tests.factories import assign, make_challenge, make_edition, make_handed_in_entry, make_juror
from tests.support.browser import axe

PASSWORD = "a password for the jury"
TABLET = {"width": 820, "height": 1180}
LEAST_TARGET = 44
WORDS = ["Absent", "Weak", "Fair", "Good", "Outstanding"]
LIST = "/editions/tablet/jury"


@pytest.fixture
def database(live_site):
    engine = open_engine(live_site.database_url)
    yield session_factory(engine)
    engine.dispose()


@pytest.fixture
def tablet(page, database) -> Page:
    """A juror with two entries, signed in and before the first."""
    with database() as session:
        edition = make_edition(session, Phase.JUDGING, slug="tablet", reviews_needed=1)
        challenge = make_challenge(session, edition)
        juror = make_juror(session, edition, email="juror@example.org", password_hash=hash_password(PASSWORD))
        for number in (3, 5):
            assign(session, juror, make_handed_in_entry(session, challenge, number=number))
        session.commit()
    page.set_viewport_size(TABLET)
    page.goto(f"{LIST}/C-03")
    page.get_by_label("E-mail").fill("juror@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Entry C-03")).to_be_visible()
    page.wait_for_load_state()
    return page


def mark(page: Page, criterion: str, word: str):
    return page.get_by_role("group", name=criterion).get_by_role("radio", name=word)


def saved(page: Page):
    return page.locator("#saved")


def choose(page: Page, criterion: str, word: str) -> None:
    """By keyboard: a page that still loads moves under a finger."""
    page.wait_for_load_state()
    mark(page, criterion, word).focus()
    page.keyboard.press(str(WORDS.index(word)))
    expect(mark(page, criterion, word)).to_be_checked()


def score(page: Page, first: str, second: str) -> None:
    choose(page, "Criterion 1", first)
    choose(page, "Criterion 2", second)


def test_marks_are_large_enough_to_touch_and_nothing_sticks_out(tablet):
    assert axe(tablet) == []
    targets = [*tablet.locator(".marks .mark").all(), *tablet.locator(".bench-bar button, .bench-bar a").all()]
    boxes = [target.bounding_box() for target in targets if target.is_visible()]
    assert min(min(box["width"], box["height"]) for box in boxes) >= LEAST_TARGET
    assert tablet.evaluate("document.documentElement.scrollWidth") <= TABLET["width"]


def test_a_juror_scores_loses_the_line_and_comes_back(tablet, database):
    choose(tablet, "Criterion 1", "Good")
    expect(saved(tablet)).to_contain_text("Saved at")
    tablet.context.set_offline(True)
    choose(tablet, "Criterion 2", "Fair")
    tablet.get_by_label("For the team").fill("Written in the train")
    expect(saved(tablet)).to_contain_text("Offline, kept on this device")
    tablet.context.set_offline(False)
    expect(saved(tablet)).to_contain_text("Saved at")
    mark(tablet, "Criterion 1", "Good").focus()
    tablet.keyboard.press("n")
    expect(tablet.get_by_role("heading", name="Entry C-05")).to_be_visible()
    with database() as session:
        review = session.scalars(select(Review)).one()
        assert (sorted(review.given.values()), review.comment_to_team) == ([2, 3], "Written in the train")


def test_in_two_windows_the_person_chooses(tablet, database):
    second = tablet.context.new_page()
    second.set_viewport_size(TABLET)
    second.goto(tablet.url)
    score(tablet, "Good", "Good")
    expect(saved(tablet)).to_contain_text("Saved at")
    score(second, "Weak", "Weak")
    panel = second.get_by_role("alert").filter(has_text="changed in another window")
    expect(panel).to_contain_text("Good")
    second.get_by_text("Keep the text of this window").click()
    expect(panel).to_have_count(0)
    expect(saved(second)).to_contain_text("Saved at")
    with database() as session:
        assert set(session.scalars(select(Review)).one().given.values()) == {1}


def test_a_conflict_at_the_last_minute_takes_the_marks_out(tablet, database):
    score(tablet, "Good", "Good")
    expect(saved(tablet)).to_contain_text("Saved at")
    tablet.get_by_role("button", name="Finish").click()
    expect(tablet.get_by_text("Your review of C-03 is finished.")).to_be_visible()
    tablet.goto(f"{LIST}/C-03/conflict")
    tablet.get_by_label("What is the link?").fill("I have just recognised my cousin")
    tablet.get_by_role("button", name="Declare the conflict").click()
    expect(tablet.get_by_role("link", name="C-03")).to_have_count(0)
    answer = tablet.goto(f"{LIST}/C-03")
    assert answer is not None and answer.status == 404
    with database() as session:
        edition = session.scalars(select(Entry)).first().edition
        assert finished_reviews(session, edition) == []


def test_finalists_come_with_their_round(tablet, database):
    with database() as session:
        entry = session.scalars(select(Entry).where(Entry.number == 5)).one()
        juror = session.scalars(select(Person).where(Person.email == "juror@example.org")).one()
        edition, now = entry.edition, utc_now()
        first = Round(edition=edition, kind=RoundKind.QUALIFICATION, opens_at=edition.judging_opens_at, closes_at=now)
        final = Round(edition=edition, kind=RoundKind.FINALISTS, opens_at=now, closes_at=edition.judging_closes_at)
        final.finalists.append(Finalist(entry=entry, chosen_at=now))
        session.add_all([first, final])
        for assignment in session.scalars(select(Assignment).where(Assignment.juror_id == juror.id)):
            assignment.round = final if assignment.entry_id == entry.id else first
        session.commit()
    tablet.goto(LIST)
    row = tablet.get_by_role("row").filter(has_text="C-05")
    expect(row).to_contain_text("finalist")
    expect(tablet.get_by_role("row").filter(has_text="C-03")).to_contain_text("not finished in time")
    tablet.get_by_role("button", name="Review C-05").click()
    expect(tablet.get_by_role("heading", name="Entry C-05")).to_be_visible()
    score(tablet, "Outstanding", "Good")
    expect(saved(tablet)).to_contain_text("Saved at")
    tablet.get_by_role("button", name="Finish").click()
    expect(tablet.get_by_text("Your review of C-05 is finished.")).to_be_visible()


def test_a_juror_compares_two_works_by_key_and_by_touch(tablet, database):
    with database() as session:
        edition = session.scalars(select(Entry)).first().edition
        dates = {"opens_at": edition.judging_opens_at, "closes_at": edition.judging_closes_at}
        session.add(DuelVoting(edition_id=edition.id, **dates))
        session.commit()
    tablet.goto(LIST)
    tablet.get_by_role("button", name="Compare two works").click()
    sides = tablet.get_by_role("button", name="is better")
    expect(sides).to_have_count(2)
    tablet.wait_for_load_state()
    assert axe(tablet) == []
    left, right = (side.bounding_box() for side in sides.all())
    assert left["x"] < right["x"] and abs(left["y"] - right["y"]) < TABLET["height"] / 2
    assert min(left["height"], right["height"]) >= LEAST_TARGET
    assert tablet.evaluate("document.documentElement.scrollWidth") <= TABLET["width"]
    tablet.keyboard.press("ArrowRight")
    expect(tablet.get_by_text("You have compared all there is to compare")).to_be_visible()
    tablet.wait_for_load_state()
    tablet.keyboard.press("u")
    expect(tablet.get_by_text("Your last vote is undone.")).to_be_visible()
    tablet.get_by_role("button", name="C-03 is better").click()
    expect(tablet.get_by_text("You have compared all there is to compare")).to_be_visible()
    with database() as session:
        [duel] = duels_of(session, session.scalars(select(Entry)).first().edition)
        assert session.get_one(Entry, duel.winner_id).code == "C-03"
        assert session.query(Duel).count() == 2
