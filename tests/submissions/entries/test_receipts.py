import copy
import hashlib
import json
import shutil
import subprocess

import pytest

from submissions.entries.receipts import (
    HeldFile,
    canonical,
    problems_of,
    public_key_pem,
    read_public_key,
    receipt_document,
    seal,
    signing_key,
)

SIGNER = signing_key("only-for-tests")
KEY = SIGNER.public_key()
SITE, PAGE = "a" * 64, "b" * 64
MANIFEST = {
    "version": 2,
    "title": "Éclats",
    "upload": {"file_name": "site.zip", "bytes": 10, "sha256": SITE},
    "files": [{"path": "pages/index.html", "bytes": 5, "sha256": PAGE}],
}


@pytest.fixture
def receipt():
    return copy.deepcopy(receipt_document(MANIFEST, seal(MANIFEST, SIGNER), KEY))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not on this machine")
def test_the_seal_is_that_of_any_other_program(tmp_path):
    document = json.dumps(MANIFEST, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert seal(MANIFEST, SIGNER).manifest_sha256 == hashlib.sha256(document).hexdigest()
    key = tmp_path / "key.pem"
    key.write_bytes(public_key_pem(KEY))
    (tmp_path / "document").write_bytes(document)
    (tmp_path / "signature").write_bytes(bytes.fromhex(seal(MANIFEST, SIGNER).signature))
    words = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in document -sigfile signature".split()
    assert subprocess.run(words, check=False, cwd=tmp_path, capture_output=True).returncode == 0


def test_the_order_of_keys_does_not_matter():
    assert canonical(dict(reversed(MANIFEST.items()))) == canonical(MANIFEST)


def test_the_key_is_not_the_secret():
    keys = {signing_key(secret).public_key().public_bytes_raw() for secret in ("one", "other", "one")}
    assert len(keys) == 2


def test_the_published_key_is_read_again():
    assert read_public_key(public_key_pem(KEY)) == KEY


def test_a_receipt_survives_json(receipt):
    assert problems_of(json.loads(json.dumps(receipt)), KEY) == []


def paths(value, path=()):
    """The way to every value of a document."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inside in pairs:
            yield from paths(inside, (*path, key))
    else:
        yield path


DOCUMENT = receipt_document(MANIFEST, seal(MANIFEST, SIGNER), KEY)


@pytest.mark.parametrize("path", list(paths(DOCUMENT)), ids=str)
@pytest.mark.parametrize("act", ["change", "remove"])
def test_a_change_of_any_field_is_found(receipt, path, act):
    holder = receipt
    for step in path[:-1]:
        holder = holder[step]
    if act == "remove":
        del holder[path[-1]]
    else:
        value = holder[path[-1]]
        holder[path[-1]] = value + 1 if isinstance(value, int) else value.upper() + " "
    assert problems_of(receipt, KEY) != []


@pytest.mark.parametrize("place", [(), ("manifest",), ("manifest", "upload"), ("manifest", "files", 0)], ids=str)
def test_a_field_too_many_is_found(receipt, place):
    holder = receipt
    for step in place:
        holder = holder[step]
    holder["note"] = "x"
    assert problems_of(receipt, KEY) != []


def test_a_changed_manifest_with_its_new_digest_still_lacks_the_signature(receipt):
    receipt["manifest"]["version"] = 3
    receipt["manifest_sha256"] = hashlib.sha256(canonical(receipt["manifest"])).hexdigest()
    assert problems_of(receipt, KEY) == ["The signature is not one of this installation, or the receipt was changed."]


def test_another_installation_does_not_vouch_for_it(receipt):
    assert len(problems_of(receipt, signing_key("another secret").public_key())) == 2


@pytest.mark.parametrize("other", [None, [], "text", {}, {"manifest": {}}, {"format": "hackaviz-receipt-2"}])
def test_what_is_no_receipt_is_said_to_be_none(other):
    assert problems_of(other, KEY) == ["This is not a receipt of the format hackaviz-receipt-2."]


@pytest.mark.parametrize("signature", [None, 3, "é", ""])
def test_any_signature_is_judged_without_failing(receipt, signature):
    receipt["signature"] = signature
    assert problems_of(receipt, KEY) != []


@pytest.mark.parametrize(
    ("name", "sha256", "expected"),
    [
        ("index.html", PAGE, None),
        ("renamed.zip", SITE, None),
        ("index.html", "c" * 64, "index.html was changed"),
        ("other.png", "c" * 64, "other.png is no file of this receipt"),
    ],
)
def test_files_are_compared_by_content_then_by_name(receipt, name, sha256, expected):
    problems = problems_of(receipt, KEY, [HeldFile(name, sha256)])
    assert [problem.startswith(expected) for problem in problems] == ([True] if expected else [])
