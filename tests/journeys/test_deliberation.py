"""The jury meets on tablets: a vote beyond the marks, nothing for who is recused, a seal, and its proof elsewhere."""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from hackaviz.accounts.passwords import hash_password
from hackaviz.kernel.database import open_engine, session_factory
from judging.scoring.marks_log import Act, append
from tests.factories import (
    assign,
    declare_conflict,
    grant,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_person,
    make_review,
)
from tests.support.browser import axe, open_page
from tests.support.typed import type_flask

PASSWORD, SECRET = "a password for the jury", "The legend hides the second half"
TABLET: dict[str, Any] = {"locale": "en-GB", "viewport": {"width": 820, "height": 1180}, "has_touch": True}
MEETING = "/editions/journey/organise/deliberation"
MARKS = {3: (4, 4, 3, 4), 5: (3, 3, 3, 4), 8: (1, 2, 1, 2)}


@pytest.fixture
def jury(live_site) -> None:
    """Four jurors reviewed three entries; the first has a conflict with C-05."""
    engine = open_engine(live_site.database_url)
    with session_factory(engine)() as session:
        edition = make_edition(session, Phase.DELIBERATION, slug="journey", reviews_needed=2)
        challenge = make_challenge(session, edition, criteria=1, number=1)
        people = [_person(session, f"juror{number}@example.org") for number in range(4)]
        for juror in people:
            grant(session, juror, Role.JUROR, edition)
        grant(session, _person(session, "chair@example.org"), Role.ORGANISER, edition)
        for number, marks in MARKS.items():
            entry = make_handed_in_entry(session, challenge, number=number)
            for juror, mark in zip(people, marks, strict=True):
                assign(session, juror, entry)
                review = make_review(session, juror, entry, [mark], comment_private=SECRET if number == 5 else "")
                append(session, review=review, act=Act.FINISH, now=edition.judging_closes_at)
            if number == 5:
                declare_conflict(session, people[0], entry)
        session.commit()
    engine.dispose()


def _person(session, email):
    return make_person(session, email=email, password_hash=hash_password(PASSWORD))


@pytest.fixture
def enter(browser, live_site, jury) -> Iterator[Any]:
    """Opens an address on a tablet of its own, signed in as somebody."""
    with ExitStack() as open_tablets:

        def sign_in(email: str, address: str) -> Page:
            page = open_tablets.enter_context(open_page(browser, live_site.url, **TABLET))
            page.goto(address)
            page.get_by_label("E-mail").fill(email)
            page.get_by_label("Password").fill(PASSWORD)
            page.locator("main").get_by_role("button", name="Sign in").click()
            return page

        yield sign_in


def follow_the_chair(chair: Page, other: Page, recused: Page) -> None:
    """Nobody but the chair touches anything: the screens change by themselves."""
    for reader in (other, recused):
        reader.get_by_role("button", name="Follow the meeting").click()
        expect(reader.get_by_text("Nothing is on the table yet")).to_be_visible()
    chair.goto(f"{MEETING}/1")
    chair.get_by_role("button", name="Put C-05 on the table").click()
    expect(other.get_by_text(SECRET).first).to_be_visible()
    expect(recused.get_by_text("Not on your screen")).to_be_visible()
    assert "C-05" not in recused.content() and SECRET not in recused.content()
    assert axe(other) == [] and axe(recused) == []


def vote(chair: Page) -> None:
    """C-03 was made with a juror’s help: three of four want it outside the competition."""
    chair.goto(f"{MEETING}/1")
    chair.get_by_label("The jury votes to").select_option("hors-concours")
    chair.get_by_label("Entry").select_option(label="C-03")
    for label, count in {"For": "3", "Against": "1", "Abstained": "0"}.items():
        chair.get_by_label(label, exact=True).fill(count)
    chair.get_by_label("Reason").fill("A juror helped to make it")
    chair.get_by_role("button", name="Record the vote").click()
    expect(chair.get_by_text("The vote is recorded.")).to_be_visible()


def download(chair: Page, name: str, path) -> Any:
    with chair.expect_download() as waiting:
        chair.get_by_role("button", name=name).first.click()
    waiting.value.save_as(path)
    return path


def verified_elsewhere(path) -> dict[str, Any]:
    """What the command says where there is no database, no key and no setting."""
    done = type_flask(path.parent, "judging", "verify", str(path), "--json", PATH=os.environ["PATH"])
    return json.loads(done.stdout)


def test_the_jury_meets_votes_and_seals_and_anybody_can_check_it(enter, tmp_path):
    chair = enter("chair@example.org", MEETING)
    assert axe(chair) == []
    chair.get_by_role("button", name="Open the meeting").click()
    expect(chair.get_by_text("The meeting is open", exact=True)).to_be_visible()

    recused = enter("juror0@example.org", "/editions/journey/deliberation")
    expect(recused.get_by_role("heading", name="C-03")).to_be_visible()
    assert "C-05" not in recused.content() and SECRET not in recused.content()
    other = enter("juror1@example.org", "/editions/journey/deliberation")
    expect(other.get_by_text(SECRET).first).to_be_visible()
    assert axe(other) == []

    follow_the_chair(chair, other, recused)
    vote(chair)
    expect(chair.get_by_role("article", name="C-05")).to_contain_text("Place 1")
    chair.goto("/editions/journey/organise/scores/challenge/1")
    expect(chair.get_by_role("heading", name="What changes if")).to_be_visible()
    assert axe(chair) == []

    chair.goto("/editions/journey/organise/seals")
    chair.get_by_role("button", name="Seal the result").click()
    expect(chair.get_by_text("The last seal says what the platform says")).to_be_visible()
    public = download(chair, "Public file", tmp_path / "public.json")
    assert download(chair, "Minutes in French (PDF)", tmp_path / "minutes.pdf").read_bytes().startswith(b"%PDF")
    said = verified_elsewhere(public)
    assert said["valid"] and hashlib.sha256(public.read_bytes()).hexdigest() in chair.content()
    public.write_text(public.read_text(encoding="utf-8").replace('"for":3', '"for":1'), encoding="utf-8")
    assert not verified_elsewhere(public)["valid"]
