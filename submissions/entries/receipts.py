"""Receipts: a manifest of what was handed in, sealed so that it can be checked years later. Pure.

The seal is an HMAC-SHA256 over the canonical manifest (JSON with sorted keys, no spaces, UTF-8), with a key derived
from the installation's secret. Whoever holds the secret can tell a receipt of theirs from any other.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MANIFEST_FORMAT = "hackaviz-hand-in-1"
RECEIPT_FORMAT = "hackaviz-receipt-1"
KEY_PURPOSE = b"hackaviz/receipts/1"


@dataclass(frozen=True)
class Seal:
    """The digest of a manifest and its signature, both in hexadecimal."""

    manifest_sha256: str
    signature: str


@dataclass(frozen=True)
class HeldFile:
    """A file that somebody compares with a receipt."""

    name: str
    sha256: str


def signing_key(secret: str) -> bytes:
    """The key of receipts, derived from the installation's secret so that no other use of it shares the key."""
    return hmac.new(secret.encode(), KEY_PURPOSE, hashlib.sha256).digest()


def canonical(manifest: dict[str, Any]) -> bytes:
    """The one byte sequence of a manifest, whatever the order of its keys."""
    return json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def seal(manifest: dict[str, Any], key: bytes) -> Seal:
    """Digest and signature of a manifest."""
    document = canonical(manifest)
    return Seal(hashlib.sha256(document).hexdigest(), hmac.new(key, document, hashlib.sha256).hexdigest())


def receipt_document(manifest: dict[str, Any], sealed: Seal) -> dict[str, Any]:
    """The receipt that a team downloads."""
    return {
        "format": RECEIPT_FORMAT,
        "manifest": manifest,
        "manifest_sha256": sealed.manifest_sha256,
        "signature": sealed.signature,
    }


def problems_of(receipt: Any, key: bytes, files: Iterable[HeldFile] = ()) -> list[str]:
    """What speaks against a receipt, or against files that are said to be those handed in; nothing when all agrees."""
    manifest = receipt.get("manifest") if isinstance(receipt, dict) else None
    if not isinstance(manifest, dict) or receipt.get("format") != RECEIPT_FORMAT:
        return [f"This is not a receipt of the format {RECEIPT_FORMAT}."]
    sealed, problems = seal(manifest, key), list[str]()
    if receipt.get("manifest_sha256") != sealed.manifest_sha256:
        problems.append("The manifest was changed: its SHA-256 is not the one on the receipt.")
    if not hmac.compare_digest(str(receipt.get("signature")).encode(), sealed.signature.encode()):
        problems.append("The signature is not one of this installation, or the receipt was changed.")
    return problems + [problem for file in files if (problem := _problem_of(file, manifest))]


def _problem_of(file: HeldFile, manifest: dict[str, Any]) -> str | None:
    known = _known_files(manifest)
    if file.sha256 in known.values():
        return None
    if file.name in known:
        return f"{file.name} was changed: its SHA-256 is {file.sha256}, the receipt says {known[file.name]}."
    return f"{file.name} is no file of this receipt: nothing in it has the SHA-256 {file.sha256}."


def _known_files(manifest: dict[str, Any]) -> dict[str, str]:
    known: dict[str, str] = {}
    for each in manifest.get("files", []):
        known[each["path"]] = known[each["path"].rsplit("/", 1)[-1]] = each["sha256"]
    upload = manifest.get("upload", {})
    return {**known, upload["file_name"]: upload["sha256"]} if upload else known
