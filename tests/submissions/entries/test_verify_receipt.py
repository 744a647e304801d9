"""`flask entries verify-receipt`, as an organiser and as a stranger type it."""

import hashlib
import json

import pytest

from submissions.entries.receipts import public_key_pem, receipt_document, seal, signing_key

MANIFEST = {"title": "Éclats", "files": [], "upload": {"file_name": "site.zip", "bytes": 4, "sha256": "0" * 64}}
pytestmark = pytest.mark.database("sqlite")


@pytest.fixture
def receipt(app, tmp_path):
    """A receipt of this installation, on disk."""
    key = signing_key(app.config["SECRET_KEY"])
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(receipt_document(MANIFEST, seal(MANIFEST, key), key.public_key())))
    return path


@pytest.fixture
def verify(app):
    """Types the command; its exit code, and its answer where it gives one."""

    def verify(*words):
        done = app.test_cli_runner().invoke(args=["entries", "verify-receipt", *map(str, words), "--json"])
        return done.exit_code, json.loads(done.stdout) if done.stdout else None

    return verify


def test_a_receipt_of_this_installation_is_valid(verify, receipt):
    assert verify(receipt) == (0, {"valid": True, "problems": []})


def test_a_file_is_known_by_its_content_alone(verify, receipt, tmp_path):
    other = tmp_path / "site.zip"
    other.write_bytes(b"other")
    code, answer = verify(receipt, other)
    assert (code, answer["valid"], "site.zip was changed" in answer["problems"][0]) == (1, False, True)


def test_the_annex_is_known_under_any_name_even_that_of_the_work(app, verify, tmp_path):
    content, key = b"plot(ports)", signing_key(app.config["SECRET_KEY"])
    annex = {"file_name": "site.zip", "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    manifest = MANIFEST | {"annex": annex}
    path, renamed, changed = tmp_path / "receipt.json", tmp_path / "plot.R", tmp_path / "site.zip"
    path.write_text(json.dumps(receipt_document(manifest, seal(manifest, key), key.public_key())))
    renamed.write_bytes(content)
    changed.write_bytes(b"other")
    assert verify(path, renamed) == (0, {"valid": True, "problems": []})
    assert verify(path, changed)[0] == 1
    path.write_text(json.dumps(receipt_document(MANIFEST, seal(MANIFEST, key), key.public_key())))
    assert verify(path) == (0, {"valid": True, "problems": []}), "a receipt from before annexes were frozen"
    assert verify(path, renamed)[0] == 1


def test_a_stranger_needs_the_published_key_only(app, verify, receipt, tmp_path, client):
    pem = tmp_path / "key.pem"
    pem.write_bytes(client.get("/receipts/public-key.pem").data)
    app.config["SECRET_KEY"] = "another installation" * 3
    assert verify(receipt)[0] == 1
    assert verify(receipt, "--public-key", pem) == (0, {"valid": True, "problems": []})
    pem.write_bytes(public_key_pem(signing_key("other").public_key()))
    assert verify(receipt, "--public-key", pem)[0] == 1


def test_what_says_one_thing_twice_is_no_receipt(verify, receipt):
    receipt.write_text(receipt.read_text().replace('"title"', '"title": "Shown to a hasty reader", "title"'))
    assert verify(receipt)[0] == 1


@pytest.mark.parametrize("content", [b"", b"\xff", b"[" * 100_000, b"{}"])
def test_anything_else_is_no_receipt(verify, tmp_path, content):
    path = tmp_path / "receipt.json"
    path.write_bytes(content)
    code, answer = verify(path)
    assert (code, answer["valid"]) == (1, False)


def test_what_cannot_be_read_is_said(verify, tmp_path, receipt):
    assert verify(tmp_path / "none.json") == (2, None)
    assert verify(receipt, "--public-key", receipt) == (2, None)
