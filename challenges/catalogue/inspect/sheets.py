"""Spreadsheets (XLSX, XLS, ODS) as tables."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from challenges.catalogue.inspect.columns import as_text
from challenges.catalogue.inspect.delimited import name_columns
from challenges.catalogue.inspect.headings import MOST_TITLES, ROWS_BELOW, below_titles, title_rows
from challenges.catalogue.inspect.report import Cell, Finding, Part, Row, Table

ROWS_LOOKED_AT = MOST_TITLES + ROWS_BELOW


def open_sheet(path: Path, kind: str) -> Table:
    """The first sheet that holds something; its first row below titles names the columns.

    Raises ValueError or CalamineError on damage.
    """
    with path.open("rb") as stream:
        book = _open_book(stream)
        sheets = {name: rows for name in book.sheet_names if (rows := _rows_of(book, name))}
    if not sheets:
        empty = Finding("empty", "No sheet holds anything.")
        return Table(kind, [], lambda: iter(()), is_typed=True, findings=[empty])
    titles = {name: title_rows(list(map(_texts, rows[:ROWS_LOOKED_AT]))) for name, rows in sheets.items()}
    filled = {name: rows[titles[name] :] for name, rows in sheets.items()}
    first, (header, *body) = next(iter(filled.items()))
    names, findings = name_columns(_texts(header), max(map(len, filled[first])))
    findings += below_titles(titles[first])
    if len(filled) > 1:
        findings.append(Finding("more-sheets", f"{len(filled)} sheets hold something; the first, {first}, is read."))
    several = filled.items() if len(filled) > 1 else ()
    parts = [Part(name, len(rows) - 1, tuple(_texts(rows[0]))) for name, rows in several]
    return Table(kind, names, lambda: (list(row) for row in body), is_typed=True, findings=findings, parts=parts)


def _open_book(stream: BinaryIO) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(stream)
    except PasswordError as error:
        raise ValueError("The workbook is locked with a password: save it without one.") from error
    except CalamineError as error:
        raise ValueError(f"The workbook is cut short or damaged ({error}): fetch it again.") from error


def _texts(cells: Row) -> list[str]:
    return [as_text(cell) or "" for cell in cells]


def _rows_of(book: Any, name: str) -> list[Row]:
    rows = book.get_sheet_by_name(name).to_python()
    cells = [[_cell(cell) for cell in row] for row in rows]
    return [row for row in cells if any(cell not in (None, "") for cell in row)]


def _cell(value: Any) -> Cell:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime):
        # A sheet keeps days as midnights.
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else None
