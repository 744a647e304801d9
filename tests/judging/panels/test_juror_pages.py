"""What jurors say beside their reviews: an entry they skip, a word to the organisers, what they know and wish."""

import pytest
from sqlalchemy import select

from challenges.editions.rules import Phase
from judging.panels.affiliations import wishes_of
from judging.panels.models import Bid, Flag
from judging.panels.queries import seats_of
from tests.factories import (
    assign,
    declare_conflict,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_review,
    sign_in,
)


@pytest.fixture
def challenge(session):
    return make_challenge(session, make_edition(session, Phase.JUDGING))


@pytest.fixture
def juror(session, challenge):
    return make_juror(session, challenge.edition)


@pytest.fixture
def entry(session, challenge, juror):
    entry = make_handed_in_entry(session, challenge)
    assign(session, juror, entry)
    return entry


@pytest.fixture
def at_work(client, juror):
    return sign_in(client, juror)


@pytest.fixture
def page_of(entry):
    return lambda act="": f"/editions/{entry.edition.slug}/jury/{entry.code}{act}"


def text(answer):
    return answer.get_data(as_text=True)


def test_a_skipped_entry_is_read_only_until_it_is_taken_back(at_work, page_of):
    assert at_work.post(page_of("/skip"), data={"reason": ""}).status_code == 422
    assert at_work.post(page_of("/skip"), data={"reason": "No time"}).status_code == 302
    assert "You skipped this entry." in text(at_work.get(page_of()))
    draft = {"marks": {}, "comment_to_team": "", "comment_private": "", "base_revision": 0, "save_key": "key"}
    assert at_work.post(page_of("/autosave"), json=draft).status_code == 409
    assert at_work.post(page_of("/take-back")).status_code == 302
    assert at_work.post(page_of("/autosave"), json=draft).status_code == 200


def test_a_finished_review_is_not_skipped(at_work, session, entry, juror, page_of):
    make_review(session, juror, entry, [1, 1])
    assert at_work.post(page_of("/skip"), data={"reason": "No time"}).status_code == 409


def test_a_flag_reaches_the_organisers_only(at_work, session, page_of):
    assert at_work.post(page_of("/flag"), data={"text": " "}).status_code == 422
    assert at_work.post(page_of("/flag"), data={"text": "A name shows"}).status_code == 302
    assert session.scalars(select(Flag)).one().text == "A name shows"
    assert "A name shows" not in text(at_work.get(page_of()))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_themes_and_wishes_are_kept_and_forgotten(at_work, session, entry, juror, language):
    page = f"/editions/{entry.edition.slug}/jury/expertise?lang={language}"
    assert entry.code in text(at_work.get(page))
    wish = {f"wish-{entry.code}": "1", "themes": ["ports", "energy"]}
    assert at_work.post(page, data=wish).status_code == 302
    assert seats_of(session, entry.edition)[juror.id].themes == ["energy", "ports"]
    assert wishes_of(session, entry.edition) == {(juror.id, entry.id): 1}
    at_work.post(page, data={f"wish-{entry.code}": "0"})
    assert session.scalars(select(Bid)).all() == []


def test_an_entry_with_a_conflict_is_not_offered(at_work, session, entry, juror):
    declare_conflict(session, juror, entry)
    assert entry.code not in text(at_work.get(f"/editions/{entry.edition.slug}/jury/expertise"))


@pytest.mark.parametrize("act", ["/skip", "/flag"])
def test_others_entries_do_not_exist(client, session, entry, page_of, act):
    sign_in(client, make_juror(session, entry.edition))
    assert client.get(page_of(act)).status_code == 404
    assert client.post(page_of(act), data={"reason": "x", "text": "x"}).status_code == 404
