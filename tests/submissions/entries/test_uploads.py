"""Sending files through the application: what is accepted, what is refused, and what stays as it was."""

import stat
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from threading import Barrier

import pytest
from sqlalchemy import func, select

from hackaviz.web.storage import current_storage
from submissions.entries.models import Upload, UploadState
from submissions.entries.registry import entry_registry
from tests.factories import make_edition, make_entry, make_person, sign_in
from tests.submissions.entries.conftest import png
from tests.support.client import client_for

JSON = {"Accept": "application/json"}


@pytest.fixture
def edition(session):
    """Open now: requests have no other clock."""
    return make_edition(session)


@pytest.fixture
def entry(session, team):
    return make_entry(session, team, team.challenge)


def send(browser, entry, name, content, **options):
    """As the script of the page does."""
    options.setdefault("headers", JSON)
    address = f"/entries/{entry.public_id}/upload"
    query = {"name": name, **options.pop("query", {})}
    return browser.post(address, query_string=query, data=content, content_type="application/octet-stream", **options)


def archive(*members, compress=zipfile.ZIP_DEFLATED):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", compress) as made:
        for name, content in members:
            made.writestr(name, content)
    return stream.getvalue()


def link(name):
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info


def test_an_accepted_file_is_stored_and_becomes_the_one_of_the_entry(app, session, member, entry):
    answer = send(member, entry, "Œuvre finale.png", png())
    assert (answer.status_code, answer.json["state"]) == (200, "accepted")
    upload = entry.current_upload
    assert (upload.kind, upload.file_name, upload.bytes) == ("image", "Œuvre finale.png", len(png()))
    with app.app_context():
        assert current_storage().read_range(upload.files[0].storage_key, 0, 10_000) == png()


def test_a_site_is_unpacked_to_files_that_are_stored_one_by_one(session, member, entry):
    site = archive(("index.html", "<!doctype html><title>t</title><p>é"), ("data/ports.csv", "a,b\n1,2\n"))
    assert send(member, entry, "site.zip", site).status_code == 200
    assert [file.path for file in entry.current_upload.files] == ["data/ports.csv", "index.html"]


def test_without_script_a_plain_form_does_the_same(session, member, entry):
    form = {"file": (BytesIO(png()), "work.png")}
    answer = member.post(f"/entries/{entry.public_id}/upload", data=form)
    assert (answer.status_code, answer.location) == (302, f"/entries/{entry.public_id}/edit#files")
    assert entry.current_upload.sha256


def test_a_plain_form_that_comes_twice_counts_once_and_another_file_by_its_name_is_another(session, member, entry):
    def send_form(content):
        form = {"file": (BytesIO(content), "work.png"), "form_key": "one"}
        return member.post(f"/entries/{entry.public_id}/upload?lang=en", data=form)

    locations = {send_form(png()).location for _twice in range(2)}
    assert locations == {f"/entries/{entry.public_id}/edit#files"}
    assert "This form arrived twice. It counts once." in member.get(f"/entries/{entry.public_id}/edit?lang=en").text
    assert session.scalar(select(func.count(Upload.id))) == 1
    first = entry.current_upload
    assert send_form(png("crimson")).status_code == 302
    assert (session.scalar(select(func.count(Upload.id))), entry.current_upload is first) == (2, False)


@pytest.mark.database("sqlite", "postgresql")
def test_two_plain_forms_at_the_same_moment_count_once(app, session, entry):
    session.commit()
    clients, together = [client_for(app, session) for _ in range(2)], Barrier(2)
    for client in clients:
        sign_in(client, entry.team.captain)
        client.session = None
    address = f"/entries/{entry.public_id}/upload"

    def send_form(client):
        together.wait(10)
        return client.post(address, data={"file": (BytesIO(png()), "work.png"), "form_key": "one"}).status_code

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(send_form, clients)) == [302, 302]
    assert session.scalar(select(func.count(Upload.id))) == 1


