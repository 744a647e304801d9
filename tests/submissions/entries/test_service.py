from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from challenges.editions.models import RulesVersion
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.mail import OutgoingMail
from submissions.entries import service
from submissions.entries.annexes.service import remove_annex
from submissions.entries.receipts import Seal, canonical, problems_of, receipt_document, signing_key
from submissions.entries.refusals import (
    ChallengeIsFixed,
    HandInClosed,
    NoChallenge,
    NotReady,
    TooEarly,
    TooLate,
    UsageMissing,
)
from submissions.entries.rules import Missing
from submissions.entries.sheet.rules import Sheet, SheetGap
from submissions.entries.sheet.service import save_sheet
from submissions.teams import service as teams
from tests.factories import (
    both,
    make_annex,
    make_challenge,
    make_dataset,
    make_entry,
    make_person,
    make_team,
    make_upload,
    save,
)

KEY = signing_key("only-for-tests")
SECOND = timedelta(seconds=1)
ACTS = {"save_sheet": save_sheet, "cite": service.cite, "withdraw_citation": service.withdraw_citation}
pytestmark = pytest.mark.usefixtures("in_app")


def test_the_codes_of_an_edition_differ_and_tell_nothing_of_who_began_first(session, edition, now):
    challenge = make_challenge(session, edition)
    teams = [make_team(session, edition, challenge=challenge) for _ in range(12)]
    entries = [service.start_entry(session, team=team, actor=team.captain, now=now) for team in teams]
    numbers = [entry.number for entry in entries]
    assert len(set(numbers)) == 12
    assert all(1 <= number <= 99 for number in numbers)
    # By chance once in 479 million runs.
    assert numbers != sorted(numbers)


def test_a_team_has_one_entry_however_often_it_starts(session, team, now):
    first = service.start_entry(session, team=team, actor=team.captain, now=now)
    assert service.start_entry(session, team=team, actor=team.members[1].person, now=now) is first


def test_an_entry_answers_a_challenge(session, edition, now):
    team = make_team(session, edition)
    with pytest.raises(NoChallenge):
        service.start_entry(session, team=team, actor=team.captain, now=now)


def test_no_entry_starts_after_the_deadline(session, team, now):
    late = team.edition.submission_closes_at + SECOND
    with pytest.raises(HandInClosed):
        service.start_entry(session, team=team, actor=team.captain, now=late)


def test_a_draft_follows_its_team_to_another_challenge_until_it_is_handed_in(session, draft, now, hand_in):
    captain, other = draft.team.captain, make_challenge(session, draft.edition)
    teams.choose_challenge(session, team=draft.team, challenge=other, actor=captain, now=now)
    assert draft.challenge is other
    hand_in(draft, now)
    another = make_challenge(session, draft.edition)
    with pytest.raises(ChallengeIsFixed):
        teams.choose_challenge(session, team=draft.team, challenge=another, actor=captain, now=now)


def test_a_citation_says_how_the_dataset_is_used(session, team, now):
    entry, dataset = make_entry(session, team, team.challenge), make_dataset(session)
    facts = {"entry": entry, "dataset": dataset, "actor": team.captain, "now": now}
    with pytest.raises(UsageMissing):
        service.cite(session, usage="  ", **facts)
    service.cite(session, usage="For the map.", **facts)
    service.cite(session, usage="For the map and the curve.", **facts)
    assert [each.usage for each in entry.citations if each.dataset is dataset] == ["For the map and the curve."]
    service.withdraw_citation(session, **facts)
    session.flush()
    assert dataset not in [each.dataset for each in entry.citations]


def test_a_hand_in_freezes_texts_citations_files_and_rules(session, draft, now, hand_in):
    version = hand_in(draft, now)
    manifest = version.manifest
    assert (manifest["version"], manifest["title"], manifest["code"]) == (1, draft.title, draft.code)
    assert manifest["citations"][0]["usage"] == "For everything."
    assert manifest["files"] == [{"path": "work.png", "bytes": 10, "sha256": "0" * 64}]
    assert set(manifest["rules"].values()) == {1}
    assert manifest["handed_in_at"] == "2026-03-02T09:00:00.000+00:00"
    assert draft.current_version is version
    receipt = receipt_document(manifest, Seal(version.manifest_sha256, version.signature), KEY.public_key())
    assert problems_of(receipt, KEY.public_key()) == []


def test_a_hand_in_freezes_the_annex_there_is_and_none_that_was_taken_back(session, draft, now, hand_in):
    assert hand_in(draft, now, "none").manifest["annex"] is None
    annex = make_annex(session, draft, file_name="plot.R", bytes=11, sha256="5" * 64)
    kept = hand_in(draft, now, "kept")
    assert kept.manifest["annex"] == {"file_name": "plot.R", "bytes": 11, "sha256": "5" * 64}
    remove_annex(session, entry=draft, actor=draft.team.captain, now=now)
    assert annex.removed_at == now
    assert hand_in(draft, now, "taken-back").manifest["annex"] is None
    assert kept.manifest["annex"]["file_name"] == "plot.R"


