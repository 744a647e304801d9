"""What people open in a spreadsheet: exact, whole, and without formulas."""

import csv
import io
import zipfile
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from hackaviz.web.spreadsheets import csv_bytes, spreadsheet, xlsx_bytes

ROWS = [["Équipe", "Amount"], ["Tides & <co>", Decimal("16.01")], ["=1+1", -5]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_csv_begins_a_formula(start):
    [[cell]] = csv.reader(io.StringIO(csv_bytes([[f"{start}cmd()"]]).decode("utf-8-sig"), newline=""))
    assert cell == f"'{start}cmd()"


def test_numbers_stay_numbers_below_zero_too():
    assert list(csv.reader(io.StringIO(csv_bytes(ROWS).decode("utf-8-sig"))))[2][1] == "-5"


def _read(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_an_excel_file_holds_texts_as_texts_and_numbers_exactly():
    assert _read(xlsx_bytes(ROWS)) == [["Équipe", "Amount"], ["Tides & <co>", 16.01], ["=1+1", -5]]
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(ROWS))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<v>16.01</v>" in sheet
    assert b"<f>" not in sheet, "a formula"


def test_an_excel_file_bears_no_date_of_its_making():
    content = xlsx_bytes(ROWS)
    assert xlsx_bytes(ROWS) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {part.date_time[0] for part in archive.infolist()} == {1980}
        assert b"1980-01-01" in archive.read("docProps/core.xml")


def test_control_characters_cannot_break_an_excel_file():
    assert _read(xlsx_bytes([["a\x00b\x0bc"]])) == [["a\x00b\x0bc"]]


@pytest.mark.parametrize(("name", "kind"), [("a.csv", "text/csv"), ("a.xlsx", "spreadsheetml.sheet")])
def test_a_spreadsheet_is_a_file_to_save(name, kind):
    answer = spreadsheet(name, ROWS)
    assert kind in answer.content_type
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
