"""The tus protocol, as any client speaks it: core, creation, termination."""

import base64
import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.jobs import do_all, transactions
from hackaviz.web.database import sessions
from submissions.entries.transfers.models import PendingHandIn, Transfer
from tests.factories import make_edition, make_entry, make_person, sign_in
from tests.submissions.entries.conftest import png

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"
pytestmark = pytest.mark.database("sqlite")


@pytest.fixture
def edition(session):
    """Open now: requests have no other clock."""
    return make_edition(session)


@pytest.fixture
def entry(session, team):
    return make_entry(session, team, team.challenge)


def metadata(**said):
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in said.items())


def begin(browser, entry, size, name="Œuvre.png", fingerprint="", **headers):
    said = {"filename": name} | ({"fingerprint": fingerprint} if fingerprint else {})
    headers = TUS | {"Upload-Length": str(size), "Upload-Metadata": metadata(**said)} | headers
    return browser.post(f"/entries/{entry.public_id}/transfers", headers=headers)


def send(browser, address, content, at, **options):
    headers = TUS | {"Upload-Offset": str(at)} | options.pop("headers", {})
    return browser.patch(address, data=content, headers=headers, content_type=PIECE, **options)


def offset(browser, address):
    return int(browser.head(address, headers=TUS).headers["Upload-Offset"])


def examine(app):
    with app.app_context():
        do_all(app.extensions["hackaviz.work"]["examinations"], transactions(sessions().writing), utc_now)


def test_a_server_says_what_it_speaks(member, entry):
    answer = member.options(f"/entries/{entry.public_id}/transfers")
    assert (answer.status_code, answer.headers["Tus-Version"]) == (204, "1.0.0")
    assert answer.headers["Tus-Extension"] == "creation,termination"
    assert answer.headers["Tus-Max-Size"] == "100000000"


def test_a_file_comes_in_pieces_and_is_examined(app, session, member, entry):
    content = png()
    created = begin(member, entry, len(content))
    assert (created.status_code, created.headers["Tus-Resumable"]) == (201, "1.0.0")
    address = created.location
    assert send(member, address, content[:10], 0).headers["Upload-Offset"] == "10"
    assert offset(member, address) == 10
    assert send(member, address, content[10:], 10).status_code == 204
    assert member.get(f"{address}/state").json["state"] == "whole"
    session.commit()
    examine(app)
    assert member.get(f"{address}/state").json["state"] == "accepted"
    assert entry.current_upload.sha256 == hashlib.sha256(content).hexdigest()
    assert entry.current_upload.file_name == "Œuvre.png"


def test_a_refused_file_says_why(app, session, member, entry):
    address = begin(member, entry, 4).location
    send(member, address, b"text", 0)
    examine(app)
    answer = member.get(f"{address}/state").json
    assert answer["state"] == "refused"
    assert "does not hold what its name says" in answer["reasons"][0]


def test_what_came_before_a_line_dropped_is_kept(member, entry):
    class Dropped(BytesIO):
        def read(self, size=-1):
            piece = super().read(5)
            if not piece:
                raise ConnectionResetError
            return piece

    address = begin(member, entry, 1000).location
    environ = {"wsgi.input": Dropped(b"0123456789"), "CONTENT_LENGTH": "1000"}
    answer = send(member, address, None, 0, environ_overrides=environ)
    assert answer.status_code == 400
    assert offset(member, address) == 10


@pytest.mark.parametrize("at", [0, 5, 12])
def test_a_piece_at_another_offset_is_refused(member, entry, at):
    address = begin(member, entry, 1000).location
    send(member, address, b"0123456789", 0)
    assert send(member, address, b"x", at).status_code == 409
    assert offset(member, address) == 10


def test_no_more_comes_than_was_announced(member, entry):
    address = begin(member, entry, 4).location
    assert send(member, address, b"12345", 0).status_code == 413


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Length": "many"}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "0"}, 422),
        ({"Upload-Length": "100000001"}, 413),
        ({"Upload-Metadata": ""}, 422),
        ({"Upload-Metadata": "filename ***"}, 400),
    ],
)
def test_what_is_no_beginning_begins_nothing(session, member, entry, headers, status):
    assert begin(member, entry, 10, **headers).status_code == status
    assert session.scalars(select(Transfer)).all() == []


def test_another_kind_of_body_is_no_piece(member, entry):
    address = begin(member, entry, 4).location
    headers = TUS | {"Upload-Offset": "0"}
    assert member.patch(address, data=b"1234", headers=headers, content_type="text/plain").status_code == 415


def test_a_cancelled_file_is_gone(member, entry):
    address = begin(member, entry, 4).location
    assert member.delete(address, headers=TUS).status_code == 204
    assert member.head(address, headers=TUS).status_code == 410
    assert send(member, address, b"1234", 0).status_code == 410


