"""Read a CSV file with named columns, so that every refusal can name its line."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from judging.ranking.refusals import Refused, Unreadable, listed


class Row(NamedTuple):
    """The cells of one line, in the order of the columns asked for, and where it stands in the file."""

    line: int
    cells: tuple[str, ...]


def read_rows(path: Path, needed: Sequence[str], optional: Sequence[str] = ()) -> tuple[tuple[str, ...], list[Row]]:
    """The columns found, of those needed and optional, and the rows; other columns and empty lines are passed over.

    Raises Unreadable for a file that is no such table, Refused for a row of another length or with an unnamed item.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = csv.reader(stream, strict=True)
            header = [cell.strip().casefold() for cell in next(lines, [])]
            columns = _columns(header, needed, optional)
            return columns, list(_rows(lines, header, columns))
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}. Give the path of a CSV file.") from error
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path} is not written in UTF-8. Save it as CSV in UTF-8.") from error
    except csv.Error as error:
        raise Unreadable(f"{path} is not a CSV file: {error}. Save it as CSV, with commas.") from error


def _columns(header: Sequence[str], needed: Sequence[str], optional: Sequence[str]) -> tuple[str, ...]:
    missing = [name for name in needed if name not in header]
    if missing:
        wanted = f"The first line must name the columns {','.join(needed)}; there is no {listed(missing)}."
        raise Unreadable(f"{wanted} {_advice(header)}")
    found = tuple(name for name in [*needed, *optional] if name in header)
    twice = [name for name in found if header.count(name) > 1]
    if twice:
        raise Unreadable(f"The first line names {listed(twice)} twice. Keep one column of that name.")
    return found


def _advice(header: Sequence[str]) -> str:
    """What to do about columns that are missing: spreadsheets often part them by something else than commas."""
    if not any(header):
        return "It is empty: begin the file with the names of its columns."
    parted = next((name for sign, name in ((";", "semicolons"), ("\t", "tabs")) if any(sign in c for c in header)), "")
    if parted:
        return f"The cells are parted by {parted}: save the file with commas."
    return "Correct the first line."


def _rows(lines: Iterator[list[str]], header: Sequence[str], columns: Sequence[str]) -> Iterator[Row]:
    places = [header.index(name) for name in columns]
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        line = lines.line_num  # type: ignore[attr-defined]
        if len(cells) != len(header):
            raise Refused(f"Line {line} has {len(cells)} cells and the first line {len(header)}. Give it one for each.")
        yield Row(line, tuple(cells[place].strip() for place in places))
