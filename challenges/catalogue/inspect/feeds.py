"""A GTFS feed: timetables as tables of text in a ZIP. Which feed it is, and what its tables hold."""

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from challenges.catalogue.inspect.archives import LARGEST_MEMBER
from challenges.catalogue.inspect.report import Finding, Part, Table

MOST_TABLES = 100
Record = dict[str, str]


def open_feed(path: Path) -> Table:
    """The tables of a feed; none of them is the one table of the file. Raises BadZipFile or ValueError."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith(".txt") and "__MACOSX" not in name]
        parts = [_part(archive, name) for name in sorted(names)[:MOST_TABLES]]
        said = Finding("feed", f"The feed {_described(archive, names)}.")
    return Table("gtfs", [], lambda: iter(()), findings=[said], parts=parts)


def _part(archive: zipfile.ZipFile, name: str) -> Part:
    rows = _rows(archive, name)
    header = next(rows, [])
    return Part(Path(name).stem, sum(1 for _row in rows), tuple(header))


def _rows(archive: zipfile.ZipFile, name: str) -> Iterator[list[str]]:
    if archive.getinfo(name).file_size > LARGEST_MEMBER:
        raise ValueError(f"{name} is larger than {LARGEST_MEMBER >> 20} MiB: unpack it first.")
    with archive.open(name) as packed:
        text = io.TextIOWrapper(packed, encoding="utf-8-sig", errors="replace", newline="")
        yield from (row for row in csv.reader(line.replace("\0", "") for line in text) if row)


def _described(archive: zipfile.ZipFile, names: list[str]) -> str:
    """Who publishes it, for which agencies, from when to when: as far as the feed says so."""
    info, agency = (_first(archive, names, stem) for stem in ("feed_info", "agency"))
    calendar = _first(archive, names, "calendar")
    who = [info.get("feed_publisher_name", ""), agency.get("agency_name", "")]
    start = _day(info.get("feed_start_date") or calendar.get("start_date", ""))
    end = _day(info.get("feed_end_date") or calendar.get("end_date", ""))
    said = [" · ".join(dict.fromkeys(filter(None, who))) or "of an agency without a name"]
    said += [f"from {start}"] if start else []
    said += [f"to {end}"] if end else []
    return " ".join(said)[:300]


def _first(archive: zipfile.ZipFile, names: list[str], stem: str) -> Record:
    """The first record of a table, by its columns; nothing where there is no such table."""
    name = next((name for name in names if Path(name).stem.lower() == stem), None)
    rows = _rows(archive, name) if name else iter(())
    header = [cell.strip() for cell in next(rows, [])]
    return dict(zip(header, (cell.strip() for cell in next(rows, [])), strict=False))


def _day(text: str) -> str:
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdigit() else text
