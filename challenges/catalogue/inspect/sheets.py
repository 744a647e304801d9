"""Spreadsheets (XLSX, XLS, ODS) as tables."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from challenges.catalogue.inspect.delimited import name_columns
from challenges.catalogue.inspect.report import Cell, Finding, Part, Row, Table


def open_sheet(path: Path, kind: str) -> Table:
    """The first sheet that holds something; its first row names the columns. Raises CalamineError on damage."""
    from python_calamine import CalamineWorkbook

    with path.open("rb") as stream:
        book = CalamineWorkbook.from_filelike(stream)
        filled = {name: sheet for name in book.sheet_names if (sheet := _rows_of(book, name))}
    if not filled:
        empty = Finding("empty", "No sheet holds anything.")
        return Table(kind, [], lambda: iter(()), is_typed=True, findings=[empty])
    first, (header, *body) = next(iter(filled.items()))
    names, findings = name_columns(_texts(header), max(map(len, filled[first])))
    if len(filled) > 1:
        findings.append(Finding("more-sheets", f"{len(filled)} sheets hold something; the first, {first}, is read."))
    several = filled.items() if len(filled) > 1 else ()
    parts = [Part(name, len(rows) - 1, tuple(_texts(rows[0]))) for name, rows in several]
    return Table(kind, names, lambda: (list(row) for row in body), is_typed=True, findings=findings, parts=parts)


def _texts(cells: Row) -> list[str]:
    return [str(cell if cell is not None else "") for cell in cells]


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
