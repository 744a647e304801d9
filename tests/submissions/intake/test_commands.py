import json
import os

import click
import pytest
from click.testing import CliRunner

from submissions.intake.commands import entries, register
from tests.support.uploads import PAGE, Record, forged_zip, zip_bytes


def run(*arguments):
    result = CliRunner().invoke(entries, ["check", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_an_accepted_file_ends_with_0_and_one_document(tmp_path):
    path = tmp_path / "été.zip"
    path.write_bytes(zip_bytes({"index.html": PAGE}))
    result = run(path, "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert list(document) == [
        "accepted", "kind", "entry_point", "files", "bytes", "sha256", "external_hosts", "reasons", "metadata",
        "facts",
    ]  # fmt: skip
    assert document["kind"] == "static-site"


def test_a_refused_file_ends_with_1_and_its_reasons(tmp_path):
    path = tmp_path / "site.zip"
    path.write_bytes(forged_zip(Record(), Record("../evil.js")))
    result = run(path, "--json")
    assert result.exit_code == 1
    (reason,) = json.loads(result.stdout)["reasons"]
    assert reason["code"] == "zip-slip"
    assert "“../evil.js”" in reason["detail"]


@pytest.mark.parametrize("name", ["missing.png", ".", "pipe"])
def test_what_cannot_be_read_as_a_file_ends_with_2_and_a_sentence(tmp_path, name):
    os.mkfifo(tmp_path / "pipe")
    result = run(tmp_path / name, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot be read" in result.stderr


def test_people_read_a_short_report(tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(PAGE + b"<img src='https://x.example/a.png'>")
    accepted = run(path)
    assert accepted.exit_code == 0
    assert "Accepted: html" in accepted.stdout
    assert "x.example" in accepted.stdout
    path.write_bytes(b"")
    refused = run(path)
    assert refused.exit_code == 1
    assert "is empty" in refused.stdout


def test_the_commands_join_those_of_the_application():
    class Application:
        cli = click.Group()

    register(Application())
    assert Application.cli.commands == {"entries": entries}
