"""Processes are killed while a file is on its way: what was acknowledged is there, and the file comes out the same."""

import threading
import time
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from http.client import HTTPException

import pytest

from hackaviz.kernel.clock import utc_now
from submissions.entries.models import Upload, UploadState
from submissions.entries.transfers.models import Transfer
from submissions.entries.transfers.rules import TransferState
from tests.factories import make_challenge, make_edition, make_entry, make_team
from tests.support.tus import TusClient
from tests.support.uploads import image_bytes


@pytest.fixture
def captain(session, live_site):
    """A client of a team's captain, and the entry's identifier."""
    edition = make_edition(session)
    challenge = make_challenge(session, edition)
    entry = make_entry(session, make_team(session, edition, challenge=challenge), challenge)
    person, public_id = entry.team.captain, entry.public_id
    client = TusClient(live_site.url.removeprefix("http://"), live_site.environment(), person)
    client.entry = public_id
    session.commit()
    return client


def one_upload(session):
    session.rollback()
    upload = session.query(Upload).one()
    session.rollback()
    return upload


def test_a_server_killed_during_an_upload_goes_on_with_what_it_has(session, live_site, captain):
    content = image_bytes("PNG", (1200, 900))
    address = captain.begin(captain.entry, len(content))

    def send():
        with suppress(OSError, HTTPException):
            captain.send(address, content, seconds=4)

    sender = threading.Thread(target=send)
    sender.start()
    while not captain.offset(address):
        time.sleep(0.05)
    live_site.kill_web()
    sender.join()
    live_site.start_web()
    here = captain.offset(address)
    assert 0 < here < len(content)
    assert captain.send(address, content, here).status == 204
    assert captain.outcome(address) == "accepted"
    assert one_upload(session).sha256 == sha256(content).hexdigest()


def test_a_job_process_killed_during_an_examination_examines_again(session, live_site, captain):
    content = image_bytes("PNG", (3500, 3000))
    address = captain.begin(captain.entry, len(content))
    captain.send(address, content)
    wait_for_claim(session)
    live_site.kill_jobs()
    session.rollback()
    transfer = session.query(Transfer).one()
    assert (transfer.state, transfer.attempts) == (TransferState.WHOLE, 1)
    # What the minutes of the lease do by themselves.
    transfer.leased_until = utc_now() - timedelta(seconds=1)
    session.commit()
    live_site.start_jobs()
    assert captain.outcome(address) == "accepted"
    upload = one_upload(session)
    assert (upload.state, upload.sha256) == (UploadState.ACCEPTED, sha256(content).hexdigest())


def wait_for_claim(session):
    for _ in range(3_000):
        session.rollback()
        attempts = session.query(Transfer.attempts).scalar()
        session.rollback()
        if attempts:
            return
        time.sleep(0.02)
    raise AssertionError("no job has taken the file")