def test_the_rooms_that_asked_hear_of_an_accepted_file_and_of_no_other(app, session, member, entry):
    heard = []
    entry_registry(app).on_upload_accepted.append(lambda _session, upload, _now: heard.append(upload.file_name))
    send(member, entry, "good.png", png())
    send(member, entry, "bad.png", b"nothing of a PNG")
    assert heard == ["good.png"]


BAD = {
    "empty": ("empty.png", b"", "is empty", "est vide"),
    "damaged": ("cut.png", png()[:60], "damaged", "endommagé"),
    "wrong type": ("text.png", b"this is text", "does not hold what its name says", "ne contient pas"),
    "unknown type": ("poster.tiff", b"II*\x00" + b"\x00" * 50, "Export it as PNG", "Exportez-la en PNG"),
    "zip slip": (
        "site.zip",
        archive(("../out.html", "x"), ("index.html", "x")),
        "outside the folder",
        "hors du dossier",
    ),
    "link": ("site.zip", archive(("index.html", "x"), (link("l.html"), "/etc/passwd")), "is a link", "lien"),
    "bomb": ("site.zip", archive(("index.html", "x"), ("b.csv", b"0" * 20_000_000)), "its size", "taille"),
}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_in_plain_words_and_replaces_nothing(session, member, entry, case, language):
    send(member, entry, "good.png", png())
    good = entry.current_upload
    name, content, in_english, in_french = BAD[case]
    answer = send(member, entry, name, content, query={"lang": language})
    assert answer.status_code == 422
    expected = in_english if language == "en" else in_french
    assert any(expected in reason for reason in answer.json["reasons"]), answer.json["reasons"]
    assert entry.current_upload is good
    refused = session.scalars(select(Upload).where(Upload.state == UploadState.REFUSED)).one()
    assert (refused.storage_key, refused.files) == (None, [])


def test_without_script_the_page_itself_says_why(session, member, entry):
    form = {"file": (BytesIO(b"this is text"), "text.png")}
    answer = member.post(f"/entries/{entry.public_id}/upload", data=form)
    assert answer.status_code == 422
    assert "does not hold what its name says" in answer.text
    assert "Nothing else is lost" in answer.text


@pytest.mark.parametrize("content_type", ["application/octet-stream", "multipart/form-data; boundary=x"])
def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_read(app, session, member, entry, content_type):
    class Untouched(BytesIO):
        def read(self, *_size):
            raise AssertionError("the body was read")

    environ = {"CONTENT_LENGTH": str(200_000_000), "wsgi.input": Untouched()}
    address = f"/entries/{entry.public_id}/upload?name=big.zip"
    answer = member.post(address, environ_overrides=environ, content_type=content_type, headers=JSON)
    assert answer.status_code == 413
    assert "100 MB" in answer.json["error"]["message"]


def test_a_body_that_hides_its_size_is_refused_while_it_arrives(app, session, member, entry):
    app.config["UPLOAD_LIMIT_BYTES"] = 1_000_000
    send(member, entry, "good.png", png())
    good = entry.current_upload
    environ = {"wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    answer = send(member, entry, "big.png", BytesIO(b"0" * 3_000_000), environ_overrides=environ)
    assert answer.status_code == 413
    assert entry.current_upload is good


def test_sending_no_file_says_so(member, entry):
    answer = member.post(f"/entries/{entry.public_id}/upload", data={"other": "x"}, headers=JSON)
    assert (answer.status_code, "Choose one" in answer.json["error"]["message"]) == (422, True)


def test_after_the_deadline_no_file_is_taken(session, member, entry):
    entry.edition.submission_closes_at = datetime.now(UTC) - timedelta(seconds=1)
    session.flush()
    answer = send(member, entry, "late.png", png())
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "too-late")


def test_a_stranger_sends_nothing(session, client, entry):
    assert send(client, entry, "work.png", png()).status_code == 401
    assert send(sign_in(client, make_person(session)), entry, "work.png", png()).status_code == 404
    assert session.scalars(select(Upload)).all() == []


def test_a_forged_form_is_refused(app, session, member, entry):
    app.config["WTF_CSRF_ENABLED"] = True
    assert send(member, entry, "work.png", png()).status_code == 400
    assert entry.current_upload is None
