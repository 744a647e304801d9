"""The organisers' figures: of a challenge, of the jury, and of its coverage."""

import json
import re

import pytest
from sqlalchemy import select

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from judging.ranking.contest import TieRule
from judging.scoring.analysis.models import KeptFigures
from judging.scoring.method.rules import Method
from judging.scoring.method.service import choose_method
from tests.factories import (
    assign,
    declare_conflict,
    grant,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_review,
    sign_in,
)
from tests.support.queries import count_queries

pytestmark = pytest.mark.database("sqlite")
MARKS = ((4, 3), (2, 2), (3, 1), (1, 2))


@pytest.fixture
def edition(session):
    return make_edition(session, Phase.JUDGING, reviews_needed=1)


@pytest.fixture
def challenge(session, edition):
    return make_challenge(session, edition)


@pytest.fixture
def organiser(session, edition):
    person = make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    return person


def fill(session, edition, challenge, jurors=3):
    """Entries that every juror reviewed, each a little harsher than the one before."""
    entries = [make_handed_in_entry(session, challenge) for _ in MARKS]
    people = [make_juror(session, edition, name=f"<b>Juror {number}</b>") for number in range(jurors)]
    for number, juror in enumerate(people):
        for entry, marks in zip(entries, MARKS, strict=True):
            assign(session, juror, entry)
            make_review(session, juror, entry, [max(0, mark - number % 2) for mark in marks])
    return entries, people


def without_nonces(page):
    return re.sub(r'(nonce|value|content)="[^"]*"', "", page)


def page_of(challenge, name=""):
    return f"/editions/{challenge.edition.slug}/organise/scores/{name or f'challenge/{challenge.number}'}"


def test_a_challenge_without_reviews_says_so(client, session, challenge, organiser):
    make_handed_in_entry(session, challenge)
    answer = sign_in(client, organiser).get(page_of(challenge))
    assert answer.status_code == 200 and "No finished review yet" in answer.text


@pytest.mark.parametrize("method", list(Method))
def test_every_method_shows_its_figures(*, app, client, session, challenge, organiser, method):
    edition = challenge.edition
    entries, _people = fill(session, edition, challenge)
    facts = {"method": method, "ties": TieRule.CHAIN, "reason": "A test", "actor": None}
    with app.app_context():
        choose_method(session, edition=edition, now=edition.judging_opens_at, **facts)
    page = sign_in(client, organiser).get(page_of(challenge)).text
    assert all(entry.code in page for entry in entries)
    assert "What changes if" in page and "Severity" in page and "Reliability in numbers" in page


def test_a_second_visit_shows_the_figures_that_the_first_one_kept(client, session, edition, challenge, organiser):
    fill(session, edition, challenge)
    sign_in(client, organiser)
    for page in (page_of(challenge), page_of(challenge, "jury")):
        first, again = client.get(page).text, client.get(page).text
        assert "Reliability in numbers" in again
        assert without_nonces(first) == without_nonces(again)
    assert set(session.scalars(select(KeptFigures.subject))) == {f"challenge {challenge.id}", f"jury {edition.id}"}


def test_charts_carry_names_letter_by_letter_and_a_table_each(client, session, edition, challenge, organiser):
    fill(session, edition, challenge)
    page = sign_in(client, organiser).get(page_of(challenge)).text
    assert "<b>Juror" not in page
    assert page.count("data-chart=") == page.count("data-downloads=") == 5
    assert page.count("The same figures as a table") == 5


def test_the_coverage_says_who_did_what(client, session, edition, challenge, organiser):
    entries, people = fill(session, edition, challenge)
    waiting = make_handed_in_entry(session, challenge)
    assign(session, people[0], waiting)
    declare_conflict(session, people[1], entries[0])
    chart = json.loads(sign_in(client, organiser).get(page_of(challenge, "coverage.json")).text)["data"][0]
    lines = dict(zip(chart["y"], chart["z"], strict=True))
    assert lines["&lt;b&gt;Juror 0&lt;/b&gt;"] == [3, 3, 3, 3, 1]
    assert lines["&lt;b&gt;Juror 1&lt;/b&gt;"] == [None, 3, 3, 3, None]


def test_the_jury_as_a_whole_is_read_over_all_challenges(client, session, edition, challenge, organiser):
    fill(session, edition, challenge)
    assert "The jury as a whole" in sign_in(client, organiser).get(page_of(challenge, "jury")).text


def test_a_page_costs_the_same_queries_for_few_jurors_and_for_many(client, session, edition, challenge, organiser):
    fill(session, edition, challenge, jurors=2)
    sign_in(client, organiser)
    client.get(page_of(challenge))
    with count_queries() as few:
        client.get(page_of(challenge))
    fill(session, edition, challenge, jurors=9)
    with count_queries() as many:
        client.get(page_of(challenge))
    assert len(many) <= len(few)
