"""`flask catalogue inspect` and `import`: the contracts."""

import json
from pathlib import Path

import pytest
from flask import Flask

from challenges.catalogue.inspect import confined, sample
from hackaviz.kernel.confined import Caps
from tests.support.typed import type_flask

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
    expected = {"name": "km", "type": "number", "missing": 1, "distinct": 1, "min": 1.5, "max": 1.5}
    assert answer["columns"][1] == expected | {"reading": "comma"}


def test_a_large_table_is_told_from_its_beginning_first(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sample, "LARGE", 1_000)
    monkeypatch.setattr(sample, "SAMPLE_BYTES", 1_000)
    path = tmp_path / "ports.csv"
    path.write_text("code;km\n" + "a;1,5\n" * 1_000)
    whole = app.test_cli_runner().invoke(args=["catalogue", "inspect", str(path), "--json"])
    assert json.loads(whole.stdout)["rows"] == 1_000
    assert whole.stderr.startswith("Its beginning: csv, about 993 rows, 2 columns.")
    first = app.test_cli_runner().invoke(args=["catalogue", "inspect", str(path), "--json", "--sample"])
    answer = json.loads(first.stdout)
    assert (answer["rows"], answer["sample"]["rows"], first.stderr) == (None, 165, "")


def test_what_asks_for_too_much_gives_a_finding(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(confined, "PATH_CAPS", Caps(seconds=20, memory_bytes=200 << 20))
    path = tmp_path / "ports.json"
    path.write_text("[" + "[],[[]]," * 3_000_000 + "1]")
    result = app.test_cli_runner().invoke(args=["catalogue", "inspect", str(path), "--json"])
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["format"], answer["rows"]) == (0, "json", None)
    assert [each["code"] for each in answer["findings"]] == ["too-much"]


def test_a_file_that_cannot_be_read_ends_with_2_and_a_sentence(app: Flask, tmp_path: Path):
    result = app.test_cli_runner().invoke(args=["catalogue", "inspect", str(tmp_path / "nowhere.csv"), "--json"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "nowhere.csv cannot be read" in result.stderr


CATALOGUE = {"dataset": [{"identifier": "1", "title": "Quais"}, {"identifier": "2", "title": None}]}


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "data.json"
    path.write_text(json.dumps(CATALOGUE))
    return path


def test_import_answers_the_contract_and_nothing_else(app: Flask, catalogue: Path):
    runner = app.test_cli_runner()
    first = runner.invoke(args=["catalogue", "import", str(catalogue), "--json"])
    second = runner.invoke(args=["catalogue", "import", str(catalogue), "--json", "--format", "datajson"])
    rejected = [{"id": "2", "reason": "It has no title."}]
    expected = {"source": str(catalogue), "format": "datajson", "updated": 0, "vanished": 0, "rejected": rejected}
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert json.loads(first.stdout) == expected | {"created": 1, "unchanged": 0}
    assert json.loads(second.stdout) == expected | {"created": 0, "unchanged": 1}


def test_import_makes_the_database_that_it_needs(catalogue: Path, tmp_path: Path):
    settings = {"HACKAVIZ_DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite'}", "PATH": "/usr/bin:/bin"}
    for created in (1, 0):
        done = type_flask(tmp_path, "catalogue", "import", str(catalogue), "--json", **settings)
        assert (done.returncode, json.loads(done.stdout)["created"]) == (0, created), done.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [("", "empty"), ('{"dataset": [{"identifier"', "cut short"), ("<html><title>Oops</title></html>", "Oops")],
)
def test_import_explains_what_it_cannot_read(app: Flask, catalogue: Path, content: str, words: str):
    catalogue.write_text(content)
    result = app.test_cli_runner().invoke(args=["catalogue", "import", str(catalogue), "--json"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr and "Traceback" not in result.stderr


def test_import_of_nothing_and_of_inside_ends_with_2(app: Flask, tmp_path: Path):
    for source in (str(tmp_path / "nowhere"), str(tmp_path), "http://169.254.169.254/latest", "https://"):
        result = app.test_cli_runner().invoke(args=["catalogue", "import", source, "--json"])
        assert (result.exit_code, result.stdout) == (2, ""), source


def test_import_ends_with_1_when_every_record_is_refused(app: Flask, catalogue: Path):
    catalogue.write_text(json.dumps({"dataset": [{"identifier": "2", "title": None}]}))
    result = app.test_cli_runner().invoke(args=["catalogue", "import", str(catalogue), "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["rejected"] == [{"id": "2", "reason": "It has no title."}]
