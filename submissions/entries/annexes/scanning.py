"""Looks of the antivirus at annexes. The log tells which were looked at; what it does not name is still due."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, joinedload

from hackaviz.kernel.audit import Action, record
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.storage import Storage
from submissions.entries.annexes.models import Annex
from submissions.entries.models import Entry
from submissions.entries.queries import locked_entry
from submissions.entries.scans.letters import write_infected
from submissions.intake.antivirus import Scan, Verdict, scan

WORK = "virus scans of annexes"
CLEAN, INFECTED = "annex.clean", "annex.infected"
WAIT = timedelta(minutes=10)


def note_look(session: Session, annex: Annex, found: Scan | None, now: datetime) -> None:
    """Note what the antivirus said, if it did. An infected annex is kept with its entry no more."""
    if found is None or found.verdict is Verdict.UNSCANNED:
        return
    entry, is_infected = annex.entry, found.verdict is Verdict.INFECTED
    if is_infected:
        locked_entry(session, entry)
        annex.removed_at = annex.removed_at or now
        told = {"file": annex.file_name, "occasion": annex.public_id, "signature": found.told}
        write_infected(session, entry=entry, now=now, **told)
    details = {"signature": found.told} if is_infected else {}
    verb = INFECTED if is_infected else CLEAN
    record(session, verb, subject=annex, actor=None, now=now, edition_id=entry.edition_id, **details)


def is_unscanned(session: Session, annex: Annex) -> bool:
    """Whether the antivirus has said nothing of it."""
    return session.scalar(select(~_told(CLEAN, INFECTED)).where(Annex.id == annex.id)) or False


def signature_found(session: Session, entry: Entry) -> str | None:
    """What the antivirus found in the last annex of an entry, which is kept no more because of it."""
    last = session.scalar(select(Annex).where(Annex.entry_id == entry.id).order_by(Annex.id.desc()).limit(1))
    told = select(Action).where(Action.subject_type == Annex.__tablename__, Action.verb == INFECTED)
    found = session.scalar(told.where(Action.subject_id == last.id)) if last is not None else None
    return None if found is None else str(found.details.get("signature", ""))


@dataclass
class AnnexScanner:
    """What a look needs of the application; and when those that got no answer are due again, by their number."""

    storage: Storage
    url: str
    put_off: dict[int, datetime] = field(default_factory=dict)

    def scan_due(self, transaction: Transaction, now: datetime) -> bool:
        """Look at the oldest annex that was not looked at, and note the outcome; False without an answer."""
        with transaction() as session:
            annex = _next(session, [number for number, due in self.put_off.items() if due > now])
        if annex is None:
            return False
        # Before anything that may fail: the others must have their turn.
        self.put_off[annex.id] = now + WAIT
        with self.storage.open(annex.storage_key) as stream:
            found = scan(stream, self.url)
        with transaction() as session:
            note_look(session, session.get_one(Annex, annex.id), found, utc_now())
        return found.verdict is not Verdict.UNSCANNED


def _next(session: Session, put_off: list[int]) -> Annex | None:
    kept = select(Annex).where(Annex.removed_at.is_(None), ~_told(CLEAN, INFECTED), Annex.id.not_in(put_off))
    return session.scalar(kept.options(joinedload(Annex.entry)).order_by(Annex.id).limit(1))


def _told(*verbs: str) -> ColumnElement[bool]:
    said = (Action.subject_type == Annex.__tablename__, Action.subject_id == Annex.id, Action.verb.in_(verbs))
    return exists().where(*said)
