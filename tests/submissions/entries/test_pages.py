"""The pages of an entry, as its team, its organisers and everybody else see them."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from hackaviz.accounts.models import Person, Role
from submissions.entries.figures import waiting
from submissions.entries.models import Entry
from submissions.entries.queries import entry_of_team
from submissions.entries.receipts import problems_of, signing_key
from submissions.teams.models import Registration, Team, TeamMember
from tests.factories import (
    both,
    grant,
    make_challenge,
    make_dataset,
    make_edition,
    make_entry,
    make_handed_in_entry,
    make_person,
    make_team,
    make_upload,
    sign_in,
)
from tests.support.queries import count_queries


@pytest.fixture
def edition(session):
    return make_edition(session)


@pytest.fixture
def organiser(session, edition, new_client):
    person = make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    return sign_in(new_client(), person)


def hand_in(browser, entry, key="key-1"):
    return browser.post(f"/entries/{entry.public_id}/hand-in", data={"request_key": key})


def test_a_team_goes_from_nothing_to_a_receipt(session, member, team):
    dataset = make_dataset(session, title=both("Ship calls"))
    edit = member.post(f"/teams/{team.public_id}/entry").location
    entry_address = edit.removesuffix("/edit")
    page = member.get(edit).text
    assert "a file that was accepted" in page and "#check" not in page
    sheet = {"title": "Respirer", "message": "One sentence.", "text_alternative": "Curves."}
    page = member.get(f"{entry_address}/sheet").text
    sheet["seen"] = re.search(r'name="seen"[^>]*value="([^"]+)"', page)[1]
    assert member.post(f"{entry_address}/sheet", data=sheet).status_code == 302
    assert dataset.title.en in member.get(f"{entry_address}/citations?q=ship+calls").text
    citation = f"{entry_address}/citations/{dataset.slug}"
    assert member.post(citation, data={"usage": ""}).status_code == 422
    assert member.post(citation, data={"usage": "For the curves."}).status_code == 302
    entry = entry_of_team(session, team)
    make_upload(session, entry)
    page = member.get(edit).text
    assert "Hand in version 1" in page and "#check" in page
    receipt = member.get(hand_in(member, entry).location).text
    assert "Receipt of version 1" in receipt
    assert "0" * 64 in receipt


def test_the_same_form_sent_twice_leads_to_the_same_receipt(member, draft):
    assert hand_in(member, draft).location == hand_in(member, draft).location
    assert hand_in(member, draft, "key-2").location != hand_in(member, draft).location


LATE_WORDS = {
    "en": ["2 seconds later", "Version 1", "still counts"],
    "fr": ["2 secondes plus tard", "version 1", "compte toujours"],
}


@pytest.mark.parametrize("language", LATE_WORDS)
def test_too_late_says_by_how_long_and_what_still_counts(member, draft, monkeypatch, language):
    hand_in(member, draft)
    late = draft.edition.submission_closes_at + timedelta(seconds=2)
    monkeypatch.setattr("hackaviz.web.clock.utc_now", lambda: late)
    answer = member.post(f"/entries/{draft.public_id}/hand-in?lang={language}", data={"request_key": "late"})
    assert answer.status_code == 409
    assert all(word in answer.text for word in LATE_WORDS[language])
    assert len(draft.versions) == 1


def test_after_the_deadline_the_page_is_to_read(member, draft, monkeypatch):
    late = draft.edition.submission_closes_at + timedelta(seconds=1)
    monkeypatch.setattr("hackaviz.web.clock.utc_now", lambda: late)
    page = member.get(f"/entries/{draft.public_id}/edit").text
    assert "Hand-in is over" in page
    assert 'type="file"' not in page
    assert "<textarea" not in member.get(f"/entries/{draft.public_id}/sheet").text


def test_what_was_typed_stays_when_somebody_else_saved_first(session, member, draft):
    typed = {"title": "Mine", "message": "m", "text_alternative": "t", "seen": "title=0"}
    answer = member.post(f"/entries/{draft.public_id}/sheet", data=typed)
    assert answer.status_code == 422
    assert 'value="Mine"' in answer.text
    assert draft.title in answer.text
    typed["seen"] = re.search(r'name="seen"[^>]*value="([^"]+)"', answer.text)[1]
    assert member.post(f"/entries/{draft.public_id}/sheet", data=typed).status_code == 302
    assert draft.title == "Mine"


def test_the_downloaded_receipt_can_be_verified(app, member, draft):
    location = hand_in(member, draft).location
    document = json.loads(member.get(f"{location}.json").text)
    assert problems_of(document, signing_key(app.config["SECRET_KEY"]).public_key()) == []


def test_the_command_verifies_a_receipt_and_its_files(app, member, draft, tmp_path):
    receipt, good, other = tmp_path / "receipt.json", tmp_path / "work.png", tmp_path / "other.png"
    receipt.write_bytes(member.get(f"{hand_in(member, draft).location}.json").data)
    other.write_bytes(b"another")
    run = app.test_cli_runner().invoke
    valid = run(args=["entries", "verify-receipt", str(receipt), "--json"])
    assert (valid.exit_code, json.loads(valid.stdout)) == (0, {"valid": True, "problems": []})
    wrong = run(args=["entries", "verify-receipt", str(receipt), str(other), "--json"])
    assert (wrong.exit_code, json.loads(wrong.stdout)["valid"]) == (1, False)
    assert run(args=["entries", "verify-receipt", str(good)]).exit_code == 2


def test_organisers_read_receipts_but_not_drafts(member, organiser, draft):
    location = hand_in(member, draft).location
    assert organiser.get(location).status_code == 200
    assert organiser.get(f"/entries/{draft.public_id}/edit").status_code == 404


def test_an_outsider_sees_nothing(session, member, new_client, draft, edition):
    receipt = hand_in(member, draft).location
    outsider = sign_in(new_client(), make_team(session, edition).captain)
    dataset = draft.citations[0].dataset.slug
    base = f"/entries/{draft.public_id}"
    for address in (f"{base}/edit", f"{base}/sheet", f"{base}/citations", f"{base}/citations/{dataset}", receipt):
        answer = outsider.get(address)
        assert answer.status_code == 404
        assert draft.title not in answer.text
    assert outsider.get(f"{receipt}.json").status_code == 404
    assert hand_in(outsider, draft, "other").status_code == 404
    assert outsider.post(f"{base}/sheet", data={"title": "x"}).status_code == 404
    assert outsider.get(f"/editions/{edition.slug}/organise/entries").status_code == 403


def test_organisers_filter_teams_by_where_they_stand(session, organiser, edition):
    challenge = make_challenge(session, edition)
    none, draft = make_team(session, edition, name="Sans rien"), make_team(session, edition, name="Brouillon")
    make_entry(session, draft, challenge)
    make_handed_in_entry(session, challenge, team=make_team(session, edition, name="Remise"))
    address = f"/editions/{edition.slug}/organise/entries"
    queries = {"all": "", "none": "?state=none", "draft": "?state=draft", "in": "?state=handed-in"}
    names = ("Sans rien", "Brouillon", "Remise")
    pages = {state: organiser.get(f"{address}{query}").text for state, query in queries.items()}
    shown = {state: {name for name in names if f">{name}<" in page} for state, page in pages.items()}
    everybody = {"Sans rien", "Brouillon", "Remise"}
    assert shown == {"all": everybody, "none": {none.name}, "draft": {draft.name}, "in": {"Remise"}}
    assert "Remise" in organiser.get(f"{address}?q=rem").text
    assert "Brouillon" not in organiser.get(f"{address}?q=rémise").text


def test_what_waits_is_counted_and_late_in_the_last_three_days(app, session, edition):
    make_entry(session, make_team(session, edition), make_challenge(session, edition))
    make_team(session, edition)
    now = datetime.now(UTC)
    with app.test_request_context():
        items = waiting(session, edition, now)
        late = waiting(session, edition, edition.submission_closes_at - timedelta(days=2))
        after = waiting(session, edition, edition.submission_closes_at + timedelta(seconds=1))
    assert [(item.count, item.is_late) for item in items] == [(1, False), (1, False)]
    assert [item.is_late for item in late] == [True, True]
    assert after == []


def test_lists_cost_the_same_number_of_queries_at_3_and_300_rows(session, organiser, edition):
    challenge = make_challenge(session, edition)
    make_handed_in_entry(session, challenge)
    fill(session, edition, challenge, 2)
    few = [cost(organiser, edition, name) for name in ("entries", "participants")]
    fill(session, edition, challenge, 297)
    assert [cost(organiser, edition, name) for name in ("entries", "participants")] == few


def cost(browser, edition, name):
    with count_queries() as statements:
        assert browser.get(f"/editions/{edition.slug}/organise/{name}").status_code == 200
    return len(statements)


def fill(session, edition, challenge, count):
    """Teams of one with a draft, in few statements."""
    moment, rules = edition.created_at, edition.current_rules
    for place in range(count):
        key = f"{count}-{place}"
        person = Person(email=f"{key}@example.org", name=key, created_at=moment)
        team = Team(edition=edition, challenge=challenge, name=key, folded_name=key, created_at=moment)
        team.members.append(TeamMember(edition_id=edition.id, person=person, seat=1, is_captain=True, joined_at=moment))
        dates = {"created_at": moment, "updated_at": moment}
        entry = Entry(edition=edition, challenge=challenge, team=team, number=1000 * count + place, **dates)
        facts = {"rules_version": rules, "rules_accepted_at": moment, "is_student": True}
        session.add_all([team, entry, Registration(edition=edition, person=person, **facts)])
    session.flush()
