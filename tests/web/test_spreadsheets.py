"""What people open in a spreadsheet: exact, whole, and without formulas."""

import csv
import io
import zipfile
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from hackaviz.web.spreadsheets import MAIN, csv_bytes, spreadsheet, xlsx_bytes

ROWS = [["Équipe", "Amount"], ["Tides & <co>", Decimal("16.01")], ["=1+1", -5]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_csv_begins_a_formula(start):
    [[cell]] = csv.reader(io.StringIO(csv_bytes([[f"{start}cmd()"]]).decode("utf-8-sig"), newline=""))
    assert cell == f"'{start}cmd()"


def test_numbers_stay_numbers_below_zero_too():
    assert list(csv.reader(io.StringIO(csv_bytes(ROWS).decode("utf-8-sig"))))[2][1] == "-5"


def test_an_excel_file_holds_texts_as_texts_and_numbers_exactly():
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(ROWS))) as archive:
        sheet = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        assert archive.testzip() is None
    rows = [["".join(cell.itertext()) for cell in row] for row in sheet.iter(f"{{{MAIN}}}row")]
    assert rows == [["Équipe", "Amount"], ["Tides & <co>", "16.01"], ["=1+1", "-5"]]
    assert [cell.get("t") for cell in sheet.iter(f"{{{MAIN}}}c")] == [*["inlineStr"] * 3, None, "inlineStr", None]
    assert list(sheet.iter(f"{{{MAIN}}}f")) == []


def test_the_same_rows_give_the_same_bytes_and_control_characters_cannot_break_them():
    assert xlsx_bytes(ROWS) == xlsx_bytes(ROWS)
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes([["a\x00b\x0bc"]]))) as archive:
        assert "".join(ET.fromstring(archive.read("xl/worksheets/sheet1.xml")).itertext()) == "abc"


@pytest.mark.parametrize(("name", "kind"), [("a.csv", "text/csv"), ("a.xlsx", "spreadsheetml.sheet")])
def test_a_spreadsheet_is_a_file_to_save(name, kind):
    answer = spreadsheet(name, ROWS)
    assert kind in answer.content_type
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
