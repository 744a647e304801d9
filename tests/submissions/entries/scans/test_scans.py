"""The antivirus: infected files are refused at once or withdrawn later, and no file is lost while it is away."""

from datetime import timedelta

import pytest

from hackaviz.kernel.database import open_engine, session_factory
from hackaviz.kernel.jobs import transactions
from hackaviz.kernel.mail import OutgoingMail
from submissions.entries.models import Upload, UploadState
from submissions.entries.reception import examine
from submissions.entries.scans.models import ScanState, VirusScan
from submissions.entries.scans.service import Scanner, clean_uploads
from submissions.entries.service import receive_upload
from tests.support.clamd import EICAR, clamd
from tests.support.uploads import PAGE, image_bytes

pytestmark = [pytest.mark.database("sqlite"), pytest.mark.storage("disk")]
INFECTED = PAGE.replace(b"</body>", EICAR + b"</body>")
AWAY = "tcp://127.0.0.1:1"


@pytest.fixture(autouse=True)
def _in_the_application(app):
    with app.app_context():
        yield


@pytest.fixture
def received(tmp_path, storage):
    """`received(content, name, url)`: a file as it is examined with this scanner."""

    def received(content, name, url):
        path = tmp_path / "upload"
        path.write_bytes(content)
        return examine(path, name, storage=storage, antivirus_url=url)

    return received


@pytest.fixture
def look(session, storage, database_url):
    """Looks once at what is due, as the job process does: `look(url, now)`."""

    def look(url, now):
        session.commit()
        engine = open_engine(database_url)
        found = Scanner(storage, url).scan_due(transactions(session_factory(engine)), now)
        engine.dispose()
        return found

    return look


def test_an_infected_file_is_refused_with_the_name_of_the_signature(received):
    with clamd() as url:
        found = received(INFECTED, "page.html", url)
    assert [str(reason.code) for reason in found.report.reasons] == ["not-allowed"]
    assert "Eicar-Test-Signature" in found.report.reasons[0].detail()
    assert (found.original, found.files, found.report.entry_point) == (None, (), None)


def test_a_clean_file_is_noted_as_such(session, draft, received, now):
    with clamd() as url:
        found = received(image_bytes("PNG"), "map.png", url)
    upload = receive_upload(session, entry=draft, received=found, actor=draft.team.captain, now=now)
    session.flush()
    assert clean_uploads(session, [upload.id]) == {upload.id}


def test_without_antivirus_nothing_is_noted(session, draft, received, now):
    found = received(image_bytes("PNG"), "map.png", None)
    upload = receive_upload(session, entry=draft, received=found, actor=draft.team.captain, now=now)
    session.flush()
    assert session.query(VirusScan).count() == 0
    assert clean_uploads(session, [upload.id]) == set()


def test_a_file_that_came_while_it_was_away_is_looked_at_again(session, draft, received, look, now):
    found = received(image_bytes("PNG"), "map.png", AWAY)
    upload = receive_upload(session, entry=draft, received=found, actor=draft.team.captain, now=now)
    session.flush()
    assert upload.state is UploadState.ACCEPTED
    assert not look(AWAY, now)
    assert look(AWAY, now + timedelta(minutes=2))
    assert clean_uploads(session, [upload.id]) == set()
    with clamd() as url:
        assert look(url, now + timedelta(hours=1))
    session.expire_all()
    assert clean_uploads(session, [upload.id]) == {upload.id}


def test_a_file_found_infected_later_is_shown_no_more(session, draft, received, look, now):
    found = received(INFECTED, "page.html", AWAY)
    upload = receive_upload(session, entry=draft, received=found, actor=draft.team.captain, now=now)
    session.flush()
    assert draft.current_upload is upload
    with clamd() as url:
        assert look(url, now + timedelta(hours=1))
    session.expire_all()
    kept = session.get_one(Upload, upload.id)
    assert kept.state is UploadState.REFUSED
    assert kept.report["reasons"][0]["sentence"] == "not-allowed.infected"
    assert draft.current_upload is None
    assert session.query(VirusScan).one().state is ScanState.INFECTED
    letters = session.query(OutgoingMail).all()
    assert len(letters) == len(draft.team.members)
    assert "Eicar-Test-Signature" in letters[0].body and "page.html" in letters[0].subject
