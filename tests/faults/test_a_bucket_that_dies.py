"""The bucket goes away in the middle of a file: nothing is handed in without its object, and trying again works."""

import urllib.request
import uuid
from dataclasses import replace

import pytest

from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.jobs import do_all, transactions
from hackaviz.kernel.storage import BlobMissing
from hackaviz.web.database import sessions
from hackaviz.web.storage import current_storage
from submissions.entries.transfers.models import PendingHandIn, Transfer
from submissions.entries.transfers.rules import HandInState, TransferState
from tests.factories import make_challenge, make_edition, make_entry, make_team, sign_in
from tests.support.line import Line
from tests.support.s3 import BUCKET
from tests.support.uploads import image_bytes

JSON = {"Accept": "application/json"}
pytestmark = pytest.mark.database("sqlite")


@pytest.fixture
def line(s3_endpoint):
    """The line to the bucket."""
    line = Line()
    line.target = int(s3_endpoint.rsplit(":", 1)[1])
    yield line
    line.close()


@pytest.fixture
def settings(settings, line):
    return replace(settings, storage_url=f"s3://{BUCKET}/{uuid.uuid4().hex}?endpoint=http://127.0.0.1:{line.port}")


@pytest.fixture
def entry(session):
    edition = make_edition(session)
    challenge = make_challenge(session, edition)
    return make_entry(session, make_team(session, edition, challenge=challenge), challenge)


def put(browser, address, number, part):
    url = browser.get(f"{address}/parts/{number}").json["url"]
    urllib.request.urlopen(urllib.request.Request(url, data=part, method="PUT")).close()


def work(app):
    with app.app_context():
        for name in ("examinations", "hand-ins overdue", "transfers abandoned"):
            do_all(app.extensions["hackaviz.work"][name], transactions(sessions().writing), utc_now)


def test_nothing_is_handed_in_without_its_object_and_trying_again_works(app, session, client, entry, line):
    captain, content = sign_in(client, entry.team.captain), image_bytes("PNG", (1800, 1400))
    said = {"file_name": "work.png", "bytes": len(content)}
    begun = captain.post(f"/entries/{entry.public_id}/multiparts", json=said).json
    address, size = f"/transfers/{begun['id']}", begun["part_bytes"]
    put(captain, address, 1, content[:size])
    form = {"request_key": "k", "named": f"transfer:{begun['id']}"}
    assert captain.post(f"/entries/{entry.public_id}/hand-in", data=form, headers=JSON).json["state"] == "waiting"

    line.cut()
    assert captain.post(f"{address}/complete", headers=JSON).status_code == 503
    assert captain.get(f"/entries/{entry.public_id}/edit").status_code == 200
    work(app)
    assert (entry.current_version, session.query(Transfer).one().state) == (None, TransferState.BEGUN)

    line.mend()
    assert captain.post(f"{address}/complete", headers=JSON).status_code == 409
    put(captain, address, 2, content[size:])
    for _twice in range(2):
        assert captain.post(f"{address}/complete").status_code == 200

    line.cut()
    work(app)
    session.expire_all()
    assert session.query(PendingHandIn).one().state is HandInState.WAITING

    line.mend()
    session.query(Transfer).one().leased_until = None
    session.commit()
    work(app)
    session.expire_all()
    assert session.query(PendingHandIn).one().state is HandInState.COUNTED
    upload = entry.current_version.upload
    assert upload.bytes == len(content)
    with app.app_context():
        assert current_storage().size(upload.storage_key) == len(content)


def test_a_hand_in_is_in_time_while_the_bucket_is_away_and_its_file_follows(app, session, client, entry, line):
    captain, content = sign_in(client, entry.team.captain), image_bytes("PNG")
    said = {"file_name": "work.png", "bytes": len(content), "fingerprint": "f"}
    form = {"request_key": "k", "named": "announced", **said}
    line.cut()
    assert captain.post(f"/entries/{entry.public_id}/hand-in", data=form, headers=JSON).json["state"] == "waiting"
    assert captain.post(f"/entries/{entry.public_id}/multiparts", json=said).status_code == 503
    assert captain.get(f"/entries/{entry.public_id}/edit").status_code == 200

    line.mend()
    begun = [captain.post(f"/entries/{entry.public_id}/multiparts", json=said).json for _twice in range(2)]
    assert begun[0] == begun[1] and begun[0]["here"] == 0
    address = f"/transfers/{begun[0]['id']}"
    put(captain, address, 1, content)
    assert captain.post(f"/entries/{entry.public_id}/multiparts", json=said).json["here"] == len(content)
    captain.post(f"{address}/complete")
    work(app)
    session.expire_all()
    assert session.query(PendingHandIn).one().state is HandInState.COUNTED


def test_parts_that_nobody_completes_are_gone_after_a_day(app, session, client, entry):
    captain = sign_in(client, entry.team.captain)
    begun = captain.post(f"/entries/{entry.public_id}/multiparts", json={"file_name": "a.png", "bytes": 9}).json
    put(captain, f"/transfers/{begun['id']}", 1, b"123456789")
    transfer = session.query(Transfer).one()
    transfer.begun_at = transfer.begun_at.replace(year=2020)
    session.commit()
    work(app)
    session.expire_all()
    assert transfer.state is TransferState.ABANDONED
    with app.app_context(), pytest.raises(BlobMissing):
        current_storage().incoming.parts(begun["id"], begun["multipart"])
    assert captain.get(f"/transfers/{begun['id']}/parts/1").status_code == 410
