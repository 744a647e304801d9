"""The jobs of imports: look at a source, write what was confirmed, harvest again by night.

Killed at any moment, they go on: a look begins anew, writing goes on after the last batch that was committed.
"""

import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from challenges.catalogue.harvest.gathering import FETCH_LIMITS, Gathered, gather, scratch
from challenges.catalogue.harvest.importing import Batch, batches, write
from challenges.catalogue.harvest.queries import source_at
from challenges.catalogue.harvest.record import REASONS, Unreadable
from challenges.catalogue.harvest.service import Taken
from challenges.catalogue.imports import progress
from challenges.catalogue.imports.comparing import compared, gone
from challenges.catalogue.imports.models import CatalogueImport
from challenges.catalogue.imports.rules import Change, ImportState
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.fetch.errors import FetchError
from hackaviz.kernel.fetch.fetching import Fetcher
from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.storage import Storage

WORK = "catalogue imports"
PORTALS = Fetcher(limits=FETCH_LIMITS)
# What is away comes back: each try waits longer than the one before.
AGAIN_AFTER = timedelta(minutes=5)


def begin_due_harvest(transaction: Transaction, now: datetime) -> bool:
    """Ask for one import whose night has come; False when there is none."""
    with transaction() as session:
        return progress.begin_scheduled(session, now) is not None


@dataclass(frozen=True)
class Importer:
    """Does imports, one at a time."""

    storage: Storage
    fetcher: Fetcher = PORTALS
    clock: Callable[[], datetime] = utc_now

    def step(self, transaction: Transaction, now: datetime) -> bool:
        """Look at one source, or write what was confirmed of one; False when nothing is due."""
        with transaction() as session:
            this = progress.claim_import(session, now)
        if this is None:
            return False
        state = this.state
        try:
            with scratch() as folder:
                _Job(self, transaction, this, state, Path(folder), now).work()
        except progress.Ended:
            pass
        except (Unreadable, FetchError) as error:
            with suppress(progress.Ended), transaction() as session:
                progress.fail(session, progress.at_work(session, this.id, state, now), *_reason(error), now)
        except Exception:
            # The storage or the database is away: the next sweep tries again.
            with transaction() as session:
                progress.let_go(session, this.id, until=now + AGAIN_AFTER * this.tries)
            raise
        with transaction() as session:
            progress.let_go(session, this.id)
        return True


def _reason(error: FetchError | Unreadable) -> tuple[str, str]:
    return error.code if isinstance(error, FetchError) else "unreadable", str(error)


@dataclass(frozen=True)
class _Job:
    """One import in hand."""

    house: Importer
    transaction: Transaction
    this: CatalogueImport
    state: ImportState
    folder: Path
    now: datetime

    def work(self) -> None:
        """What its state asks for."""
        if self.state is ImportState.ASKED:
            self._look()
        else:
            self._write()

    def _at_work(self, session: Session) -> CatalogueImport:
        return progress.at_work(session, self.this.id, self.state, self.house.clock())

    def _look(self) -> None:
        gathered = self._gather()
        with self.transaction() as session:
            progress.begin_look(session, self._at_work(session), gathered.format)
        seen = set[str]()
        for batch in batches(gathered):
            seen.update((each.identifier for each in batch.sound), batch.identifiers_left_out)
            self._compare(gathered, batch)
        self._note_gone(seen)
        with self._joined(gathered).open("rb") as stream:
            key = self.house.storage.write(stream).key
        with self.transaction() as session:
            progress.looked(session, self._at_work(session), key, self.now)

    def _gather(self) -> Gathered:
        source = self.this.address
        if self.this.file_key is not None:
            source = str(self._fetched(self.this.file_key, "upload"))
        gathered = gather(
            source,
            wanted=self.this.wanted_format,
            folder=self.folder,
            clock=time.monotonic,
            fetcher=self.house.fetcher,
            note=self._note_pages,
        )
        return replace(gathered, source=self.this.address, address=self.this.address, name=self.this.name)

    def _note_pages(self, pages: int) -> None:
        with self.transaction() as session:
            self._at_work(session).pages_read = pages

    def _compare(self, gathered: Gathered, batch: Batch) -> None:
        rejected = [
            {"change": Change.REJECTED, "identifier": each.identifier, "reason": each.reason}
            | {"title": "", "slug": "", "facts": []}
            for each in batch.left_out
        ]
        with self.transaction() as session:
            this = self._at_work(session)
            source = source_at(session, gathered.address)
            found, same = compared(session, source=source, records=batch.sound, name=gathered.name)
            progress.add_findings(session, this, [*found, *rejected], unchanged=same)
            this.records_total += len(batch)

    def _note_gone(self, seen: set[str]) -> None:
        after: int | None = 0
        while after is not None:
            with self.transaction() as session:
                this = self._at_work(session)
                source = source_at(session, self.this.address)
                if source is None:
                    return
                found, after = gone(session, source=source, seen=seen, after=after)
                progress.add_findings(session, this, found)

    def _joined(self, gathered: Gathered) -> Path:
        joined = self.folder / "all-records"
        with joined.open("wb") as target:
            for path in gathered.lines:
                with path.open("rb") as lines:
                    shutil.copyfileobj(lines, target)
        return joined

    def _write(self) -> None:
        this = self.this
        lines = self._fetched(str(this.records_key), "records")
        gathered = Gathered(this.address, this.address, this.name, this.found_format, (lines,))
        report = write(
            self.transaction,
            gathered,
            actor=this.asked_by,
            now=this.confirmed_at or self.now,
            within=self._note_batch,
            begin_at=this.records_done,
        )
        refused = [each["id"] for each in report.rejected if each["reason"] == REASONS["refused-by-database"]]
        with self.transaction() as session:
            progress.finish(session, self._at_work(session), refused=refused, now=self.house.clock())

    def _note_batch(self, session: Session, outcome: Taken, read: int) -> None:
        progress.note_batch(self._at_work(session), outcome, read)

    def _fetched(self, key: str, name: str) -> Path:
        path = self.folder / name
        with self.house.storage.open(key) as stored, path.open("wb") as target:
            shutil.copyfileobj(stored, target)
        return path
