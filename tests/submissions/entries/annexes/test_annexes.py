"""Sources beside a work: kept and replaced by the team until the deadline, read by organisers, shown to nobody else."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from hackaviz.accounts.models import Role
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.jobs import transactions
from hackaviz.kernel.mail import OutgoingMail
from submissions.entries.annexes.models import Annex
from submissions.entries.annexes.scanning import WAIT, AnnexScanner
from submissions.entries.annexes.service import annex_of
from tests.factories import grant, make_edition, make_juror, make_person, sign_in
from tests.support.clamd import EICAR, clamd
from tests.support.uploads import zip_bytes

pytestmark = [pytest.mark.database("sqlite"), pytest.mark.storage("disk")]
AWAY = "tcp://127.0.0.1:1"
SOURCES = zip_bytes({"src/plot.R": b"plot(ports)", "readme.md": b"# Ports"})


@pytest.fixture
def edition(session):
    """Open now: requests have no other clock."""
    return make_edition(session)


def send(browser, draft, content=SOURCES, name="sources.zip"):
    path = f"/entries/{draft.public_id}/annex"
    return browser.post(path, data={"file": (BytesIO(content), name)}, follow_redirects=True)


def test_sources_are_kept_listed_and_given_back(session, draft, member):
    session.commit()
    page = send(member, draft)
    assert page.status_code == 200
    assert "src/plot.R" in page.text
    back = member.get(f"/entries/{draft.public_id}/annex/file")
    assert (back.data, back.mimetype) == (SOURCES, "application/octet-stream")
    assert back.headers["Content-Disposition"].startswith("attachment")


def test_a_new_one_replaces_the_one_before_and_can_be_taken_back(session, draft, member):
    session.commit()
    send(member, draft)
    send(member, draft, b"plot(ports)", "plot.R")
    session.expire_all()
    assert annex_of(session, draft).file_name == "plot.R"
    assert session.query(Annex).count() == 2
    member.post(f"/entries/{draft.public_id}/annex/remove")
    session.expire_all()
    assert annex_of(session, draft) is None
    assert member.get(f"/entries/{draft.public_id}/annex/file").status_code == 404


def test_what_is_no_source_is_refused_and_replaces_nothing(session, draft, member):
    session.commit()
    send(member, draft)
    assert send(member, draft, b"MZ", "game.exe").status_code in {400, 422}
    session.expire_all()
    assert annex_of(session, draft).file_name == "sources.zip"


def test_an_infected_one_is_refused_with_the_name_of_the_signature(app, session, draft, member):
    session.commit()
    with clamd() as url:
        app.config["ANTIVIRUS_URL"] = url
        page = send(member, draft, EICAR, "a.R")
        assert "Eicar-Test-Signature" in page.text
        assert annex_of(session, draft) is None
        assert send(member, draft).status_code == 200
    session.expire_all()
    assert annex_of(session, draft).file_name == "sources.zip"


@pytest.fixture
def look(app, session):
    """Looks once at what is due, as a job process does whose antivirus is at `url`: `look(url, now)`."""
    app.config["ANTIVIRUS_URL"] = AWAY
    session.commit()
    scanner = AnnexScanner(app.extensions["hackaviz.storage"], AWAY)

    def look(url, now):
        scanner.url = url
        with app.app_context():
            found = scanner.scan_due(transactions(app.extensions["hackaviz.sessions"].writing), now)
        session.expire_all()
        return found

    return look


def test_one_that_came_while_the_antivirus_was_away_is_looked_at_again(draft, member, look):
    assert "not scanned" in send(member, draft).text
    now = utc_now()
    assert not look(AWAY, now)
    with clamd() as url:
        assert not look(url, now + WAIT / 2)
        assert look(url, now + WAIT)
        assert not look(url, now + 3 * WAIT), "it has answered"
    page = member.get(f"/entries/{draft.public_id}/annex").text
    assert "sources.zip" in page and "not scanned" not in page


def test_one_found_infected_later_is_kept_no_more_and_the_team_reads_why(session, draft, member, look):
    send(member, draft, EICAR, "a.R")
    with clamd() as url:
        assert look(url, utc_now())
    assert annex_of(session, draft) is None
    page = member.get(f"/entries/{draft.public_id}/annex").text
    assert "Eicar-Test-Signature" in page and "No annex yet" in page
    assert member.get(f"/entries/{draft.public_id}/annex/file").status_code == 404
    assert session.query(OutgoingMail).count() == len(draft.team.members)
    page = send(member, draft).text
    assert "Eicar" not in page and "sources.zip" in page


def test_without_antivirus_the_page_says_so(session, draft, member):
    session.commit()
    assert "no antivirus is set up" in send(member, draft).text


def test_after_the_deadline_it_stays_as_it_is(session, draft, member):
    session.commit()
    send(member, draft)
    draft.edition.submission_closes_at = datetime.now(UTC) - timedelta(minutes=1)
    session.commit()
    assert send(member, draft, b"late", "late.R").status_code == 409
    assert member.post(f"/entries/{draft.public_id}/annex/remove").status_code == 409
    session.expire_all()
    assert annex_of(session, draft).file_name == "sources.zip"


def test_organisers_read_it_and_jurors_do_not(session, draft, member, client, edition):
    organiser, juror = make_person(session), make_juror(session, edition)
    grant(session, organiser, Role.ORGANISER, edition)
    session.commit()
    send(member, draft)
    path = f"/entries/{draft.public_id}/annex"
    assert sign_in(client, organiser).get(f"{path}/file").data == SOURCES
    assert "Send the annex" not in client.get(path).text
    assert sign_in(client, juror).get(path).status_code == 404
    assert client.get(f"{path}/file").status_code == 404
