"""What a version says, as plain JSON values: texts, citations, every file's SHA-256, the rules that were accepted.

People are named by their identifiers only: a version can never change, but a person may ask to be forgotten.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from challenges.editions.aims.rules import AimKind
from hackaviz.accounts.models import Person
from submissions.entries.annexes.models import Annex
from submissions.entries.models import Entry, Upload
from submissions.entries.receipts import MANIFEST_FORMAT
from submissions.entries.sheet.rules import Sheet
from submissions.teams.models import Registration


def sheet_of(entry: Entry) -> Sheet:
    """What a draft says."""
    return Sheet(
        title=entry.title,
        message=entry.message,
        text_alternative=entry.text_alternative,
        method=entry.method,
        tools=entry.tools,
        abstract=entry.abstract,
        licence=entry.licence,
        languages=tuple(entry.languages),
        ai_use=entry.ai_use,
        ai_details=entry.ai_details,
        consent=entry.consent,
        ambitions=_slugs(entry, AimKind.AMBITION),
        objectives=_slugs(entry, AimKind.OBJECTIVE),
    )


def draft_texts(entry: Entry) -> dict[str, Any]:
    """The sheet of a draft as a version would keep it: with the aims as they are called now."""
    aims = [{"kind": aim.kind.value, "slug": aim.slug, "title": aim.title.as_dict()} for aim in entry.aims]
    return {**vars(sheet_of(entry)), "aims": aims}


def sheet_in(manifest: Mapping[str, Any]) -> Sheet:
    """What a handed-in version says; a question that was not asked then has no answer."""
    answers: dict[str, Any] = {name: manifest[name] for name in vars(Sheet()) if name in manifest}
    tuples = {name: tuple(each) for name, each in answers.items() if isinstance(each, list)}
    return Sheet(**{**answers, **tuples})


def _slugs(entry: Entry, kind: AimKind) -> tuple[str, ...]:
    return tuple(aim.slug for aim in entry.aims if aim.kind is kind)


def freeze_draft(
    entry: Entry,
    registrations: Mapping[int, Registration],
    *,
    annex: Annex | None,
    receipt: str,
    actor: Person,
    now: datetime,
) -> dict[str, Any]:
    """What a hand-in freezes at its instant: everything but the number of the version and the content of its file.

    `registrations` are those of the members, by the number of the person.
    """
    return {
        "format": MANIFEST_FORMAT,
        "receipt": receipt,
        "handed_in_at": now.astimezone(UTC).isoformat(timespec="milliseconds"),
        "handed_in_by": actor.public_id,
        "edition": entry.edition.slug,
        "challenge": entry.challenge.slug,
        "team": entry.team.public_id,
        "entry": entry.public_id,
        "code": entry.code,
        **draft_texts(entry),
        "citations": [_citation(each.dataset, each.usage) for each in entry.citations],
        "annex": None if annex is None else annex.as_frozen(),
        "rules": {each.person.public_id: each.rules_version.number for each in registrations.values()},
    }


def whole_manifest(draft: Mapping[str, Any], upload: Upload, *, number: int) -> dict[str, Any]:
    """The manifest of version `number`: a frozen draft with its file."""
    return {**draft, "version": number, **_content(upload)}


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
