"""Tables that people open in a spreadsheet: CSV and XLSX, in which no cell can act as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from flask import Response
from xlsxwriter import Workbook

from hackaviz.kernel.cells import harmless

# Written into the file instead of the present, so that the same rows give the same bytes.
CREATED = datetime(1980, 1, 1, tzinfo=UTC)
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# Text, or an exact number.
Cell = str | int | Decimal
Rows = Iterable[Sequence[Cell]]


def csv_bytes(rows: Rows) -> bytes:
    """Rows as CSV in UTF-8, with the mark by which spreadsheets know it."""
    text = io.StringIO()
    csv.writer(text).writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(rows: Rows) -> bytes:
    """Rows as one sheet of an Excel file: numbers are numbers, all else is text. The same rows give the same bytes."""
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": CREATED})
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                write = sheet.write_string if isinstance(cell, str) else sheet.write_number
                write(number, column, cell)
    return content.getvalue()


def spreadsheet(name: str, rows: Rows) -> Response:
    """Rows as a file to save; the end of its name, .csv or .xlsx, says which kind."""
    is_csv = name.endswith(".csv")
    answer = Response(csv_bytes(rows) if is_csv else xlsx_bytes(rows))
    answer.content_type = "text/csv; charset=utf-8" if is_csv else XLSX_TYPE
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
