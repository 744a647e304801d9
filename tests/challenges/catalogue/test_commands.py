"""`flask catalogue inspect`: the contract."""

import json
from pathlib import Path

import pytest
from flask import Flask

KEYS = {"format", "encoding", "delimiter", "decimal", "rows", "columns", "geometry"}
pytestmark = pytest.mark.database("sqlite")


def test_inspect_answers_one_json_document(app: Flask, tmp_path: Path):
    path = tmp_path / "ports.csv"
    path.write_text("code;km\n01;1,5\n02;\n")
    result = app.test_cli_runner().invoke(args=["catalogue", "inspect", str(path), "--json"])
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert set(answer) >= KEYS
    assert (answer["delimiter"], answer["decimal"], answer["rows"]) == (";", ",", 2)
    assert answer["columns"][1] == {"name": "km", "type": "number", "missing": 1, "distinct": 1, "min": 1.5, "max": 1.5}


def test_a_file_that_cannot_be_read_ends_with_2_and_a_sentence(app: Flask, tmp_path: Path):
    result = app.test_cli_runner().invoke(args=["catalogue", "inspect", str(tmp_path / "nowhere.csv"), "--json"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "nowhere.csv cannot be read" in result.stderr
