"""Named reads of imports, their findings, sources and schedules."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from challenges.catalogue.harvest.models import HarvestedRecord, HarvestSource
from challenges.catalogue.imports.models import CatalogueImport, HarvestSchedule, ImportFinding
from challenges.catalogue.imports.rules import OPEN, UNDER_WAY, Change, ImportState
from challenges.catalogue.models import Dataset
from hackaviz.accounts.models import Person
from hackaviz.web.paging import Page

SOURCES_A_PAGE = 25
FINDINGS_A_PAGE = 50
MOST_WAITING = 50
MOST_EARLIER = 10


@dataclass(frozen=True)
class KnownSource:
    """A source as the list shows it: how many datasets came from it, how many it no longer has, what happened last."""

    source: HarvestSource
    schedule: HarvestSchedule | None
    datasets: int
    vanished: int
    last: CatalogueImport | None


def import_by_id(session: Session, import_id: int) -> CatalogueImport | None:
    """One import with whoever asked for it."""
    query = select(CatalogueImport).where(CatalogueImport.id == import_id)
    return session.scalar(query.options(joinedload(CatalogueImport.asked_by)))


def source_by_id(session: Session, source_id: int) -> HarvestSource | None:
    """One source."""
    return session.get(HarvestSource, source_id)


def schedule_of(session: Session, source: HarvestSource) -> HarvestSchedule | None:
    """When a source is harvested again."""
    return session.get(HarvestSchedule, source.id)


def schedule_at(session: Session, address: str) -> HarvestSchedule | None:
    """The schedule of the source of an address."""
    return session.scalar(select(HarvestSchedule).join(HarvestSource).where(HarvestSource.address == address))


def unfinished_imports(session: Session, address: str) -> Sequence[CatalogueImport]:
    """The imports of a source that still wait for something, the stopped ones too."""
    states = (*OPEN, ImportState.STOPPED)
    query = select(CatalogueImport).where(CatalogueImport.address == address, CatalogueImport.state.in_(states))
    return session.scalars(query.order_by(CatalogueImport.id).with_for_update()).all()


def due_import(session: Session, now: datetime) -> CatalogueImport | None:
    """The oldest import that a job may take up; None while another job is at one, so that other work is done too."""
    is_free = or_(CatalogueImport.claimed_until.is_(None), CatalogueImport.claimed_until <= now)
    at_work = select(CatalogueImport.id).where(CatalogueImport.state.in_(UNDER_WAY), ~is_free)
    if session.scalar(at_work.limit(1)):
        return None
    query = select(CatalogueImport).where(CatalogueImport.state.in_(UNDER_WAY), is_free).order_by(CatalogueImport.id)
    # The job uses it when this session is closed.
    whole = query.options(selectinload(CatalogueImport.asked_by))
    return session.scalar(whole.limit(1).with_for_update(skip_locked=True))


def due_schedule(session: Session, now: datetime) -> HarvestSchedule | None:
    """A source whose night has come."""
    query = select(HarvestSchedule).where(HarvestSchedule.next_at <= now).order_by(HarvestSchedule.next_at)
    return session.scalar(query.limit(1).with_for_update(skip_locked=True))


def waiting_imports(session: Session) -> Sequence[CatalogueImport]:
    """Imports that are under way, wait for a steward, or failed before they made a source, the latest first."""
    known = select(HarvestSource.id).where(HarvestSource.address == CatalogueImport.address).exists()
    newer = _newer_than(CatalogueImport)
    lost = (CatalogueImport.state == ImportState.FAILED) & ~known & ~newer
    states = (*OPEN, ImportState.STOPPED)
    query = select(CatalogueImport).where(or_(CatalogueImport.state.in_(states), lost))
    return session.scalars(query.order_by(CatalogueImport.id.desc()).limit(MOST_WAITING)).all()


def _newer_than(row: type[CatalogueImport]) -> ColumnElement[bool]:
    other = CatalogueImport.__table__.alias("newer")
    return select(other.c.id).where(other.c.address == row.address, other.c.id > row.id).exists()


def known_sources(session: Session, page: int) -> Page[KnownSource]:
    """One page of the sources, by name."""
    total = session.scalar(select(func.count()).select_from(HarvestSource)) or 0
    number = max(1, min(page, -(-total // SOURCES_A_PAGE)))
    query = select(HarvestSource, HarvestSchedule).outerjoin(HarvestSchedule).order_by(HarvestSource.name)
    shown = query.order_by(HarvestSource.id).offset((number - 1) * SOURCES_A_PAGE).limit(SOURCES_A_PAGE)
    rows = session.execute(shown).all()
    counts = _counts(session, [source.id for source, _schedule in rows])
    last = _last_imports(session, [source.address for source, _schedule in rows])
    known = [
        KnownSource(source, schedule, *counts.get(source.id, (0, 0)), last.get(source.address))
        for source, schedule in rows
    ]
    return Page(known, number, SOURCES_A_PAGE, total)


def _counts(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    gone = func.sum(case((HarvestedRecord.vanished_at.is_not(None), 1), else_=0))
    query = select(HarvestedRecord.source_id, func.count(), gone).where(HarvestedRecord.source_id.in_(ids))
    return {
        source: (number, vanished)
        for source, number, vanished in session.execute(query.group_by(HarvestedRecord.source_id))
    }


def _last_imports(session: Session, addresses: Sequence[str]) -> dict[str, CatalogueImport]:
    ids = select(func.max(CatalogueImport.id)).where(CatalogueImport.address.in_(addresses))
    query = select(CatalogueImport).where(CatalogueImport.id.in_(ids.group_by(CatalogueImport.address)))
    return {each.address: each for each in session.scalars(query)}


def last_import(session: Session, address: str) -> CatalogueImport | None:
    """The latest import of a source."""
    query = select(CatalogueImport).where(CatalogueImport.address == address)
    return session.scalar(query.order_by(CatalogueImport.id.desc()).limit(1))


def earlier_imports(session: Session, this: CatalogueImport) -> Sequence[CatalogueImport]:
    """The imports of the same source before this one, the latest first."""
    query = select(CatalogueImport).where(CatalogueImport.address == this.address, CatalogueImport.id < this.id)
    return session.scalars(query.order_by(CatalogueImport.id.desc()).limit(MOST_EARLIER)).all()


def findings_page(session: Session, this: CatalogueImport, change: Change, page: int) -> Page[ImportFinding]:
    """One page of what an import found of a kind, in the order of its source."""
    total = session.scalar(select(func.count()).select_from(_findings(this, change).subquery())) or 0
    number = max(1, min(page, -(-total // FINDINGS_A_PAGE)))
    shown = _findings(this, change).order_by(ImportFinding.position)
    rows = session.scalars(shown.offset((number - 1) * FINDINGS_A_PAGE).limit(FINDINGS_A_PAGE)).all()
    return Page(rows, number, FINDINGS_A_PAGE, total)


def addresses_of(session: Session, this: CatalogueImport, findings: Collection[ImportFinding]) -> dict[str, str]:
    """Where the datasets of some findings are now, by identifier: new ones had no address when they were found."""
    records = select(HarvestedRecord.identifier, Dataset.slug).join(HarvestedRecord.dataset)
    of_source = records.join(HarvestedRecord.source).where(HarvestSource.address == this.address)
    rows = session.execute(of_source.where(HarvestedRecord.identifier.in_([each.identifier for each in findings])))
    return {row.identifier: row.slug for row in rows}


def all_findings(session: Session, this: CatalogueImport) -> Iterator[ImportFinding]:
    """Everything that an import found, kind by kind."""
    query = select(ImportFinding).where(ImportFinding.import_id == this.id)
    ordered = query.order_by(ImportFinding.change, ImportFinding.position)
    return iter(session.scalars(ordered.execution_options(yield_per=1_000)))


def _findings(this: CatalogueImport, change: Change) -> Select[ImportFinding]:
    return select(ImportFinding).where(ImportFinding.import_id == this.id, ImportFinding.change == change)


def vanished_page(session: Session, source: HarvestSource | None, page: int) -> Page[HarvestedRecord]:
    """One page of the datasets that their source no longer has, the latest first; of one source, or of all."""
    query = select(HarvestedRecord).where(HarvestedRecord.vanished_at.is_not(None))
    if source is not None:
        query = query.where(HarvestedRecord.source_id == source.id)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    number = max(1, min(page, -(-total // FINDINGS_A_PAGE)))
    lists = (
        joinedload(HarvestedRecord.source),
        joinedload(HarvestedRecord.dataset).joinedload(Dataset.publisher),
    )
    shown = query.options(*lists).order_by(HarvestedRecord.vanished_at.desc(), HarvestedRecord.id)
    rows = session.scalars(shown.offset((number - 1) * FINDINGS_A_PAGE).limit(FINDINGS_A_PAGE)).all()
    return Page(rows, number, FINDINGS_A_PAGE, total)


def sources_with_vanished(session: Session) -> Sequence[HarvestSource]:
    """The sources that no longer have some of their datasets, by name."""
    ids = select(HarvestedRecord.source_id).where(HarvestedRecord.vanished_at.is_not(None))
    return session.scalars(select(HarvestSource).where(HarvestSource.id.in_(ids)).order_by(HarvestSource.name)).all()


def stewards(session: Session) -> Sequence[Person]:
    """Who keeps the catalogue: the stewards, or the administrators where there is none."""
    is_open = (Person.closed_at.is_(None), Person.email_verified_at.is_not(None))
    found = session.scalars(select(Person).where(Person.is_steward, *is_open).order_by(Person.id)).all()
    return found or session.scalars(select(Person).where(Person.is_administrator, *is_open).order_by(Person.id)).all()
