"""The juror's pages: blind, theirs alone, open between two dates, and safe with two windows."""

import re

import pytest
from sqlalchemy import select

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from judging.scoring.models import Review
from judging.scoring.rules import mark_field
from tests.factories import (
    assign,
    declare_conflict,
    grant,
    make_challenge,
    make_edition,
    make_handed_in_entries,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_review,
    sign_in,
)
from tests.support.panels import CANARY, work_with_names
from tests.support.queries import count_queries
from tests.support.worlds import once

JSON = {"Accept": "application/json"}


def one_to_review(session):
    """The team has its name even in what a version says; a juror is asked to review the work."""
    challenge = make_challenge(session, make_edition(session, Phase.JUDGING, reviews_needed=1))
    said = {"title": CANARY, "team": CANARY, "upload": {"file_name": CANARY}, "message": "Seven o’clock", "method": "M"}
    source = {"dataset": "ports", "title": {"fr": "Ports du monde", "en": "World ports"}, "usage": "All of it"}
    manifest = said | {"citations": [source], "handed_in_by": CANARY}
    entry, juror = work_with_names(session, challenge, manifest=manifest), make_juror(session, challenge.edition)
    assign(session, juror, entry)
    return {"edition": challenge.edition, "challenge": challenge, "entry": entry, "juror": juror}


@pytest.fixture
def world(session):
    return once(session, one_to_review)


@pytest.fixture
def page_of(edition):
    return lambda entry, act="": f"/editions/{edition.slug}/jury/{entry.code}{act}"


@pytest.fixture
def at_work(client, juror):
    return sign_in(client, juror)


def draft(entry, marks=(), *, revision=0, key="k1", team="", private=""):
    criteria = [str(criterion.id) for criterion in entry.challenge.criteria]
    return {
        "marks": dict(zip(criteria, marks, strict=False)),
        "comment_to_team": team,
        "comment_private": private,
        "base_revision": revision,
        "save_key": key,
    }


def typed(entry, marks=(), *, revision=0, key="k1", team="", private=""):
    fields = {mark_field(c.id): str(m) for c, m in zip(entry.challenge.criteria, marks, strict=False)}
    return fields | {
        "comment_to_team": team,
        "comment_private": private,
        "base_revision": str(revision),
        "save_key": key,
    }


def everything(answer):
    return (answer.get_data(as_text=True) + str(answer.headers)).casefold()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_byte_that_a_juror_gets_names_the_team(at_work, entry, edition, page_of, language):
    lists = [f"/jury?lang={language}", f"/editions/{edition.slug}/jury?lang={language}"]
    pages = [
        *lists,
        page_of(entry),
        page_of(entry, "/conflict"),
        page_of(entry, "/nothing"),
        f"/editions/{edition.slug}",
    ]
    answers = [at_work.get(page) for page in pages]
    answers.append(at_work.post(page_of(entry, "/autosave"), json=draft(entry, [1]), headers=JSON))
    answers.append(at_work.post(page_of(entry, "/autosave"), json=draft(entry, [2], key="k2"), headers=JSON))
    answers.append(at_work.post(page_of(entry, "/finish"), data=typed(entry, [1], revision=1)))
    answers.append(at_work.post(page_of(entry, "/finish"), data=typed(entry, [1, 2], revision=1, key="k3")))
    answers.append(at_work.get(page_of(entry)))
    assert [answer.status_code for answer in answers[-5:]] == [200, 409, 422, 302, 200]
    assert [page for page, answer in zip(pages, answers, strict=False) if CANARY in everything(answer)] == []
    assert not any(CANARY in everything(answer) for answer in answers)


def test_the_review_page_shows_what_was_handed_in(at_work, session, entry, page_of):
    entry.message = "Changed in the draft afterwards"
    page = at_work.get(page_of(entry)).get_data(as_text=True)
    assert "Seven o’clock" in page
    assert "World ports" in page
    assert "Changed in the draft" not in page


def test_opening_a_review_makes_none(at_work, session, entry, page_of):
    assert at_work.get(page_of(entry)).status_code == 200
    assert session.scalars(select(Review)).all() == []


def test_an_entry_of_somebody_else_does_not_exist(new_client, session, edition, entry, page_of):
    other, conflicted = make_juror(session, edition), make_juror(session, edition)
    assign(session, conflicted, entry)
    make_review(session, conflicted, entry, [1, 1])
    declare_conflict(session, conflicted, entry)
    for person in (other, conflicted):
        client = sign_in(new_client(), person)
        assert client.get(page_of(entry)).status_code == 404
        assert client.get(page_of(entry, "/conflict")).status_code == 404
        assert client.post(page_of(entry, "/autosave"), json=draft(entry), headers=JSON).status_code == 404
        assert client.post(page_of(entry, "/finish"), data=typed(entry, [1, 1])).status_code == 404
        assert client.post(page_of(entry, "/reopen")).status_code == 404
        preview = f"/previews/{entry.current_version.upload.public_id}/small.webp"
        assert client.get(preview).status_code == 404
        page = client.get(f"/editions/{edition.slug}/jury").get_data(as_text=True)
        assert entry.code not in page


