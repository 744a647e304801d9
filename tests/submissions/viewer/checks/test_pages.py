"""The page of a report, the draft, and what the edition refuses."""

from io import BytesIO

import pytest

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from hackaviz.kernel.clock import utc_now
from submissions.entries import handing_in
from submissions.entries.receipts import signing_key
from submissions.entries.refusals import Hindered
from submissions.viewer.checks.models import CheckState, WorkCheck
from submissions.viewer.checks.report import blocking
from submissions.viewer.checks.service import ask_for_check
from tests.factories import grant, make_challenge, make_edition, make_entry, make_juror, make_person, make_team, sign_in
from tests.support.works import PAGE, send_work

SEEN = {
    "views": {
        "wide": {"text": 9, "width": 1280, "contrast": {"texts": 4, "low": 1, "examples": [["Pâle", 2.1]]}},
        "narrow": {"text": 9, "width": 390, "contrast": {"texts": 0, "low": 0, "examples": []}},
    },
    "plain": {"wide": 0.9, "narrow": 0.9},
    "missing": ["data/ports.csv"],
    "errors": ["<script>alert(1)</script> is not defined"],
    "hosts": ["api.example"],
    "requests": 3,
    "bytes": 12_000,
}


@pytest.fixture
def entry(session, files):
    edition = make_edition(session, Phase.SUBMISSION)
    challenge = make_challenge(session, edition)
    entry = make_entry(session, make_team(session, edition, challenge=challenge), challenge)
    send_work(session, files, entry, "work.html", PAGE)
    session.flush()
    return entry


@pytest.fixture
def checked(session, entry, files):
    with_picture = files.write(BytesIO(b"RIFF"))
    picture = {"key": with_picture.key, "bytes": with_picture.bytes, "width": 4, "height": 3}
    check = WorkCheck(
        upload=entry.current_upload,
        state=CheckState.READY,
        asked_at=utc_now(),
        finished_at=utc_now(),
        report=SEEN,
        pictures={"wide": picture, "wide-deuteranopia": picture},
    )
    session.add(check)
    session.flush()
    return check


def test_a_team_reads_what_was_seen(client, entry, checked):
    sign_in(client, entry.team.captain)
    page = client.get(f"/entries/{entry.public_id}/check").text
    assert "data/ports.csv" in page and "api.example" in page and "Pâle (2.1)" in page
    assert "&lt;script&gt;alert(1)" in page and "<script>alert(1)" not in page
    assert f"/entries/{entry.public_id}/check/wide.webp" in page and "5 points to look at" in page
    assert client.get(f"/entries/{entry.public_id}/check/wide.webp").data == b"RIFF"
    assert client.get(f"/entries/{entry.public_id}/check/other.webp").status_code == 404
    draft = client.get(f"/entries/{entry.public_id}/edit").text
    assert "The work asks other sites: api.example" in draft and "5 points to look at" in draft


def test_organisers_read_it_and_nobody_else(session, new_client, entry, checked):
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, entry.edition)
    readers = [(organiser, 200), (make_juror(session, entry.edition), 404), (make_person(session), 404)]
    for person, status in readers:
        client = new_client()
        sign_in(client, person)
        for path in ("check", "check/wide.webp"):
            assert client.get(f"/entries/{entry.public_id}/{path}").status_code == status
        assert client.post(f"/entries/{entry.public_id}/check").status_code == 404
    assert new_client().get(f"/entries/{entry.public_id}/check").status_code in (302, 401)


@pytest.mark.database("sqlite")
def test_a_report_that_is_due_says_so_and_may_not_be_asked_for_twice(session, client, entry):
    sign_in(client, entry.team.captain)
    ask_for_check(session, entry.current_upload, utc_now())
    page = client.get(f"/entries/{entry.public_id}/check").text
    assert 'data-check="due"' in page and "Check again" not in page
    assert client.post(f"/entries/{entry.public_id}/check").status_code == 409


@pytest.mark.database("sqlite")
def test_a_check_is_asked_for_again(session, client, entry, checked):
    sign_in(client, entry.team.captain)
    assert client.post(f"/entries/{entry.public_id}/check").status_code == 302
    assert session.get(WorkCheck, checked.id).state is CheckState.DUE
    assert session.get(WorkCheck, checked.id).attempts == 0


@pytest.mark.database("sqlite")
def test_a_picture_of_a_report_that_is_lost_has_the_work_looked_at_again(session, client, entry, checked, files):
    sign_in(client, entry.team.captain)
    files.delete(checked.pictures["wide"]["key"])
    session.commit()
    for _twice in range(2):
        label = client.get(f"/entries/{entry.public_id}/check/wide.webp")
        assert (label.mimetype, label.headers["Cache-Control"]) == ("image/svg+xml", "no-store")
        assert entry.code in label.text and entry.title not in label.text
    session.expire_all()
    assert (checked.state, checked.attempts, checked.report) == (CheckState.DUE, 0, SEEN)


@pytest.mark.database("sqlite")
def test_the_operator_has_lost_pictures_of_reports_made_again(app, session, entry, checked, files):
    again = app.test_cli_runner().invoke
    session.commit()
    assert "0 due" in again(args=["previews", "again"]).stderr
    files.delete(checked.pictures["wide"]["key"])
    assert "1 due" in again(args=["previews", "again"]).stderr
    session.expire_all()
    assert checked.state is CheckState.DUE


@pytest.mark.database("sqlite")
def test_warnings_never_refuse_unless_the_organisers_chose_them(session, client, entry, checked):
    sign_in(client, entry.team.captain)
    page = f"/entries/{entry.public_id}/check"
    assert "refuses a hand-in" not in client.get(page).text
    entry.edition.blocking_checks = ["other-hosts", "heavy"]
    text = client.get(page).text
    assert "refuses a hand-in" in text and text.count("The work asks other sites: api.example") == 2


@pytest.mark.database("sqlite")
def test_a_chosen_warning_refuses_the_hand_in_and_says_why(app, session, entry, checked):
    def hand_in(key: str):
        facts = {"actor": entry.team.captain, "now": utc_now(), "request_key": key}
        return handing_in.hand_in(session, entry=entry, signing_key=signing_key("only-for-tests"), **facts)

    with app.test_request_context():
        entry.edition.blocking_checks = ["missing-files", "heavy"]
        with pytest.raises(Hindered, match="A file is missing") as refused:
            hand_in("first")
        assert "kept" in str(refused.value) and entry.current_version is None
        entry.edition.blocking_checks = ["heavy"]
        assert hand_in("second").number == 1


@pytest.mark.database("sqlite")
def test_a_check_that_is_not_made_refuses_nothing(app, session, entry, checked):
    entry.edition.blocking_checks = ["missing-files", "no-text", "not-loaded"]
    with app.test_request_context():
        assert blocking(session, entry.current_upload)
        checked.state, checked.report, checked.error = CheckState.FAILED, {}, "not-loaded"
        assert blocking(session, entry.current_upload) == [], "a failure of ours is no fault of the work"
        checked.state = CheckState.DUE
        assert blocking(session, entry.current_upload) == []
