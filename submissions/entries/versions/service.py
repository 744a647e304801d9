"""The way back: what a version froze becomes the draft again, to hand in as a new version."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.catalogue.models import Dataset
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from submissions.entries.annexes.service import keep_annex_again
from submissions.entries.deadlines import require_open_draft
from submissions.entries.manifest import sheet_in
from submissions.entries.models import Citation, Entry, EntryVersion
from submissions.entries.queries import locked_entry
from submissions.entries.sheet.service import write_sheet


def bring_back(session: Session, *, entry: Entry, version: EntryVersion, actor: Person, now: datetime) -> None:
    """Replace the draft by what a version froze: its file, annex, sheet and citations. Raises TooLate.

    A dataset or an aim that no longer exists is left out; versions stay as they are. What was handed in before
    versions named their annex leaves the annex as it stands.
    """
    require_open_draft(entry, now)
    entry = locked_entry(session, entry)
    if "annex" in version.manifest:
        keep_annex_again(session, entry=entry, frozen=version.manifest["annex"], actor=actor, now=now)
    write_sheet(entry, sheet_in(version.manifest))
    entry.citations = _citations(session, entry, version)
    entry.current_upload = version.upload
    entry.updated_at = now
    act = {"version": version.number}
    record(session, "entry.bring_back", subject=entry, actor=actor, now=now, edition_id=entry.edition_id, **act)


def _citations(session: Session, entry: Entry, version: EntryVersion) -> list[Citation]:
    usages = {each["dataset"]: each["usage"] for each in version.manifest["citations"]}
    kept = {citation.dataset.slug: citation for citation in entry.citations}
    citations = []
    for dataset in session.scalars(select(Dataset).where(Dataset.slug.in_(usages)).order_by(Dataset.id)):
        # One row for each dataset: what is cited already keeps its own.
        citation = kept.get(dataset.slug) or Citation(dataset=dataset)
        citation.usage = usages[dataset.slug]
        citations.append(citation)
    return citations
