"""Shown copies as the job process makes them."""

import io
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.confined import TimedOut
from hackaviz.kernel.fetch.fetching import Fetcher
from hackaviz.kernel.jobs import transactions
from hackaviz.web.database import sessions
from submissions.viewer.copies.cdns import is_known
from submissions.viewer.copies.making import CopyMaker
from submissions.viewer.copies.models import CopyState, ShownCopy, ShownFile
from submissions.viewer.copies.obtaining import Obtainer
from submissions.viewer.copies.queries import shown_file, shown_files
from submissions.viewer.copies.service import LEASE, ask_for_copy, claim_due
from submissions.viewer.leases import MOST_ATTEMPTS
from tests.support.uploads import image_bytes, zip_bytes

D3_PAGE = b"""<!doctype html><title>Ports</title><body><h1>Ports of the world</h1>
<script src="https://cdn.jsdelivr.net/npm/d3@7"></script><script src="https://unknown.example/x.js"></script>"""
SITE = {"X/index.html": D3_PAGE, "X/data.csv": b"a,b\n1,2\n"}


def without_network(room: Path) -> Obtainer:
    return Obtainer(room, Fetcher(resolve=lambda _host, _port: [], may_visit=is_known))


@pytest.fixture
def copy(app, session, files):
    """Asks for the shown copy of an upload, does what is due without a network, and answers the row."""

    def copy(upload=None, now=None) -> ShownCopy:
        if upload is not None:
            ask_for_copy(session, upload, utc_now())
        session.commit()
        with app.app_context():
            maker = CopyMaker(files, app.config["BASE_URL"], without_network)
            maker.make_due(transactions(sessions().writing), now or utc_now())
        session.expire_all()
        return session.query(ShownCopy).order_by(ShownCopy.id.desc()).first()

    return copy


def read(files, blob) -> bytes:
    with files.open(blob.storage_key) as stream:
        return stream.read()


def test_a_site_is_shown_with_its_libraries_and_the_original_stays(copy, make_work, session, files):
    upload = make_work("site.zip", zip_bytes(SITE))
    before = shown_file(session, upload, "X/index.html")
    made = copy(upload)
    assert (made.state, made.error) == (CopyState.READY, None)
    page = shown_file(session, upload, "X/index.html")
    assert b'src="../_frozen/cdn.jsdelivr.net/npm/d3@7.js"' in read(files, page)
    assert read(files, before) == D3_PAGE and page.is_final
    library = shown_file(session, upload, "_frozen/cdn.jsdelivr.net/npm/d3@7.js")
    assert library.media_type.startswith("text/javascript") and b"d3js.org v7" in read(files, library)
    assert read(files, shown_file(session, upload, "X/data.csv")) == SITE["X/data.csv"]
    assert [file.path for file in shown_files(session, upload)] == [
        "X/data.csv",
        "X/index.html",
        "_frozen/cdn.jsdelivr.net/npm/d3@7.js",
    ]
    assert made.report["frozen"][0]["instead"] == {"name": "d3", "asked": "7", "served": "7.9.2"}
    assert made.report["hosts"] == ["unknown.example"]


def test_while_a_copy_is_due_the_original_is_shown_and_not_kept(session, make_work, now):
    upload = make_work()
    assert shown_file(session, upload, upload.entry_point).is_final
    ask_for_copy(session, upload, now)
    assert not shown_file(session, upload, upload.entry_point).is_final


@pytest.mark.database("sqlite")
def test_what_an_image_tells_is_removed_from_what_others_see(copy, make_work, session, files):
    exif = Image.Exif()
    exif[0x013B], exif[0x8825] = "Ada Lovelace", {1: "N", 2: (43.0, 17.0, 47.0)}
    made = copy(upload := make_work("photo.jpg", image_bytes("JPEG", exif=exif)))
    shown = read(files, shown_file(session, upload, "photo.jpg"))
    assert b"Ada" not in shown and not Image.open(io.BytesIO(shown)).getexif()
    assert {"place", "author"} <= set(made.report["cleaned"][0]["removed"])
    assert session.query(ShownFile).one().origin == "cleaned"


@pytest.mark.database("sqlite")
def test_making_a_copy_twice_changes_nothing(copy, make_work, session):
    upload = make_work("site.zip", zip_bytes(SITE))
    copy(upload)
    first = [(file.path, file.sha256) for file in shown_files(session, upload)]
    session.query(ShownCopy).update({"state": CopyState.DUE})
    copy()
    assert [(file.path, file.sha256) for file in shown_files(session, upload)] == first


@pytest.mark.database("sqlite")
def test_after_three_tries_the_original_is_shown_cleaned(copy, make_work, session, monkeypatch):
    def fail(*_arguments):
        raise TimedOut("no answer within 60 s")

    monkeypatch.setattr("submissions.viewer.copies.making._scan", fail)
    made, now = copy(make_work()), utc_now()
    assert (made.state, made.attempts) == (CopyState.DUE, 1)
    for _ in range(MOST_ATTEMPTS - 1):
        now += timedelta(hours=1)
        made = copy(now=now)
    assert (made.state, made.attempts) == (CopyState.FAILED, MOST_ATTEMPTS)
    assert "no answer" in made.error and session.query(ShownFile).count() == 0


@pytest.mark.database("sqlite")
def test_a_job_that_is_killed_leaves_nothing_half_shown_and_is_repeated(settings, make_work, session, copy):
    upload = make_work("site.zip", zip_bytes(SITE))
    ask_for_copy(session, upload, utc_now())
    session.commit()
    program = f"""
import sys, time
sys.path.insert(0, {str(Path.cwd())!r})
from hackaviz.factory import create_app
from hackaviz.settings import Settings
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.jobs import transactions
from hackaviz.web.database import sessions
from submissions.viewer.copies import making
making.run_confined = lambda *a, **k: (print("working", flush=True), time.sleep(60))
app = create_app(Settings(**{vars(settings)!r}))
with app.app_context():
    maker = making.CopyMaker(app.extensions["hackaviz.storage"], app.config["BASE_URL"])
    maker.make_due(transactions(sessions().writing), utc_now())
"""
    job = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, start_new_session=True)
    assert job.stdout.readline() == b"working\n"
    os.killpg(job.pid, signal.SIGKILL)
    job.wait()
    job.stdout.close()
    session.expire_all()
    killed = session.query(ShownCopy).one()
    assert (killed.state, killed.attempts) == (CopyState.DUE, 1) and session.query(ShownFile).count() == 0
    assert claim_due(session, utc_now()) is None, "its lease holds"
    session.rollback()
    made = copy(now=utc_now() + LEASE + timedelta(seconds=1))
    assert made.state is CopyState.READY and session.query(ShownFile).count() == 2


def test_a_claim_is_taken_once(session, make_work, now):
    ask_for_copy(session, make_work(), now)
    assert claim_due(session, now) is not None
    assert claim_due(session, now) is None