def test_an_outsider_learns_nothing_from_codes(new_client, session, entry, page_of, edition):
    stranger = make_person(session)
    grant(session, stranger, Role.JUROR, make_edition(session, Phase.JUDGING))
    client = sign_in(new_client(), stranger)
    answers = [client.get(f"/editions/{edition.slug}/jury/{code}") for code in (entry.code, "C-99", "nonsense")]
    assert {answer.status_code for answer in answers} == {403}
    assert (
        len({re.sub(r"[0-9a-f]{8}|nonce-\S+|C-\d+|nonsense", "", everything(answer))[:2000] for answer in answers}) == 1
    )


def test_autosave_keeps_and_says_when(at_work, session, entry, page_of):
    answer = at_work.post(page_of(entry, "/autosave"), json=draft(entry, [3], team="Bien"), headers=JSON)
    assert answer.status_code == 200
    assert answer.json["revision"] == 1
    assert re.fullmatch(r"Saved at \d\d:\d\d", answer.json["saved"])
    page = at_work.get(page_of(entry)).get_data(as_text=True)
    assert "Bien" in page
    assert re.search(rf'name="{mark_field(entry.challenge.criteria[0].id)}" value="3" checked', page)


def test_a_replayed_autosave_answers_as_the_first(at_work, session, entry, page_of):
    first, again = (
        at_work.post(page_of(entry, "/autosave"), json=draft(entry, [3]), headers=JSON).json for _ in range(2)
    )
    assert first["revision"] == again["revision"] == 1


def test_the_second_window_is_told_and_shown_the_saved_text(at_work, entry, page_of):
    at_work.post(page_of(entry, "/autosave"), json=draft(entry, [3], team="First window"), headers=JSON)
    refused = at_work.post(
        page_of(entry, "/autosave"), json=draft(entry, [1], team="Second window", key="k2"), headers=JSON
    )
    assert refused.status_code == 409
    assert refused.json["error"]["code"] == "revision-conflict"
    assert (refused.json["revision"], refused.json["save_key"]) == (1, "k1")
    assert "First window" in refused.json["panel"]


def test_without_scripts_the_second_window_shows_both_texts_and_may_keep_its_own(at_work, session, entry, page_of):
    at_work.post(page_of(entry), data=typed(entry, [3], team="First window"))
    refused = at_work.post(page_of(entry), data=typed(entry, [1], team="Second window", key="k2"))
    page = refused.get_data(as_text=True)
    assert refused.status_code == 409
    assert "First window" in page
    assert "Second window" in page
    key = re.search(r'name="save_key"[^>]* value="([^"]+)"', page)[1]
    revision = int(re.search(r'name="base_revision"[^>]* value="(\d+)"', page)[1])
    assert revision == 1
    at_work.post(page_of(entry), data=typed(entry, [1], team="Second window", key=key, revision=revision))
    assert session.scalars(select(Review)).one().comment_to_team == "Second window"


@pytest.mark.parametrize("sent", [None, [], {}, {"marks": []}, {"marks": {"x": 1}}, "text"])
def test_a_page_that_sends_nonsense_is_told_so(at_work, entry, page_of, sent):
    answer = at_work.post(page_of(entry, "/autosave"), json=sent, headers=JSON)
    assert answer.status_code == 422
    assert answer.json["error"]["code"] == "invalid"


def test_an_ended_session_is_told_apart(client, entry, page_of):
    answer = client.post(page_of(entry, "/autosave"), json=draft(entry), headers=JSON)
    assert answer.status_code == 401


