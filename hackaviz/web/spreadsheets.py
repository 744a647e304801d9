"""Tables that people open in a spreadsheet: CSV and XLSX, in which no cell can act as a formula."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from flask import Response

# A cell of text that begins so would be computed by the reader's program (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")
EPOCH = (1980, 1, 1, 0, 0, 0)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
}

# Text, or an exact number.
Cell = str | int | Decimal
Rows = Iterable[Sequence[Cell]]


def csv_bytes(rows: Rows) -> bytes:
    """Rows as CSV in UTF-8, with the mark by which spreadsheets know it."""
    text = io.StringIO()
    csv.writer(text).writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(rows: Rows) -> bytes:
    """Rows as one sheet of an Excel file: numbers are numbers, all else is text. The same rows give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in {**PARTS, "xl/worksheets/sheet1.xml": _sheet(rows)}.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
    return content.getvalue()


def spreadsheet(name: str, rows: Rows) -> Response:
    """Rows as a file to save; the end of its name, .csv or .xlsx, says which kind."""
    is_csv = name.endswith(".csv")
    answer = Response(csv_bytes(rows) if is_csv else xlsx_bytes(rows))
    answer.content_type = "text/csv; charset=utf-8" if is_csv else XLSX_TYPE
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def _sheet(rows: Rows) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(_xml_rows(rows))}</sheetData></worksheet>'


def _xml_rows(rows: Rows) -> Iterator[str]:
    for row in rows:
        yield f"<row>{''.join(_xml_cell(cell) for cell in row)}</row>"


def _xml_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        # XML cannot hold control characters, whatever they are escaped to.
        text = "".join(letter for letter in cell if letter >= " " or letter in "\t\n")
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
    return f"<c><v>{cell}</v></c>"
