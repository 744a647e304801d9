"""Gathering the records of a source: a file is read, an address fetched page by page; each in a confined process."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from challenges.catalogue.harvest.reading import record_of
from challenges.catalogue.harvest.record import HarvestedDataset, RejectedRecord, Unreadable
from hackaviz.kernel.confined import Caps, ConfinedError, Failed, OutOfMemory, TimedOut, run_confined
from hackaviz.kernel.fetch.fetching import Fetcher, FetchLimits

READ_INTO = "challenges.catalogue.harvest.reading:read_into"
# A file of JSON or CSV is read in a few MiB whatever its size; one of RDF is held as a whole.
READING_CAPS = Caps(seconds=900, memory_bytes=3 << 30, file_bytes=4 << 30)
FETCH_LIMITS = FetchLimits(bytes=200 << 20, seconds=120)
MOST_PAGES, MOST_BYTES, MOST_SECONDS = 500, 1 << 30, 1_800
Note = Callable[[int], None]


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
    source: str,
    *,
    wanted: str,
    folder: Path,
    clock: Callable[[], float],
    fetcher: Fetcher | None = None,
    note: Note = lambda _pages: None,
) -> Gathered:
    """Read a file, or fetch and read an address page by page. Raises Unreadable, FetchError or OSError.

    `note` hears how many pages are read, after each; what it raises ends the gathering.
    """
    if is_address(source):
        return _gather_pages(source, wanted, folder, _Visit(fetcher or Fetcher(limits=FETCH_LIMITS), clock, note))
    path = Path(source)
    with path.open("rb"):
        pass
    target = folder / "records"
    answer = _read(path, "", wanted, target)
    return Gathered(source, path.resolve().as_uri()[:600], path.name[:300], answer["format"], (target,))


@dataclass(frozen=True)
class _Visit:
    """What asking a portal page by page needs."""

    fetcher: Fetcher
    clock: Callable[[], float]
    note: Note


def _gather_pages(source: str, wanted: str, folder: Path, visit: _Visit) -> Gathered:
    following, found, lines, visited = source, wanted, list[Path](), set[str]()
    total, end = 0, visit.clock() + MOST_SECONDS
    while following and following not in visited:
        if len(lines) >= MOST_PAGES or total > MOST_BYTES or visit.clock() > end:
            raise Unreadable(
                f"The portal goes on beyond {MOST_PAGES} pages, {MOST_BYTES >> 20} MiB or {MOST_SECONDS // 60} minutes."
                " Nothing was imported. Ask it for larger pages, or for a part of its catalogue."
            )
        visited.add(following)
        page, target = folder / "page", folder / f"records-{len(lines)}"
        with page.open("wb") as stream:
            fetched = visit.fetcher.fetch(following, stream)
        total += fetched.bytes
        answer = _read(page, fetched.url, found, target)
        found, following = answer["format"], answer["next"]
        lines.append(target)
        visit.note(len(lines))
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


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder for the pages and records of one import."""
    return tempfile.TemporaryDirectory(prefix="harvest-")
