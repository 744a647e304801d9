"""What a version says, as plain JSON values: texts, citations, every file's SHA-256, the rules that were accepted.

People are named by their identifiers only: a version can never change, but a person may ask to be forgotten.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from hackaviz.accounts.models import Person
from submissions.entries.models import Entry, Upload
from submissions.entries.receipts import MANIFEST_FORMAT
from submissions.entries.rules import Sheet
from submissions.teams.models import Registration


def sheet_of(entry: Entry) -> Sheet:
    """The texts of a draft."""
    return Sheet(entry.title, entry.message, entry.text_alternative, entry.method, entry.tools)


def build_manifest(
    entry: Entry,
    upload: Upload,
    registrations: Mapping[int, Registration],
    *,
    number: int,
    receipt: str,
    actor: Person,
    now: datetime,
) -> dict[str, Any]:
    """The manifest of version `number`; `registrations` are those of the members, by the number of the person."""
    return {
        "format": MANIFEST_FORMAT,
        "receipt": receipt,
        "version": number,
        "handed_in_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "handed_in_by": actor.public_id,
        "edition": entry.edition.slug,
        "challenge": entry.challenge.slug,
        "team": entry.team.public_id,
        "entry": entry.public_id,
        "code": entry.code,
        **vars(sheet_of(entry)),
        "citations": [_citation(each.dataset, each.usage) for each in entry.citations],
        **_content(upload),
        "rules": {each.person.public_id: each.rules_version.number for each in registrations.values()},
    }


def _citation(dataset: Any, usage: str) -> dict[str, Any]:
    return {"dataset": dataset.slug, "title": dataset.title.as_dict(), "usage": usage}


def _content(upload: Upload) -> dict[str, Any]:
    files = ({"path": each.path, "bytes": each.bytes, "sha256": each.sha256} for each in upload.files)
    return {
        "kind": upload.kind,
        "entry_point": upload.entry_point,
        "upload": {"file_name": upload.file_name, "bytes": upload.bytes, "sha256": upload.sha256},
        "files": sorted(files, key=lambda each: each["path"]),
    }
