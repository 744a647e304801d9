"""Code to load a file: with its separator, decimal sign and encoding, and safe whatever the names are."""

import ast

import pytest

from challenges.catalogue.loading import JAVASCRIPT, PYTHON, File, R, file_of, snippets

ADDRESS = "https://data.example/files/1"


def test_french_tables_are_loaded_with_what_was_found_in_them():
    inspection = {
        "encoding": "cp1252",
        "delimiter": ";",
        "decimal": ",",
        "columns": [{"name": "dep", "type": "string"}, {"name": "taux", "type": "number"}],
        "preview": [["013", "1,5"], ["2A", "2,5"]],
    }
    code = snippets(file_of(ADDRESS, "csv", inspection))
    for option in ('sep=";"', 'decimal=","', 'encoding="cp1252"', 'dtype={"dep": str}'):
        assert option in code[PYTHON]
    assert 'delim = ";"' in code[R]
    assert 'locale(decimal_mark = ",", encoding = "windows-1252")' in code[R]
    assert 'new TextDecoder("windows-1252")' in code[JAVASCRIPT]
    assert 'd3.dsvFormat(";")' in code[JAVASCRIPT]
    assert 'row[name].replace(",", ".")' in code[JAVASCRIPT]


def test_a_plain_table_is_loaded_without_options():
    code = snippets(file_of(ADDRESS, "csv", None))
    assert code[PYTHON] == f'import pandas as pd\n\ndata = pd.read_csv(\n    "{ADDRESS}",\n)'
    assert "d3.csvParse(text)" in code[JAVASCRIPT]
    assert "locale" not in code[R]


def test_a_table_without_names_is_given_those_of_its_page():
    columns = [{"name": "column_1", "type": "date"}, {"name": "column_2", "type": "string"}]
    code = snippets(file_of(ADDRESS, "csv", {"columns": columns, "findings": [{"code": "no-header"}]}))
    assert 'names=["column_1", "column_2"]' in code[PYTHON]
    assert 'col_names = c("column_1", "column_2")' in code[R]
    assert r'd3.csvParse("column_1,column_2\n" + text)' in code[JAVASCRIPT]


def test_tabs_are_written_as_escapes():
    assert r'sep="\t"' in snippets(file_of(ADDRESS, "tsv", None))[PYTHON]


@pytest.mark.parametrize(
    "file_format", ["csv", "tsv", "xlsx", "xls", "ods", "json", "geojson", "shapefile", "parquet", "gtfs"]
)
def test_each_format_that_is_read_here_has_code_that_names_the_file(file_format: str):
    code = snippets(File(ADDRESS, file_format))
    assert {PYTHON, R} <= code.keys()
    assert all(f'"{ADDRESS}"' in text for text in code.values())
    ast.parse(code[PYTHON])


def test_an_unknown_format_has_no_code():
    assert snippets(File(ADDRESS, "zarr")) == {}


def test_names_and_addresses_cannot_leave_their_quotes():
    hostile = 'https://x.example/"+__import__("os").system("rm")+"'
    inspection = {"columns": [{"name": 'a"\n', "type": "string"}], "preview": [["1"]]}
    code = snippets(file_of(hostile, "csv", inspection))[PYTHON]
    (call,) = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    assert ast.literal_eval(call.args[0]) == hostile
    assert ast.literal_eval(call.keywords[0].value.keys[0]) == 'a"\n'
