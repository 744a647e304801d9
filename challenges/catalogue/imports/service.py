"""What stewards do with imports and schedules."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.catalogue.harvest.gathering import is_address
from challenges.catalogue.harvest.models import HarvestSource
from challenges.catalogue.imports.models import CatalogueImport, HarvestSchedule
from challenges.catalogue.imports.queries import last_import, schedule_of, unfinished_imports
from challenges.catalogue.imports.rules import UNDER_WAY, ImportState, Rhythm, may_become, next_harvest
from challenges.catalogue.placing import recount
from challenges.catalogue.rules import safe_file_name
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Conflict, Invalid

_UNDER_WAY = _l("This source is being imported just now. Wait for its end, or stop it.")
_NO_ADDRESS = _l("A file has no address to be harvested again. Send the new file instead.")


class ImportUnderWay(Invalid):
    """A source is imported once at a time."""

    code = "import-under-way"


class NotNow(Conflict):
    """The import is no longer where this act is possible."""

    code = "import-moved-on"


@dataclass(frozen=True)
class Wanted:
    """What is to be imported: an address, or a file that is stored. `address` makes it the same source next time."""

    address: str
    name: str
    format: str = "auto"
    file_key: str | None = None


def uploaded(file_name: str, key: str, wanted_format: str) -> Wanted:
    """A file that a steward sent: a later one of the same name is the same source."""
    name = safe_file_name(file_name)
    return Wanted(f"upload:{name}", name, wanted_format, key)


def wanted_again(session: Session, source: HarvestSource) -> Wanted:
    """A source as it was imported before. Raises Invalid for a file, which has no address."""
    if not is_address(source.address):
        raise Invalid(_NO_ADDRESS, field="rhythm")
    last = last_import(session, source.address)
    return Wanted(source.address, source.name, last.wanted_format if last else "auto")


def ask_import(
    session: Session, *, wanted: Wanted, actor: Person | None, now: datetime, is_scheduled: bool = False
) -> CatalogueImport:
    """Let a job look at a source; nothing changes until somebody confirms. Raises ImportUnderWay.

    What an earlier import of this source still waited for is set aside.
    """
    for earlier in unfinished_imports(session, wanted.address):
        if earlier.state in UNDER_WAY:
            raise ImportUnderWay(_UNDER_WAY, field="address")
        _end(earlier, ImportState.SET_ASIDE, now)
    new = CatalogueImport(
        address=wanted.address,
        name=wanted.name,
        wanted_format=wanted.format,
        file_key=wanted.file_key,
        is_scheduled=is_scheduled,
        asked_by_id=actor.id if actor else None,
        asked_at=now,
    )
    try:
        with session.begin_nested():
            session.add(new)
    except IntegrityError as error:
        raise ImportUnderWay(_UNDER_WAY, field="address") from error
    record(session, "catalogue.import_ask", subject=new, actor=actor, now=now, source=wanted.address)
    return new


def confirm_import(session: Session, *, this: CatalogueImport, actor: Person, now: datetime) -> None:
    """Let a job write what was looked at."""
    _step(session, this, ImportState.CONFIRMED)
    this.confirmed_at = now
    record(session, "catalogue.import_confirm", subject=this, actor=actor, now=now, **this.expected)


def stop_import(session: Session, *, this: CatalogueImport, actor: Person, now: datetime) -> None:
    """Stop writing. What is written stays; the import can go on later."""
    _step(session, this, ImportState.STOPPED)
    this.ended_at = now
    recount(session)
    record(session, "catalogue.import_stop", subject=this, actor=actor, now=now, done=this.records_done)


def resume_import(session: Session, *, this: CatalogueImport, actor: Person, now: datetime) -> None:
    """Let a stopped import go on after what is written."""
    if any(each.state in UNDER_WAY for each in unfinished_imports(session, this.address)):
        raise NotNow(_UNDER_WAY)
    _step(session, this, ImportState.CONFIRMED)
    this.ended_at, this.tries = None, 0
    record(session, "catalogue.import_resume", subject=this, actor=actor, now=now, done=this.records_done)


def set_aside_import(session: Session, *, this: CatalogueImport, actor: Person, now: datetime) -> None:
    """Do not import what was looked at, or no longer; nothing that is written changes."""
    lock_row(session, this)
    _check(this, ImportState.SET_ASIDE)
    _end(this, ImportState.SET_ASIDE, now)
    record(session, "catalogue.import_set_aside", subject=this, actor=actor, now=now)


def set_schedule(
    session: Session, *, source: HarvestSource, rhythm: Rhythm | None, actor: Person | None, now: datetime
) -> None:
    """Harvest a source again and again by night, or no longer. Raises Invalid for a file, which has no address."""
    if not is_address(source.address):
        raise Invalid(_NO_ADDRESS, field="rhythm")
    lock_row(session, source)
    schedule = schedule_of(session, source)
    if rhythm is None and schedule is not None:
        session.delete(schedule)
    elif rhythm is not None:
        schedule = schedule or HarvestSchedule(source_id=source.id)
        schedule.rhythm, schedule.next_at = rhythm, next_harvest(rhythm, now)
        schedule.set_by_id = actor.id if actor else None
        session.add(schedule)
    word = rhythm.value if rhythm else "never"
    record(session, "catalogue.schedule", subject=source, actor=actor, now=now, rhythm=word)


def _step(session: Session, this: CatalogueImport, after: ImportState) -> None:
    lock_row(session, this)
    _check(this, after)
    this.state = after


def _check(this: CatalogueImport, after: ImportState) -> None:
    if not may_become(this.state, after):
        raise NotNow(_l("This import has moved on meanwhile, so nothing was changed. Look at its page again."))


def _end(this: CatalogueImport, state: ImportState, now: datetime) -> None:
    # The files are swept away once no row names them.
    this.state, this.ended_at, this.file_key, this.records_key = state, now, None, None
