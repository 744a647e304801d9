"""One import from beginning to end: fetch, read confined, and only when all could be read, write batch by batch."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from challenges.catalogue.harvest import service
from challenges.catalogue.harvest.queries import source_at
from challenges.catalogue.harvest.reading import record_of
from challenges.catalogue.harvest.record import REASONS, HarvestedDataset, RejectedRecord, Unreadable
from challenges.catalogue.placing import recount
from hackaviz.accounts.models import Person
from hackaviz.kernel.confined import Caps, ConfinedError, Failed, OutOfMemory, TimedOut, run_confined
from hackaviz.kernel.fetch.fetching import Fetcher, FetchLimits
from hackaviz.kernel.jobs import Transaction

READ_INTO = "challenges.catalogue.harvest.reading:read_into"
# A file of JSON or CSV is read in a few MiB whatever its size; one of RDF is held as a whole.
READING_CAPS = Caps(seconds=900, memory_bytes=3 << 30, file_bytes=4 << 30)
FETCH_LIMITS = FetchLimits(bytes=200 << 20, seconds=120)
MOST_PAGES, MOST_BYTES, MOST_SECONDS = 500, 1 << 30, 1_800
BATCH = 250
Note = Callable[[int], None]


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


@dataclass(frozen=True)
class Gathered:
    """All records of a source, cleaned, one a line. `address` is what makes it the same source the next time."""

    source: str
    address: str
    name: str
    format: str
    lines: tuple[Path, ...]

    def records(self) -> Iterator[HarvestedDataset | RejectedRecord]:
        """Each record; the second one of the same identifier is rejected."""
        seen: set[str] = set()
        for path in self.lines:
            with path.open(encoding="utf-8") as lines:
                for line in lines:
                    record = record_of(line)
                    if isinstance(record, HarvestedDataset) and record.identifier in seen:
                        record = RejectedRecord(record.identifier, "twice")
                    seen.add(record.identifier)
                    yield record


def is_address(source: str) -> bool:
    """Whether a source is fetched rather than opened."""
    return source.lower().startswith(("http://", "https://"))


def gather(
    source: str, *, wanted: str, folder: Path, clock: Callable[[], float], fetcher: Fetcher | None = None
) -> Gathered:
    """Read a file, or fetch and read an address page by page. Raises Unreadable, FetchError or OSError."""
    if is_address(source):
        return _gather_pages(source, wanted, folder, fetcher or Fetcher(limits=FETCH_LIMITS), clock)
    path = Path(source)
    with path.open("rb"):
        pass
    target = folder / "records"
    answer = _read(path, "", wanted, target)
    return Gathered(source, path.resolve().as_uri()[:600], path.name[:300], answer["format"], (target,))


def _gather_pages(source: str, wanted: str, folder: Path, fetcher: Fetcher, clock: Callable[[], float]) -> Gathered:
    following, found, lines, visited = source, wanted, list[Path](), set[str]()
    total, end = 0, clock() + MOST_SECONDS
    while following and following not in visited:
        if len(lines) >= MOST_PAGES or total > MOST_BYTES or clock() > end:
            raise Unreadable(
                f"The portal goes on beyond {MOST_PAGES} pages, {MOST_BYTES >> 20} MiB or {MOST_SECONDS // 60} minutes."
                " Nothing was imported. Ask it for larger pages, or for a part of its catalogue."
            )
        visited.add(following)
        page, target = folder / "page", folder / f"records-{len(lines)}"
        with page.open("wb") as stream:
            fetched = fetcher.fetch(following, stream)
        total += fetched.bytes
        answer = _read(page, fetched.url, found, target)
        found, following = answer["format"], answer["next"]
        lines.append(target)
    return Gathered(source, source[:600], (urlsplit(source).netloc or source)[:300], found, tuple(lines))


def _read(path: Path, address: str, wanted: str, target: Path) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = run_confined(
            READ_INTO, str(path.resolve()), address, wanted, str(target.resolve()), caps=READING_CAPS
        )
    except Failed as error:
        if error.kind != "Unreadable":
            raise Unreadable(f"The file could not be understood ({error}). Nothing was imported.") from error
        raise Unreadable(str(error).partition(": ")[2]) from error
    except (TimedOut, OutOfMemory) as error:
        raise Unreadable(f"The file asks for too much: {error}. Nothing was imported. Import it in pages.") from error
    except ConfinedError as error:
        raise Unreadable("Reading the file broke off. Nothing was imported. Fetch it again, or in pages.") from error
    return answer


def write(
    transaction: Transaction,
    gathered: Gathered,
    *,
    actor: Person | None,
    now: datetime,
    note: Note = lambda _done: None,
) -> Report:
    """Take every record into the catalogue, and mark what the source no longer has. A second time changes nothing."""
    report = Report(gathered.source, gathered.format)
    facts: dict[str, Any] = {
        "address": gathered.address,
        "name": gathered.name,
        "format_name": gathered.format,
        "now": now,
    }
    _attempt(lambda: _open(transaction, facts))
    for batch, left_out in _batches(gathered, report):
        _take(transaction, gathered, batch=batch, left_out=left_out, report=report, actor=actor, now=now)
        note(report.created + report.updated + report.unchanged)
    with transaction() as session:
        source = service.open_source(session, **facts)
        report.vanished = service.mark_vanished(session, source=source, since=now, now=now)
        recount(session)
    return report


def preview(transaction: Transaction, gathered: Gathered, *, now: datetime) -> Report:
    """What `write` would do; it changes nothing."""
    report, present = Report(gathered.source, gathered.format), 0
    with transaction() as session:
        source = source_at(session, gathered.address)
        for batch, left_out in _batches(gathered, report):
            _add_up(report, service.compare(session, source=source, records=batch, name=gathered.name))
            present += service.count_present(session, source=source, identifiers=[*left_out, *map(_identifier, batch)])
        report.vanished = service.count_unseen(session, source=source, since=now) - present
    return report


def _identifier(record: HarvestedDataset) -> str:
    return record.identifier


def _open(transaction: Transaction, facts: dict[str, Any]) -> None:
    with transaction() as session:
        service.open_source(session, **facts)


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


def _batches(gathered: Gathered, report: Report) -> Iterator[tuple[list[HarvestedDataset], list[str]]]:
    """The records that can be taken, by batches, beside the identifiers of the others, which go into the report."""
    records = gathered.records()
    while batch := list(islice(records, BATCH)):
        left_out = [each for each in batch if isinstance(each, RejectedRecord)]
        for each in left_out:
            _reject(report, each.identifier, each.reason)
        yield [each for each in batch if isinstance(each, HarvestedDataset)], [each.identifier for each in left_out]


def _reject(report: Report, identifier: str, reason: str) -> None:
    report.rejected.append({"id": identifier, "reason": REASONS[reason]})


def _take(
    transaction: Transaction,
    gathered: Gathered,
    *,
    batch: list[HarvestedDataset],
    left_out: list[str],
    report: Report,
    actor: Person | None,
    now: datetime,
) -> None:
    """Take a batch in its own transaction. One that the database refuses is halved until the culprit stands alone."""
    outcome = _attempt(
        lambda: _taken(transaction, gathered.address, batch=batch, left_out=left_out, actor=actor, now=now)
    )
    if outcome is not None:
        _add_up(report, outcome)
    elif len(batch) == 1:
        _reject(report, batch[0].identifier, "refused-by-database")
    else:
        middle = len(batch) // 2
        for half in (batch[:middle], batch[middle:]):
            _take(transaction, gathered, batch=half, left_out=left_out, report=report, actor=actor, now=now)


def _taken(
    transaction: Transaction,
    address: str,
    *,
    batch: list[HarvestedDataset],
    left_out: list[str],
    actor: Person | None,
    now: datetime,
) -> service.Taken:
    with transaction() as session:
        source = source_at(session, address)
        assert source is not None, "opened before the first batch"
        service.note_seen(session, source=source, identifiers=left_out, now=now)
        return service.take(session, source=source, records=batch, actor=actor, now=now)


def _add_up(report: Report, outcome: service.Taken) -> None:
    report.created += len(outcome.created)
    report.updated += len(outcome.updated)
    report.unchanged += len(outcome.unchanged)


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder for the pages and records of one import."""
    return tempfile.TemporaryDirectory(prefix="harvest-")
