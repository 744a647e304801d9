"""A team reads what changed between its versions, and goes back."""

from datetime import UTC, datetime, timedelta

import pytest

from submissions.entries.annexes.service import annex_of
from submissions.entries.sheet.rules import Sheet
from submissions.entries.sheet.service import save_sheet
from tests.factories import hand_in, make_annex, make_dataset, make_edition, make_upload

pytestmark = pytest.mark.database("sqlite")


@pytest.fixture
def edition(session):
    """Open now: requests have no other clock."""
    return make_edition(session)


@pytest.fixture
def twice(session, draft):
    """An entry handed in twice, with another file, title and dataset."""
    first = hand_in(session, draft)
    make_upload(session, draft, file_name="second.png")
    draft.title, draft.citations[0].dataset = "Second title", make_dataset(session)
    hand_in(session, draft)
    return draft, first


def test_what_changed_is_read_on_a_page(member, twice):
    entry, first = twice
    page = member.get(f"/entries/{entry.public_id}/versions/2/changes").text
    assert first.manifest["title"] in page
    assert "Second title" in page
    assert "second.png" in page
    assert member.get(f"/entries/{entry.public_id}/versions/1/changes").status_code == 404
    assert member.get(f"/entries/{entry.public_id}/versions/1/changes?since=2").status_code == 200


def test_the_annex_of_each_version_is_read_on_its_pages(session, draft, member):
    first = hand_in(session, draft)
    make_annex(session, draft, file_name="plot.R", sha256="5" * 64)
    second = hand_in(session, draft)
    for page in (f"entries/{draft.public_id}/versions", f"entries/{draft.public_id}/versions/2/changes"):
        assert member.get(f"/{page}").text.count("plot.R") == 1
    assert "5" * 64 in member.get(f"/receipts/{second.public_id}").text
    assert "SHA-256 of the annex" not in member.get(f"/receipts/{first.public_id}").text


def test_a_version_comes_back_into_the_draft_and_is_handed_in_again(session, member, twice):
    entry, first = twice
    assert "Bring back" in member.get(f"/entries/{entry.public_id}/versions").text
    answer = member.post(f"/entries/{entry.public_id}/versions/1/bring-back")
    assert answer.location.endswith("/edit")
    assert entry.title == first.manifest["title"]
    assert entry.current_upload_id == first.upload_id
    assert [each.dataset.slug for each in entry.citations] == [each["dataset"] for each in first.manifest["citations"]]
    member.post(f"/entries/{entry.public_id}/hand-in", data={"request_key": "again"})
    newest = entry.current_version.manifest
    assert (newest["version"], newest["title"], newest["files"]) == (
        3,
        first.manifest["title"],
        first.manifest["files"],
    )


def test_a_version_comes_back_with_the_annex_it_had_and_with_none_where_it_had_none(session, draft, member):
    hand_in(session, draft)
    make_annex(session, draft, file_name="plot.R", sha256="5" * 64, storage_key="sha256/55/5")
    hand_in(session, draft)
    member.post(f"/entries/{draft.public_id}/versions/1/bring-back")
    assert annex_of(session, draft) is None
    member.post(f"/entries/{draft.public_id}/versions/2/bring-back")
    annex = annex_of(session, draft)
    assert (annex.file_name, annex.storage_key) == ("plot.R", "sha256/55/5")
    member.post(f"/entries/{draft.public_id}/versions/2/bring-back")
    assert annex_of(session, draft) is annex, "what stands already stays"
    third = hand_in(session, draft)
    assert third.manifest["annex"] == draft.versions[1].manifest["annex"]


def test_a_version_that_names_no_annex_leaves_it_as_it_stands(session, draft, member):
    manifest = {name: value for name, value in hand_in(session, draft).manifest.items() if name != "annex"}
    hand_in(session, draft, manifest=manifest)
    make_annex(session, draft)
    member.post(f"/entries/{draft.public_id}/versions/2/bring-back")
    assert annex_of(session, draft).file_name == "sources.zip"


def test_after_the_deadline_nothing_comes_back(session, member, twice):
    entry, _first = twice
    entry.edition.submission_closes_at = datetime.now(UTC) - timedelta(seconds=1)
    session.flush()
    assert member.post(f"/entries/{entry.public_id}/versions/1/bring-back").status_code == 409
    assert entry.title == "Second title"
    assert "Bring back" not in member.get(f"/entries/{entry.public_id}/versions").text


def test_every_answer_of_the_sheet_comes_back(session, draft, member):
    answers = Sheet("A", "B", "C", "D", "E", abstract="F", languages=("fr", "en"), ai_use="none", licence="cc0")
    save_sheet(session, entry=draft, sheet=answers, actor=draft.team.captain, now=datetime.now(UTC))
    hand_in(session, draft)
    save_sheet(session, entry=draft, sheet=Sheet("Other"), actor=draft.team.captain, now=datetime.now(UTC))
    member.post(f"/entries/{draft.public_id}/versions/1/bring-back")
    from_draft = {name: getattr(draft, name) for name in ("title", "abstract", "languages", "ai_use", "licence")}
    expected = {"title": "A", "abstract": "F", "languages": ["fr", "en"], "ai_use": "none", "licence": "cc0"}
    assert from_draft == expected
