"""Verbs on annexes, and the reads they need."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Invalid, NotFound
from hackaviz.kernel.storage import Storage, StoredBlob
from submissions.entries.annexes.models import Annex
from submissions.entries.annexes.scanning import note_look
from submissions.entries.deadlines import require_open_draft
from submissions.entries.models import Entry
from submissions.entries.queries import entry_by_public_id, locked_entry
from submissions.intake.annex import AnnexReport, check_annex_confined
from submissions.intake.antivirus import Scan, Verdict, scan
from submissions.intake.limits import Limits
from submissions.intake.report import refusal
from submissions.intake.upload import Upload as NamedFile
from submissions.teams.policy import may_see


@dataclass(frozen=True)
class ReceivedAnnex:
    """A file that was judged and stored. `scan` is what the antivirus says; None where none is configured."""

    file_name: str
    report: AnnexReport
    blob: StoredBlob
    scan: Scan | None


def receive_annex(
    path: Path, name: str, *, storage: Storage, limits: Limits, antivirus_url: str | None = None
) -> ReceivedAnnex:
    """Judge a file in a confined process and store it. Raises Invalid, with the reason, for one that is not kept."""
    report, file_name = check_annex_confined(path, name, limits), NamedFile(path, name, limits).public_name
    if not report.accepted:
        raise Invalid(report.reasons[0].detail(_))
    found = _scan(path, antivirus_url)
    if found is not None and found.verdict is Verdict.INFECTED:
        raise Invalid(refusal("not-allowed.infected", item=file_name, signature=found.told).reasons[0].detail(_))
    with path.open("rb") as file:
        return ReceivedAnnex(file_name, report, storage.write(file), found)


def _scan(path: Path, antivirus_url: str | None) -> Scan | None:
    if antivirus_url is None:
        return None
    with path.open("rb") as file:
        return scan(file, antivirus_url)


def keep_annex(session: Session, *, entry: Entry, received: ReceivedAnnex, actor: Person, now: datetime) -> Annex:
    """Keep a file with the entry, in place of the one before. Raises TooLate after the deadline."""
    blob = received.blob
    annex = Annex(
        sent_by_id=actor.id,
        file_name=received.file_name,
        bytes=blob.bytes,
        sha256=blob.sha256,
        storage_key=blob.key,
        names=list(received.report.names),
        received_at=now,
    )
    _add(session, entry, annex, actor, now)
    note_look(session, annex, received.scan, now)
    return annex


def keep_annex_again(session: Session, *, entry: Entry, frozen: Any, actor: Person, now: datetime) -> None:
    """Keep what a version froze, as manifests name it, in place of what is kept now; nothing where it froze nothing."""
    kept = annex_of(session, entry)
    if (None if kept is None else kept.as_frozen()) == frozen:
        return
    if frozen is None:
        remove_annex(session, entry=entry, actor=actor, now=now)
        return
    sent = session.scalars(select(Annex).where(Annex.entry_id == entry.id, Annex.sha256 == frozen["sha256"])).all()
    before = next(annex for annex in sent if annex.as_frozen() == frozen)
    facts = ("sent_by_id", "file_name", "bytes", "sha256", "storage_key", "names", "received_at")
    _add(session, entry, Annex(**{name: getattr(before, name) for name in facts}), actor, now)


def remove_annex(session: Session, *, entry: Entry, actor: Person, now: datetime) -> None:
    """Take the annex back; nothing happens where there is none. Raises TooLate after the deadline."""
    entry = locked_entry(session, entry)
    require_open_draft(entry, now)
    annex = annex_of(session, entry)
    if annex is not None:
        annex.removed_at = now
        record(session, "entry.remove_annex", subject=entry, actor=actor, now=now, edition_id=entry.edition_id)


def _add(session: Session, entry: Entry, annex: Annex, actor: Person, now: datetime) -> Annex:
    remove_annex(session, entry=entry, actor=actor, now=now)
    annex.entry = entry
    session.add(annex)
    act = {"sha256": annex.sha256}
    record(session, "entry.keep_annex", subject=entry, actor=actor, now=now, edition_id=entry.edition_id, **act)
    return annex


def annex_of(session: Session, entry: Entry) -> Annex | None:
    """The annex of an entry."""
    query = select(Annex).where(Annex.entry_id == entry.id, Annex.removed_at.is_(None)).order_by(Annex.id.desc())
    return session.scalar(query.limit(1))


def find_annexed(session: Session, public_id: str, person: Any) -> Entry:
    """An entry, for its team and the organisers. Raises NotFound for everybody else: a jury reviews blind."""
    entry = entry_by_public_id(session, public_id)
    if entry is None or not may_see(person, entry.team):
        raise NotFound(_("There is no entry at this address, or it is not yours."))
    return entry
