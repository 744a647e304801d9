"""What must always hold of what was handed in: each version is the one that was sealed, and the log knows of it."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hackaviz.kernel.audit import Action
from submissions.entries.models import Entry, EntryVersion
from submissions.entries.receipts import canonical

PAGE = 200


def rewritten_versions(session: Session) -> Iterator[str]:
    """Versions whose manifest is not the one of their SHA-256, hence of the team's receipt."""
    query = select(EntryVersion.id, EntryVersion.manifest, EntryVersion.manifest_sha256).order_by(EntryVersion.id)
    for number, manifest, digest in session.execute(query).yield_per(PAGE):
        if hashlib.sha256(canonical(manifest)).hexdigest() != digest:
            yield f"version {number} is not what was handed in"


def unlogged_versions(session: Session) -> Iterator[str]:
    """Entries with more versions than the log knows of."""
    versions = select(func.count(EntryVersion.id)).where(EntryVersion.entry_id == Entry.id).scalar_subquery()
    of_it = (Action.subject_type == Entry.__tablename__, Action.subject_id == Entry.id)
    acts = select(func.count(Action.id)).where(*of_it, Action.verb == "entry.hand_in").scalar_subquery()
    for entry, count, known in session.execute(select(Entry.id, versions, acts).where(versions > acts)):
        yield f"entry {entry} has {count} versions, the log knows of {known}"


CHECKS = {"versions-whole": rewritten_versions, "versions-logged": unlogged_versions}
