"""Verbs on looks of the antivirus: noted with an upload, done again by the job process until there is an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from hackaviz.kernel.audit import record
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.storage import Storage
from submissions.entries.models import Upload, UploadState
from submissions.entries.queries import locked_entry
from submissions.entries.registry import entry_registry
from submissions.entries.scans.letters import write_infected
from submissions.entries.scans.models import ScanState, VirusScan
from submissions.intake.antivirus import Scan, Verdict, scan
from submissions.intake.report import refusal

WORK = "virus scans"
WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
STATES = {Verdict.CLEAN: ScanState.CLEAN, Verdict.INFECTED: ScanState.INFECTED, Verdict.UNSCANNED: ScanState.DUE}


def note_scan(session: Session, upload: Upload, found: Scan | None, now: datetime) -> None:
    """Note the first look at an upload that was accepted; nothing where no antivirus is configured."""
    if found is not None:
        answered_at = None if found.verdict is Verdict.UNSCANNED else now
        state = STATES[found.verdict]
        session.add(VirusScan(upload=upload, state=state, told=found.told, due_at=now + WAIT, answered_at=answered_at))


def clean_uploads(session: Session, numbers: Iterable[int]) -> set[int]:
    """Of the uploads of these numbers, those that the antivirus found clean."""
    query = select(VirusScan.upload_id).where(VirusScan.upload_id.in_(numbers), VirusScan.state == ScanState.CLEAN)
    return set(session.scalars(query))


@dataclass(frozen=True)
class Scanner:
    """What a look needs of the application."""

    storage: Storage
    url: str

    def scan_due(self, transaction: Transaction, now: datetime) -> bool:
        """Look at the upload that has waited longest, and note the outcome; False when none waits."""
        with transaction() as session:
            claimed = _claim(session, now)
        if claimed is None:
            return False
        with self.storage.open(claimed.upload.storage_key or "") as stream:
            found = scan(stream, self.url)
        with transaction() as session:
            _note(session, session.get_one(VirusScan, claimed.id), found, utc_now())
        return True


def _claim(session: Session, now: datetime) -> VirusScan | None:
    """The one that is due; another look is due later, whether or not this one comes to an end."""
    query = select(VirusScan).where(VirusScan.state == ScanState.DUE, VirusScan.due_at <= now)
    whole = joinedload(VirusScan.upload, innerjoin=True)
    due = query.options(whole).order_by(VirusScan.due_at).limit(1).with_for_update(skip_locked=True, of=VirusScan)
    claimed = session.scalar(due)
    if claimed is not None:
        claimed.attempts += 1
        claimed.due_at = now + min(WAIT * 2**claimed.attempts, LONGEST_WAIT)
    return claimed


def _note(session: Session, row: VirusScan, found: Scan, now: datetime) -> None:
    row.state, row.told = STATES[found.verdict], found.told
    row.answered_at = None if found.verdict is Verdict.UNSCANNED else now
    if found.verdict is Verdict.INFECTED:
        _withdraw(session, row.upload, found.told, now)


def _withdraw(session: Session, upload: Upload, signature: str, now: datetime) -> None:
    """Show an infected file to nobody any more. What was handed in stays on record; the team sends another file."""
    entry = locked_entry(session, upload.entry)
    reason = refusal("not-allowed.infected", item=upload.file_name, signature=signature).reasons[0]
    upload.state = UploadState.REFUSED
    upload.report = upload.report | {
        "reasons": [{"code": str(reason.code), "sentence": reason.sentence, "params": reason.params}]
    }
    if entry.current_upload_id == upload.id:
        entry.current_upload = None
    details = {"upload": upload.public_id, "signature": signature}
    record(session, "entry.infected", subject=entry, actor=None, now=now, edition_id=entry.edition_id, **details)
    told = {"file": upload.file_name, "occasion": upload.public_id, "signature": signature}
    write_infected(session, entry=entry, now=now, **told)
    for tell in entry_registry().on_upload_infected:
        tell(session, upload, signature, now)
