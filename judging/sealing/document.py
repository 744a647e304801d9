"""The form of a sealed result: canonical bytes, their digest, and the public form made from the full one. Pure.

The full form is for organisers. The public form is the same without what must not be told: comments and grounds of
conflicts. Both carry salted commitments to these, so that a text shown later can be checked against either. Jurors are
pseudonyms in both, so that nobody has to be erased from a sealed file.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from judging.scoring.chain import canonical

SCHEMA = "hackaviz-seal-1"
FULL, PUBLIC = "full", "public"
Document = dict[str, Any]

# What the same result has in common however often and whenever it is sealed.
_CONTENT = (
    "edition", "rules", "methods", "meeting", "challenges", "jurors", "apart", "assignment", "reviews", "log_head",
    "seed",
)  # fmt: skip
# What the public form leaves out, row by row.
TOLD_TO_ORGANISERS = {"conflicts": ("salt", "grounds"), "log": ("salt", "comment_to_team", "comment_private")}


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form without the digest itself."""
    return sha256(canonical({key: value for key, value in document.items() if key != "sha256"}).encode()).hexdigest()


def sealed(document: Mapping[str, Any]) -> Document:
    """The document with its digest."""
    return {**document, "sha256": digest_of(document)}


def file_of(document: Mapping[str, Any]) -> str:
    """A sealed document as the text of its file: one line, ended."""
    return canonical(document) + "\n"


def file_digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of the file, which any tool computes: what pages and minutes name."""
    return sha256(file_of(document).encode()).hexdigest()


def content_digest(document: Mapping[str, Any]) -> str:
    """What tells two results apart, whatever their number, date and salts."""
    conflicts = [{key: row[key] for key in ("juror", "entry", "declared_at")} for row in document["conflicts"]]
    return digest_of({key: document[key] for key in _CONTENT} | {"conflicts": conflicts})


def public_form(full: Mapping[str, Any]) -> Document:
    """The public form, sealed by itself; it names the SHA-256 of the full file."""
    stripped = {key: _without(full[key], secret) for key, secret in TOLD_TO_ORGANISERS.items()}
    return sealed({**full, **stripped, "form": PUBLIC, "full_sha256": file_digest(full)})


def _without(rows: list[dict[str, Any]], secret: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if key not in secret} for row in rows]
