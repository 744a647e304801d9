"""Receipts: a manifest of what was handed in, signed so that it can be checked years later, by anybody. Pure.

The signature is Ed25519 over the canonical manifest (JSON with sorted keys, no spaces, UTF-8). The private key is
derived from the installation's secret; the public key is published, so that a receipt can be checked without us.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

MANIFEST_FORMAT = "hackaviz-hand-in-1"
RECEIPT_FORMAT = "hackaviz-receipt-2"
ALGORITHM = "Ed25519"
KEY_PURPOSE = b"hackaviz/receipts/2"
FIELDS = frozenset({"format", "manifest", "manifest_sha256", "algorithm", "public_key", "signature"})
SigningKey = Ed25519PrivateKey
PublicKey = Ed25519PublicKey


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


def signing_key(secret: str) -> SigningKey:
    """The key of receipts, derived from the installation's secret so that no other use of it shares the key."""
    return Ed25519PrivateKey.from_private_bytes(hmac.digest(secret.encode(), KEY_PURPOSE, "sha256"))


def public_key_hex(key: PublicKey) -> str:
    """The 32 bytes of a public key, in hexadecimal."""
    return key.public_bytes_raw().hex()


def public_key_pem(key: PublicKey) -> bytes:
    """A public key as other programs read it."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read_public_key(pem: bytes) -> PublicKey:
    """The key of a PEM file. ValueError when it holds none of ours."""
    key = load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("this is a key of another kind than Ed25519")  # noqa: TRY004  — the file is wrong, not the call
    return key


def canonical(manifest: Mapping[str, Any]) -> bytes:
    """The one byte sequence of a manifest, whatever the order of its keys."""
    return json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def seal(manifest: Mapping[str, Any], key: SigningKey) -> Seal:
    """Digest and signature of a manifest."""
    document = canonical(manifest)
    return Seal(hashlib.sha256(document).hexdigest(), key.sign(document).hex())


def receipt_document(manifest: dict[str, Any], sealed: Seal, key: PublicKey) -> dict[str, Any]:
    """The receipt that a team downloads."""
    return {
        "format": RECEIPT_FORMAT,
        "manifest": manifest,
        "manifest_sha256": sealed.manifest_sha256,
        "algorithm": ALGORITHM,
        "public_key": public_key_hex(key),
        "signature": sealed.signature,
    }


def problems_of(receipt: Any, key: PublicKey, files: Iterable[HeldFile] = ()) -> list[str]:
    """What speaks against a receipt, or against files that are said to be those handed in; nothing when all agrees."""
    manifest = receipt.get("manifest") if isinstance(receipt, dict) else None
    if not isinstance(manifest, dict) or receipt.get("format") != RECEIPT_FORMAT:
        return [f"This is not a receipt of the format {RECEIPT_FORMAT}."]
    return [
        *_problems_of_seal(receipt, manifest, key),
        *(problem for file in files if (problem := _problem_of(file, manifest))),
    ]


def _problems_of_seal(receipt: dict[str, Any], manifest: dict[str, Any], key: PublicKey) -> list[str]:
    document, problems = canonical(manifest), list[str]()
    if set(receipt) != FIELDS or receipt["algorithm"] != ALGORITHM:
        problems.append("The receipt was changed: it has other fields than a receipt has.")
    if receipt.get("manifest_sha256") != hashlib.sha256(document).hexdigest():
        problems.append("The manifest was changed: its SHA-256 is not the one on the receipt.")
    if receipt.get("public_key") != public_key_hex(key):
        problems.append("The receipt names another public key than the one of this installation.")
    if not _is_signed(document, receipt.get("signature"), key):
        problems.append("The signature is not one of this installation, or the receipt was changed.")
    return problems


def _is_signed(document: bytes, signature: Any, key: PublicKey) -> bool:
    try:
        key.verify(bytes.fromhex(signature), document)
    except (InvalidSignature, TypeError, ValueError):
        return False
    # One signature has one spelling: capitals or spaces were put there by somebody else.
    return bool(signature == bytes.fromhex(signature).hex())


def _problem_of(file: HeldFile, manifest: dict[str, Any]) -> str | None:
    known = _known_files(manifest)
    if any(sha256 == file.sha256 for _name, sha256 in known):
        return None
    named = dict(known).get(file.name)
    if named is not None:
        return f"{file.name} was changed: its SHA-256 is {file.sha256}, the receipt says {named}."
    return f"{file.name} is no file of this receipt: nothing in it has the SHA-256 {file.sha256}."


def _known_files(manifest: dict[str, Any]) -> list[tuple[str, str]]:
    """Names and digests: of each file by its path and its name alone, of the annex, and of what was sent as a whole.

    Two may share a name. Receipts from before annexes were frozen name none.
    """
    files = manifest.get("files")
    known = list[tuple[str, str]]()
    for each in files if isinstance(files, list) else []:
        known += [(name, each["sha256"]) for name in (each["path"], each["path"].rpartition("/")[2])]
    sent = (manifest.get("annex"), manifest.get("upload"))
    return known + [(each["file_name"], each["sha256"]) for each in sent if isinstance(each, dict)]