def test_a_manifest_names_people_by_identifiers_only(draft, now, hand_in):
    shown = canonical(hand_in(draft, now).manifest).decode()
    for member in draft.team.members:
        assert member.person.name not in shown
        assert member.person.email not in shown


def test_later_changes_of_the_draft_do_not_touch_a_version(session, draft, now, hand_in):
    version = hand_in(draft, now)
    frozen = canonical(version.manifest)
    save_sheet(session, entry=draft, sheet=Sheet("Other", "Other", "Other"), actor=draft.team.captain, now=now)
    session.flush()
    session.refresh(version)
    assert canonical(version.manifest) == frozen


@pytest.mark.parametrize("statement", ["UPDATE entry_versions SET number = 9", "DELETE FROM entry_versions"])
def test_the_database_itself_refuses_to_change_a_version(session, draft, now, hand_in, statement):
    hand_in(draft, now)
    session.commit()
    with pytest.raises(DBAPIError):
        session.execute(text(statement))
    session.rollback()


def test_one_form_makes_one_version_even_after_the_deadline(draft, now, hand_in):
    first = hand_in(draft, now, "same")
    assert hand_in(draft, draft.edition.submission_closes_at + SECOND, "same") is first
    assert hand_in(draft, now, "another").number == 2
    assert [version.number for version in draft.versions] == [1, 2]


def test_a_key_spent_on_another_entry_is_refused(session, draft, edition, now, hand_in):
    hand_in(draft, now, "same")
    other = make_entry(session, make_team(session, edition, challenge=draft.challenge), draft.challenge)
    make_upload(session, other)
    with pytest.raises(Invalid):
        hand_in(other, now, "same")


def test_at_exactly_the_deadline_a_hand_in_counts_and_one_second_later_not(draft, hand_in):
    deadline = draft.edition.submission_closes_at
    version = hand_in(draft, deadline, "in time")
    assert version.handed_in_at == deadline
    with pytest.raises(TooLate) as refusal:
        hand_in(draft, deadline + SECOND, "late")
    assert "1 second later" in str(refusal.value)
    assert "Version 1" in str(refusal.value)
    assert draft.current_version is version


def test_before_the_opening_nothing_is_handed_in(draft, hand_in):
    opening = draft.edition.submission_opens_at
    with pytest.raises(TooEarly):
        hand_in(draft, opening - SECOND)
    assert hand_in(draft, opening).number == 1


def test_what_is_missing_is_said_and_nothing_changes(session, team, now, hand_in):
    entry = make_entry(session, team, team.challenge, title="", text_alternative="")
    with pytest.raises(NotReady) as refusal:
        hand_in(entry, now)
    assert refusal.value.missing == [Missing.UPLOAD, SheetGap.TITLE, SheetGap.TEXT_ALTERNATIVE]
    assert entry.versions == []


def test_newer_rules_are_accepted_before_the_next_hand_in(session, draft, now, hand_in):
    save(session, RulesVersion(edition=draft.edition, number=2, text=both("New"), published_at=now))
    session.refresh(draft.edition)
    with pytest.raises(NotReady) as refusal:
        hand_in(draft, now)
    assert refusal.value.missing == [Missing.RULES]


def test_a_team_too_small_cannot_hand_in(draft, now, hand_in):
    draft.edition.smallest_team = 3
    with pytest.raises(NotReady) as refusal:
        hand_in(draft, now)
    assert refusal.value.missing == [Missing.TEAM_TOO_SMALL]


def test_every_member_receives_a_letter_in_their_language(session, draft, now, hand_in):
    hand_in(draft, now)
    letters = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).all()
    assert {letter.recipient for letter in letters} == {member.person.email for member in draft.team.members}
    assert [letter.subject.split()[-1] for letter in letters] == ["in", "remise"]
    assert all("10:00:00" in letter.body and "/receipts/" in letter.body for letter in letters)


@pytest.mark.parametrize("act", ["save_sheet", "cite", "withdraw_citation"])
def test_after_the_deadline_the_draft_is_frozen(session, draft, act):
    late = draft.edition.submission_closes_at + SECOND
    facts = {"entry": draft, "actor": make_person(session), "now": late}
    extra = {"save_sheet": {"sheet": Sheet("Late")}, "cite": {"usage": "Late"}, "withdraw_citation": {}}[act]
    dataset = {} if act == "save_sheet" else {"dataset": draft.citations[0].dataset}
    with pytest.raises(TooLate):
        ACTS[act](session, **facts, **extra, **dataset)
