"""What jobs note of an import: taken up, looked at, written, ended. Each is part of the transaction of its work."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from challenges.catalogue.harvest.models import HarvestedRecord
from challenges.catalogue.harvest.queries import source_at
from challenges.catalogue.harvest.service import Taken
from challenges.catalogue.imports.comparing import Found
from challenges.catalogue.imports.letters import tell_stewards
from challenges.catalogue.imports.models import CatalogueImport, HarvestSchedule, ImportFinding
from challenges.catalogue.imports.queries import due_import, due_schedule, schedule_at, unfinished_imports
from challenges.catalogue.imports.rules import MOST_TRIES, UNDER_WAY, Change, ImportState, loses_much, next_harvest
from challenges.catalogue.imports.service import ask_import, wanted_again
from hackaviz.kernel.audit import record

# Longer than reading one page may take: whoever has been silent for so long is dead.
LEASE = timedelta(minutes=25)


class Ended(Exception):
    """Somebody stopped the import, or set it aside, while a job was at it."""


def claim_import(session: Session, now: datetime) -> CatalogueImport | None:
    """The next import for a job. One that killed its job again and again, without a record more, is given up."""
    this = due_import(session, now)
    while this is not None and this.tries >= MOST_TRIES:
        fail(session, this, "gave-up", "", now)
        session.flush()
        this = due_import(session, now)
    if this is not None:
        this.tries, this.claimed_until = this.tries + 1, now + LEASE
    return this


def at_work(session: Session, import_id: int, state: ImportState, now: datetime) -> CatalogueImport:
    """The import that a job is at, locked. Raises Ended when it is no longer in this state."""
    query = select(CatalogueImport).where(CatalogueImport.id == import_id).with_for_update()
    this = session.scalars(query.execution_options(populate_existing=True)).one()
    if this.state is not state:
        raise Ended
    this.claimed_until = now + LEASE
    return this


def let_go(session: Session, import_id: int, *, until: datetime | None = None) -> None:
    """Whatever came of it, another job may take it up, from that instant on."""
    session.execute(update(CatalogueImport).where(CatalogueImport.id == import_id).values(claimed_until=until))


def release_claims(session: Session) -> None:
    """Let imports go on whose job was killed."""
    session.execute(update(CatalogueImport).values(claimed_until=None))


def begin_look(session: Session, this: CatalogueImport, found_format: str) -> None:
    """Forget what a look that broke off had found."""
    session.execute(delete(ImportFinding).where(ImportFinding.import_id == this.id))
    this.found_format, this.expected = found_format, dict.fromkeys((*Change, "unchanged"), 0)
    this.records_total = 0


def add_findings(session: Session, this: CatalogueImport, found: Sequence[Found], *, unchanged: int = 0) -> None:
    """Keep findings, each kind in the order in which they come."""
    expected = Counter(this.expected)
    rows = []
    for each in found:
        rows.append({"reason": "", **each, "import_id": this.id, "position": expected[each["change"]]})
        expected[each["change"]] += 1
    if rows:
        session.execute(insert(ImportFinding), rows)
    expected["unchanged"] += unchanged
    this.expected = dict(expected)


def looked(session: Session, this: CatalogueImport, records_key: str, now: datetime) -> None:
    """All is looked at. An import by schedule goes on at once, unless so much would be lost that a person must see."""
    this.records_key, this.file_key, this.tries = records_key, None, 0
    this.state = ImportState.READY
    if this.is_scheduled and loses_much(this.expected[Change.GONE], _known(session, this)):
        _tell_once(session, this, "harvest_loses_much", now)
    elif this.is_scheduled:
        this.state, this.confirmed_at = ImportState.CONFIRMED, now
    record(session, "catalogue.import_look", subject=this, actor=None, now=now, **this.expected)


def _known(session: Session, this: CatalogueImport) -> int:
    source = source_at(session, this.address)
    query = select(func.count()).where(HarvestedRecord.vanished_at.is_(None))
    return session.scalar(query.where(HarvestedRecord.source_id == source.id)) or 0 if source else 0


def note_batch(this: CatalogueImport, outcome: Taken, read: int) -> None:
    """A batch is written: `read` records of the source are dealt with."""
    this.created += len(outcome.created)
    this.updated += len(outcome.updated)
    this.unchanged += len(outcome.unchanged)
    this.records_done, this.tries = read, 0


def finish(session: Session, this: CatalogueImport, *, refused: Sequence[str], now: datetime) -> None:
    """All is written. `refused` are the identifiers of what the database would not have."""
    rejection = {"change": Change.REJECTED, "reason": "refused-by-database", "title": "", "slug": "", "facts": []}
    add_findings(session, this, [rejection | {"identifier": each} for each in refused])
    this.vanished, this.rejected = _vanished(session, this), this.expected[Change.REJECTED]
    this.state, this.ended_at, this.records_key = ImportState.DONE, now, None
    schedule = schedule_at(session, this.address)
    if schedule is not None:
        schedule.failing_since = None
    numbers = {name: getattr(this, name) for name in ("created", "updated", "unchanged", "vanished", "rejected")}
    record(session, "catalogue.import_done", subject=this, actor=None, now=now, **numbers)


def _vanished(session: Session, this: CatalogueImport) -> int:
    """How many datasets this import marked, a job that was killed before this one included."""
    source = source_at(session, this.address)
    query = select(func.count()).where(HarvestedRecord.vanished_at == this.confirmed_at)
    return session.scalar(query.where(HarvestedRecord.source_id == source.id)) or 0 if source else 0


def fail(session: Session, this: CatalogueImport, code: str, reason: str, now: datetime) -> None:
    """The import ends here; what is written stays. Stewards are told once while a schedule goes on failing."""
    this.state, this.ended_at, this.failure_code, this.failure = ImportState.FAILED, now, code, reason
    this.records_key = this.file_key = None
    if this.is_scheduled:
        _tell_once(session, this, "harvest_failed", now)
    record(session, "catalogue.import_fail", subject=this, actor=None, now=now, code=code)


def _tell_once(session: Session, this: CatalogueImport, letter: str, now: datetime) -> None:
    """Stewards hear of the first harvest that goes wrong, not of each until one succeeds."""
    schedule = schedule_at(session, this.address)
    if schedule is not None and schedule.failing_since is None:
        schedule.failing_since = now
        tell_stewards(session, this, letter, now)


def begin_scheduled(session: Session, now: datetime) -> HarvestSchedule | None:
    """Ask for the import of a source whose night has come, unless one that a person asked for is not finished."""
    schedule = due_schedule(session, now)
    if schedule is None:
        return None
    schedule.next_at = next_harvest(schedule.rhythm, now)
    wanted = wanted_again(session, schedule.source)
    unfinished = unfinished_imports(session, wanted.address)
    if not any(each.state in UNDER_WAY or not each.is_scheduled for each in unfinished):
        ask_import(session, wanted=wanted, actor=None, now=now, is_scheduled=True)
    return schedule
