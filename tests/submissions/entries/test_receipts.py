import copy
import hashlib
import hmac
import json

import pytest

from submissions.entries.receipts import HeldFile, canonical, problems_of, receipt_document, seal, signing_key

KEY = signing_key("only-for-tests")
SITE, PAGE = "a" * 64, "b" * 64
MANIFEST = {
    "version": 2,
    "title": "Éclats",
    "upload": {"file_name": "site.zip", "bytes": 10, "sha256": SITE},
    "files": [{"path": "pages/index.html", "bytes": 5, "sha256": PAGE}],
}


@pytest.fixture
def receipt():
    return copy.deepcopy(receipt_document(MANIFEST, seal(MANIFEST, KEY)))


def test_the_seal_is_that_of_any_other_program():
    document = json.dumps(MANIFEST, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert seal(MANIFEST, KEY).manifest_sha256 == hashlib.sha256(document).hexdigest()
    assert seal(MANIFEST, KEY).signature == hmac.new(KEY, document, "sha256").hexdigest()


def test_the_order_of_keys_does_not_matter():
    assert canonical(dict(reversed(MANIFEST.items()))) == canonical(MANIFEST)


def test_the_key_is_not_the_secret():
    assert signing_key("one") not in (b"one", signing_key("other"))


def test_a_receipt_survives_json(receipt):
    assert problems_of(json.loads(json.dumps(receipt)), KEY) == []


@pytest.mark.parametrize("field", ["version", "title"])
def test_a_changed_manifest_is_found(receipt, field):
    receipt["manifest"][field] = "3"
    assert len(problems_of(receipt, KEY)) == 2


def test_a_changed_manifest_with_its_new_digest_still_lacks_the_signature(receipt):
    receipt["manifest"]["version"] = 3
    receipt["manifest_sha256"] = hashlib.sha256(canonical(receipt["manifest"])).hexdigest()
    assert problems_of(receipt, KEY) == ["The signature is not one of this installation, or the receipt was changed."]


def test_another_installation_does_not_vouch_for_it(receipt):
    assert problems_of(receipt, signing_key("another secret")) != []


@pytest.mark.parametrize("other", [None, [], "text", {}, {"manifest": {}}, {"format": "hackaviz-receipt-1"}])
def test_what_is_no_receipt_is_said_to_be_none(other):
    assert problems_of(other, KEY) == ["This is not a receipt of the format hackaviz-receipt-1."]


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
