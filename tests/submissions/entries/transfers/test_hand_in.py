"""Hand-ins that name a file on its way: when they count, and what they freeze."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from hackaviz.kernel.mail import OutgoingMail
from hackaviz.kernel.storage import BlobMissing
from hackaviz.web.storage import current_storage
from submissions.entries.models import EntryVersion, UploadState
from submissions.entries.receipts import Seal, problems_of, receipt_document
from submissions.entries.refusals import FileTooLarge, NotReady, TooLate
from submissions.entries.sheet.rules import Sheet
from submissions.entries.sheet.service import save_sheet
from submissions.entries.transfers.models import Transfer
from submissions.entries.transfers.rules import Announced, HandInState, TransferState
from submissions.teams.extensions import give_extension
from tests.factories import make_person
from tests.submissions.entries.conftest import KEY, png

MS = timedelta(milliseconds=1)
pytestmark = pytest.mark.database("sqlite")


def letters(session):
    """The letters to the captain, who reads English."""
    return session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).all()[::2]


def test_a_hand_in_waits_for_its_file_and_counts_by_its_own_instant(session, draft, way):
    transfer = way.begin(at=way.deadline - MS)
    waiting = way.hand_in(transfer, at=way.deadline)
    assert (waiting.state, draft.versions) == (HandInState.WAITING, [])
    way.arrive(transfer, at=way.deadline + timedelta(minutes=5))
    way.work(at=way.deadline + timedelta(minutes=6))
    version = draft.current_version
    assert (version.handed_in_at, version.public_id) == (way.deadline, waiting.public_id)
    assert version.upload.file_name == "new.png"
    assert (waiting.state, transfer.state) == (HandInState.COUNTED, TransferState.EXAMINED)
    assert len(letters(session)) == 1


def test_the_receipt_of_a_hand_in_that_waited_is_signed_like_any_other(way, draft, app):
    way.hand_in(way.arrive(way.begin()))
    way.work()
    version, key = draft.current_version, app.extensions["hackaviz.work"]["examinations"].step.__self__.signing_key
    receipt = receipt_document(version.manifest, Seal(version.manifest_sha256, version.signature), key.public_key())
    assert problems_of(receipt, key.public_key()) == []
    assert receipt["manifest"]["files"][0]["path"] == "new.png"
    assert problems_of(receipt, KEY.public_key()) != []


def test_one_millisecond_after_the_deadline_no_hand_in_counts_even_if_its_file_had_begun(way):
    with pytest.raises(TooLate):
        way.hand_in(way.begin(at=way.deadline - MS), at=way.deadline + MS)


@pytest.mark.parametrize(("late", "state"), [(-MS, "counted"), (0 * MS, "counted"), (MS, "too-late")])
def test_a_file_must_be_whole_when_the_grace_ends(draft, way, late, state):
    waiting = way.hand_in(way.begin(), at=way.deadline)
    way.arrive(waiting.transfer, at=way.grace_end + late)
    way.work(at=way.grace_end + timedelta(hours=3))
    assert waiting.state == state
    assert (draft.current_version is not None) is (state == "counted")


def test_a_file_that_never_becomes_whole_ends_the_wait_with_a_letter(session, draft, way):
    good = way.hand_in()
    waiting = way.hand_in(way.begin(), at=way.deadline, key="key-2")
    way.work(at=way.grace_end)
    assert waiting.state is HandInState.WAITING
    way.work(at=way.grace_end + MS)
    assert waiting.state is HandInState.TOO_LATE
    assert draft.current_version is good
    assert letters(session)[-1].subject.startswith("Your last hand-in")
    assert "Version 1" in letters(session)[-1].body


def test_texts_are_those_of_the_hand_in_not_of_later(session, draft, way):
    title, transfer = draft.title, way.begin()
    way.hand_in(transfer)
    later = Sheet("Later", "Later", "Later")
    save_sheet(session, entry=draft, sheet=later, actor=draft.team.captain, now=way.now + MS)
    way.arrive(transfer)
    way.work()
    assert draft.current_version.manifest["title"] == title
    assert draft.title == "Later"


def test_a_refused_file_replaces_no_good_version_and_the_team_is_told_why(session, draft, way):
    good = way.hand_in()
    waiting = way.hand_in(way.begin(b"this is no picture"), at=way.now + MS, key="key-2")
    way.arrive(waiting.transfer)
    way.work()
    assert (waiting.state, draft.current_version) == (HandInState.REFUSED, good)
    assert waiting.transfer.upload.state is UploadState.REFUSED
    body = letters(session)[-1].body
    assert "does not hold what its name says" in body
    assert "Version 1" in body


def test_the_last_hand_in_counts_even_if_the_file_of_an_earlier_one_comes_after_it(draft, way):
    slow = way.hand_in(way.begin())
    way.hand_in(at=way.now + MS, key="key-2")
    way.arrive(slow.transfer)
    way.work()
    assert [version.handed_in_at for version in draft.versions] == [way.now + MS, way.now]
    assert draft.current_version.handed_in_at == way.now + MS


def test_an_extension_given_meanwhile_moves_the_end_of_the_grace(session, draft, way):
    waiting = way.hand_in(way.begin(), at=way.deadline)
    longer = way.deadline + timedelta(hours=3)
    facts = {"reason": "The school was without power.", "actor": make_person(session), "now": way.deadline + MS}
    give_extension(session, team=draft.team, closes_at=longer, **facts)
    way.work(at=way.grace_end + timedelta(hours=1))
    assert waiting.state is HandInState.WAITING
    way.arrive(waiting.transfer, at=longer + timedelta(minutes=29))
    way.work()
    assert waiting.state is HandInState.COUNTED


def test_a_file_already_accepted_makes_a_version_at_once(way):
    transfer = way.arrive(way.begin())
    way.work()
    assert isinstance(way.hand_in(transfer), EntryVersion)


def test_a_hand_in_that_names_a_refused_file_says_what_is_missing(way):
    transfer = way.arrive(way.begin(b"no picture"))
    way.work()
    with pytest.raises(NotReady):
        way.hand_in(transfer)


def test_a_hand_in_announces_its_file_and_the_browser_then_sends_that_one(draft, way):
    content = png("crimson")
    waiting = way.hand_in(Announced("new.png", len(content), "f"), at=way.deadline)
    transfer = way.begin(content, at=way.grace_end, fingerprint="f")
    assert waiting.transfer is transfer
    way.arrive(transfer, at=way.grace_end)
    way.work(at=way.grace_end)
    assert (waiting.state, draft.current_version.handed_in_at) == (HandInState.COUNTED, way.deadline)


@pytest.mark.parametrize("arrives", ["begun", "whole", "examined"])
def test_a_file_that_is_announced_when_it_is_here_already_is_that_one(way, arrives):
    transfer = way.begin(fingerprint="f")
    if arrives != "begun":
        way.arrive(transfer)
    if arrives == "examined":
        way.work()
    made = way.hand_in(Announced("new.png", transfer.bytes, "f"))
    if arrives == "examined":
        assert made.upload.id == transfer.upload_id
    else:
        assert made.transfer is transfer


def test_after_the_deadline_a_file_is_neither_announced_nor_begun_again(session, way):
    with pytest.raises(TooLate):
        way.hand_in(Announced("new.png", 9, "f"), at=way.deadline + MS)
    way.begin(fingerprint="f")
    with pytest.raises(TooLate):
        way.begin(at=way.deadline + MS, fingerprint="f")
    assert session.query(Transfer).count() == 1


def test_a_hand_in_announces_no_file_that_is_too_large(session, way):
    with pytest.raises(FileTooLarge):
        way.hand_in(Announced("new.png", 100_000_001, "f"))


def test_one_form_waits_once(way):
    transfer = way.begin()
    first = way.hand_in(transfer)
    assert way.hand_in(transfer, at=way.now + MS) is first
    way.arrive(transfer)
    way.work()
    version = way.hand_in(transfer, at=way.deadline + MS)
    assert (version.number, version.handed_in_at) == (1, way.now)


def test_jobs_that_die_over_a_file_try_three_times_then_say_that_it_is_our_fault(session, draft, way, monkeypatch):
    tries = []

    def killed(*_arguments, **_options):
        tries.append("again")
        raise SystemExit

    waiting = way.hand_in(way.begin())
    way.arrive(waiting.transfer)
    monkeypatch.setattr("submissions.entries.transfers.examination.examine", killed)
    for hours in range(3):
        with pytest.raises(SystemExit):
            way.work(at=way.now + timedelta(hours=hours))
    way.work(at=way.now + timedelta(hours=9))
    assert (waiting.transfer.state, waiting.state) == (TransferState.FAILED, HandInState.REFUSED)
    assert len(tries) == 3
    assert draft.edition.contact_email in letters(session)[-1].body
    assert current_storage().incoming.offset(waiting.transfer.public_id) == waiting.transfer.bytes


def test_what_was_accepted_is_the_same_bytes_and_is_kept_once(draft, way):
    content = png("crimson")
    transfer = way.arrive(way.begin(content))
    way.work()
    assert current_storage().read_range(draft.current_upload.files[0].storage_key, 0, 10**6) == content
    with pytest.raises(BlobMissing):
        current_storage().incoming.offset(transfer.public_id)
