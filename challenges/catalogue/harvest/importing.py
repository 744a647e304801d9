"""Writing what was gathered into the catalogue, batch by batch; only what could be read as a whole comes here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from challenges.catalogue.harvest import service
from challenges.catalogue.harvest.gathering import Gathered, Note
from challenges.catalogue.harvest.queries import source_at
from challenges.catalogue.harvest.record import REASONS, HarvestedDataset, RejectedRecord
from challenges.catalogue.placing import recount
from hackaviz.accounts.models import Person
from hackaviz.kernel.jobs import Transaction

# So many hold the writer's lock for less than half a second.
BATCH = 500
# What happens in the transaction of each batch: (session, outcome, records of the source that are dealt with so far).
Within = Callable[[Session, service.Taken, int], None]


@dataclass
class Report:
    """What an import did, or would do. `rejected` holds identifiers with reasons, `vanished` counts."""

    source: str
    format: str
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    vanished: int = 0
    rejected: list[dict[str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The contract of `flask catalogue import`."""
        return vars(self)


def write(
    transaction: Transaction,
    gathered: Gathered,
    *,
    actor: Person | None,
    now: datetime,
    note: Note = lambda _done: None,
    within: Within = lambda _session, _outcome, _read: None,
    begin_at: int = 0,
) -> Report:
    """Take every record into the catalogue, and mark what the source no longer has. A second time changes nothing.

    An import that broke off goes on with the same `now`, after the first `begin_at` records. What `within` raises ends
    the import and undoes the batch in hand; those before it are kept.
    """
    report = Report(gathered.source, gathered.format)
    _attempt(lambda: _open(transaction, gathered, now))
    writing = _Writing(transaction, gathered, report, actor, now, within, begin_at)
    for batch in batches(gathered, begin_at):
        writing.take(batch)
        note(report.created + report.updated + report.unchanged)
    with transaction() as session:
        source = source_at(session, gathered.address)
        assert source is not None, "opened before the first batch"
        report.vanished = service.mark_vanished(session, source=source, since=now, now=now)
        within(session, service.Taken(), writing.read)
        recount(session)
    return report


def batches(gathered: Gathered, begin_at: int = 0) -> Iterator["Batch"]:
    """The records after the first `begin_at`, a few at a time."""
    records = gathered.records()
    # Those that were taken before are read too: the second record of an identifier may stand behind them.
    for _record in islice(records, begin_at):
        pass
    while read := list(islice(records, BATCH)):
        sound = [each for each in read if isinstance(each, HarvestedDataset)]
        yield Batch(sound, [each for each in read if isinstance(each, RejectedRecord)])


@dataclass(frozen=True)
class Batch:
    """The records that can be taken, beside those that are left out."""

    sound: Sequence[HarvestedDataset]
    left_out: Sequence[RejectedRecord]

    def __len__(self) -> int:
        return len(self.sound) + len(self.left_out)

    @property
    def identifiers_left_out(self) -> list[str]:
        """What is at the source all the same."""
        return [each.identifier for each in self.left_out]


def _open(transaction: Transaction, gathered: Gathered, now: datetime) -> None:
    facts: dict[str, Any] = {"address": gathered.address, "name": gathered.name, "format_name": gathered.format}
    with transaction() as session:
        service.open_source(session, **facts, now=now)


def _attempt(act: Callable[[], Any]) -> Any:
    """Do something, and once more when somebody else did it at the same moment; None where it is refused again."""
    for is_last in (False, True):
        try:
            return act()
        except OperationalError:
            # The database is away, or somebody holds its lock: nothing is wrong with the records.
            if is_last:
                raise
        except SQLAlchemyError:
            continue
    return None


@dataclass
class _Writing:
    """One import at work. `read` counts the records that are dealt with, whatever became of them."""

    transaction: Transaction
    gathered: Gathered
    report: Report
    actor: Person | None
    now: datetime
    within: Within
    read: int

    def take(self, batch: Batch) -> None:
        """Take a batch, and note what is left out of it."""
        for each in batch.left_out:
            self._reject(each.identifier, each.reason)
        self._take(batch.sound, batch.identifiers_left_out, self.read + len(batch))
        self.read += len(batch)

    def _take(self, sound: Sequence[HarvestedDataset], left_out: Sequence[str], read: int) -> None:
        """Take records in a transaction of their own. What the database refuses is halved until the culprit is alone.

        `read` is what is dealt with once these are taken.
        """
        outcome = _attempt(lambda: self._taken(sound, left_out, read))
        if outcome is not None:
            self._add_up(outcome)
        elif len(sound) == 1:
            self._reject(sound[0].identifier, "refused-by-database")
        else:
            middle = len(sound) // 2
            self._take(sound[:middle], left_out, self.read)
            self._take(sound[middle:], left_out, read)

    def _taken(self, sound: Sequence[HarvestedDataset], left_out: Sequence[str], read: int) -> service.Taken:
        with self.transaction() as session:
            source = source_at(session, self.gathered.address)
            assert source is not None, "opened before the first batch"
            service.note_seen(session, source=source, identifiers=left_out, now=self.now)
            outcome = service.take(session, source=source, records=sound, actor=self.actor, now=self.now)
            self.within(session, outcome, read)
        return outcome

    def _add_up(self, outcome: service.Taken) -> None:
        self.report.created += len(outcome.created)
        self.report.updated += len(outcome.updated)
        self.report.unchanged += len(outcome.unchanged)

    def _reject(self, identifier: str, reason: str) -> None:
        self.report.rejected.append({"id": identifier, "reason": REASONS[reason]})