def test_a_team_mate_goes_on_where_another_stopped(session, member, entry, new_client):
    address = begin(member, entry, 4, fingerprint="the same").location
    send(member, address, b"12", 0)
    mate = sign_in(new_client(), entry.team.members[1].person)
    again = begin(mate, entry, 4, fingerprint="the same")
    assert (again.location, again.headers["Upload-Offset"]) == (address, "2")
    assert send(mate, address, b"34", 2).status_code == 204


@pytest.mark.parametrize("other", [{"fingerprint": "another"}, {"fingerprint": "a", "name": "b.png"}, {}])
def test_a_file_that_is_not_known_to_be_the_same_is_another_one(session, member, entry, other):
    begin(member, entry, 4, **{"fingerprint": "a"} | ({"fingerprint": ""} if not other else {}))
    begin(member, entry, 4, **other)
    assert session.query(Transfer).count() == 2


def test_a_stranger_learns_and_sends_nothing(session, member, entry, new_client):
    address = begin(member, entry, 4).location
    stranger = sign_in(new_client(), make_person(session))
    assert begin(stranger, entry, 4).status_code == 404
    assert send(stranger, address, b"1234", 0).status_code == 404
    assert stranger.head(address, headers=TUS).status_code == 404
    assert stranger.get(f"{address}/state").status_code == 404
    assert stranger.delete(address, headers=TUS).status_code == 404
    assert send(new_client(), address, b"1234", 0).status_code in {302, 401}
    assert offset(member, address) == 0


@pytest.mark.parametrize("act", ["begin", "send", "cancel"])
def test_a_forged_request_is_refused(app, member, entry, act):
    address = begin(member, entry, 4).location
    app.config["WTF_CSRF_ENABLED"] = True
    acts = {
        "begin": lambda: begin(member, entry, 4),
        "send": lambda: send(member, address, b"1234", 0),
        "cancel": lambda: member.delete(address, headers=TUS),
    }
    assert acts[act]().status_code == 400
    assert offset(member, address) == 0


def announce(browser, entry, size, fingerprint="the same", name="Œuvre.png"):
    said = {"request_key": "k", "named": "announced", "file_name": name, "bytes": size, "fingerprint": fingerprint}
    return browser.post(f"/entries/{entry.public_id}/hand-in", data=said, headers={"Accept": "application/json"})


def close_hand_in(session, entry, *, ago):
    entry.edition.submission_closes_at = utc_now() - ago
    session.commit()


def test_one_request_hands_in_a_file_of_which_nothing_is_here_yet(app, session, member, entry):
    content = png()
    assert announce(member, entry, len(content)).json["state"] == "waiting"
    close_hand_in(session, entry, ago=timedelta(minutes=1))
    page = member.get(f"/entries/{entry.public_id}/edit").text
    assert "choose the same file again" in page and "data-upload" in page
    assert begin(member, entry, len(content), name="another.png", fingerprint="x").status_code == 409
    begun = begin(member, entry, len(content), fingerprint="the same")
    assert begun.status_code == 201
    send(member, begun.location, content, 0)
    examine(app)
    session.expire_all()
    assert entry.current_version.upload.sha256 == hashlib.sha256(content).hexdigest()
    assert session.query(Transfer).count() == 1


def test_after_the_grace_nobody_is_asked_for_the_file_any_more(session, member, entry):
    announce(member, entry, 4)
    close_hand_in(session, entry, ago=timedelta(hours=1))
    assert "data-upload" not in member.get(f"/entries/{entry.public_id}/edit").text
    assert begin(member, entry, 4, fingerprint="the same").status_code == 409


@pytest.mark.parametrize(("size", "status"), [("", 422), ("many", 422), ("0", 422), ("100000001", 413)])
def test_what_is_no_file_is_not_handed_in(session, member, entry, size, status):
    assert announce(member, entry, size).status_code == status
    assert announce(member, entry, 4, name=" ").status_code == 422
    assert session.query(Transfer).count() == session.query(PendingHandIn).count() == 0


def test_the_page_offers_files_that_are_on_their_way_to_the_hand_in(session, member, entry):
    address = begin(member, entry, 4).location
    page = member.get(f"/entries/{entry.public_id}/edit").text
    assert f'value="transfer:{address.split("/")[-1]}"' in page
    answer = member.post(
        f"/entries/{entry.public_id}/hand-in",
        data={"request_key": "k", "named": f"transfer:{address.split('/')[-1]}"},
        headers={"Accept": "application/json"},
    )
    assert answer.json["state"] == "waiting"
    assert "A hand-in waits for its file" in member.get(f"/entries/{entry.public_id}/edit").text