def test_finishing_without_every_mark_names_the_field_and_keeps_what_was_typed(at_work, session, entry, page_of):
    answer = at_work.post(page_of(entry, "/finish"), data=typed(entry, [2], team="Typed"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'href="#{mark_field(entry.challenge.criteria[1].id)}-0"' in page
    assert "Criterion 2" in page.split("Some answers need another look")[1][:600]
    assert "Typed" in page
    assert session.scalars(select(Review)).all() == []


def test_a_finished_review_is_read_and_can_be_reopened(at_work, session, entry, page_of):
    answer = at_work.post(page_of(entry, "/finish"), data=typed(entry, [2, 4], team="Typed"))
    assert answer.location.endswith("/jury")
    page = at_work.get(page_of(entry)).get_data(as_text=True)
    assert "4, Outstanding (en)" in page
    assert "<textarea" not in page.split("data-unsent")[0]
    at_work.post(page_of(entry, "/reopen"))
    assert session.scalars(select(Review)).one().finished_at is None


@pytest.mark.parametrize(
    ("phase", "words"), [(Phase.BEFORE_JUDGING, "The jury starts on"), (Phase.DELIBERATION, "ended")]
)
def test_outside_the_dates_nothing_is_written_and_the_page_says_when(client, session, phase, words):
    edition = make_edition(session, phase)
    entry = make_handed_in_entry(session, make_challenge(session, edition))
    juror = make_juror(session, edition)
    assign(session, juror, entry)
    sign_in(client, juror)
    address = f"/editions/{edition.slug}/jury/{entry.code}"
    assert words in client.get(address).get_data(as_text=True)
    refused = client.post(f"{address}/autosave", json=draft(entry, [1]), headers=JSON)
    assert refused.status_code == 409
    assert refused.json["error"]["code"] == "judging-closed"
    assert words in client.get(f"/editions/{edition.slug}/jury").get_data(as_text=True)


def test_a_juror_declares_a_conflict_and_the_entry_is_gone(at_work, entry, page_of):
    assert at_work.post(page_of(entry, "/conflict"), data={"reason": ""}).status_code == 422
    assert at_work.post(page_of(entry, "/conflict"), data={"reason": "My student"}).status_code == 302
    assert at_work.get(page_of(entry)).status_code == 404


def test_the_next_entry_is_the_next_unfinished_one_going_round(at_work, session, juror):
    challenge = make_challenge(session, make_edition(session, Phase.JUDGING, reviews_needed=1))
    grant(session, juror, Role.JUROR, challenge.edition)
    first, second, third = (make_handed_in_entry(session, challenge) for _ in range(3))
    for each in (first, second, third):
        assign(session, juror, each)
    make_review(session, juror, third, [1, 1])
    base = f"/editions/{challenge.edition.slug}/jury"
    assert f"Next, {first.code}" in at_work.get(f"{base}/{second.code}").get_data(as_text=True)
    assert f"Next, {second.code}" in at_work.get(f"{base}/{first.code}").get_data(as_text=True)


def test_organisers_see_the_ranking_scores_and_both_comments(client, session, challenge, entry, juror):
    edition, organiser = challenge.edition, make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    make_review(session, juror, entry, [1, 4], comment_to_team="For you", comment_private="Between us")
    unranked = make_handed_in_entry(session, challenge)
    sign_in(client, organiser)
    page = client.get(f"/editions/{edition.slug}/organise/scores").get_data(as_text=True)
    assert "3.0000" in page
    assert page.index(entry.code) < page.index(unranked.code)
    assert "not ranked: too few reviews" in page
    detail = client.get(f"/editions/{edition.slug}/organise/scores/{entry.code}").get_data(as_text=True)
    assert "For you" in detail
    assert "Between us" in detail


@pytest.mark.parametrize(("language", "too_few"), [("en", "1 of 2 needed"), ("fr", "1 sur 2 nécessaires")])
def test_the_reviews_needed_are_named_only_where_some_are_missing(client, session, language, too_few):
    challenge = make_challenge(session, make_edition(session, Phase.JUDGING, reviews_needed=2))
    grant(session, organiser := make_person(session), Role.ORGANISER, challenge.edition)
    reviewed, waiting = (make_handed_in_entry(session, challenge) for _ in range(2))
    for entry in (reviewed, reviewed, reviewed, waiting):
        make_review(session, make_juror(session, challenge.edition), entry, [1, 1])
    sign_in(client, organiser)
    page = client.get(f"/editions/{challenge.edition.slug}/organise/scores?lang={language}").text
    assert re.findall(r'class="num">([^<]+)</td>\s*</tr>', page) == ["3", too_few]


@pytest.mark.parametrize("entries", [3, 300])
def test_pages_ask_as_much_for_three_entries_as_for_three_hundred(at_work, session, challenge, juror, entries):
    edition, other = challenge.edition, make_juror(session, challenge.edition)
    for entry in make_handed_in_entries(session, challenge, entries):
        assign(session, juror, entry)
        make_review(session, juror, entry, [1, 1], finished=False)
        make_review(session, other, entry, [1, 2])
    base = f"/editions/{edition.slug}/jury"
    for page in (base, f"{base}/{entry.code}"):
        with count_queries() as asked:
            assert at_work.get(page).status_code == 200
        assert len(asked) <= 19, "\n".join(asked)
    grant(session, organiser := make_person(session), Role.ORGANISER, edition)
    sign_in(at_work, organiser)
    with count_queries() as asked:
        assert at_work.get(f"/editions/{edition.slug}/organise/scores").status_code == 200
    # Half of them ask what accounts, teams and pledges suggest of conflicts.
    assert len(asked) <= 30, "\n".join(asked)
