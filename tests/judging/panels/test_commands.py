"""The contract of `flask judging assign`."""

import json

import click
import pytest
from click.testing import CliRunner

from judging.panels.commands import judging, register

INSTANCE = {
    "entries": ["x", "y", 3],
    "jurors": [{"id": "a", "max": 3}, {"id": "b", "max": 2}, {"id": 7, "max": 2}],
    "per_entry": 2,
    "conflicts": [["a", "x"]],
    "preferences": [["b", "y", 2.5]],
    "seed": 1,
}


@pytest.fixture
def assign(tmp_path):
    def invoke(document, *options):
        path = tmp_path / "instance.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        result = CliRunner().invoke(judging, ["assign", str(path), *options])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return invoke


def test_an_assignment_has_the_keys_of_the_contract(assign):
    result = assign(INSTANCE, "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert document["load"] == {"a": 2, "b": 2, "7": 2}
    assert document["connected"] is True and document["objective"] == 2.5
    assert sorted(entry for _juror, entry in document["assignments"] if entry != 3) == ["x", "x", "y", "y"]
    assert ["a", "x"] not in document["assignments"] and [7, 3] in document["assignments"]
    assert assign(INSTANCE, "--json").stdout == result.stdout


def test_what_cannot_be_done_ends_with_2_and_the_entries_in_each_others_way(assign):
    result = assign(INSTANCE | {"conflicts": [["a", "x"], ["b", "x"]]}, "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 2
    assert document["infeasible"] is True
    assert (document["entries"], document["jurors"]) == (["x"], [7])
    assert "1 of the entries need 2 reviews" in document["reason"]


@pytest.mark.parametrize(
    ("document", "code", "named"),
    [
        ("{", 2, "not JSON"),
        ("[]", 2, "object"),
        (INSTANCE | {"entries": ["x", "x"]}, 1, "x twice"),
        (INSTANCE | {"entries": ["3", 3]}, 1, "3 twice"),
        (INSTANCE | {"entries": ["\ud800"]}, 1, "must have text"),
        (INSTANCE | {"jurors": [{"id": "a"}]}, 1, "max"),
        (INSTANCE | {"jurors": [{"id": "a", "max": -1}]}, 1, "max of juror a"),
        (INSTANCE | {"per_entry": 0}, 1, "per_entry"),
        (INSTANCE | {"conflicts": [["z", "x"]]}, 1, '"z"'),
        (INSTANCE | {"conflicts": [["a"]]}, 1, "list of 2"),
        (INSTANCE | {"preferences": [["a", "y", "much"]]}, 1, "much"),
        (INSTANCE | {"preferences": [["a", "y", 1], ["a", "y", 2]]}, 1, "twice"),
        (INSTANCE | {"seed": "x"}, 1, "seed"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(assign, document, code, named):
    result = assign(document, "--json")
    assert (result.exit_code, result.stdout) == (code, "")
    assert named in result.stderr


def test_nothing_to_assign_is_an_empty_answer(assign):
    document = json.loads(assign({"entries": [], "jurors": [], "per_entry": 3}, "--json").stdout)
    assert (document["assignments"], document["connected"], document["objective"]) == ([], True, 0)


def test_people_read_pairs(assign):
    assert "b\ty" in assign(INSTANCE).stdout.splitlines()


def test_every_command_of_the_group_is_there():
    class Application:
        cli = click.Group()

    register(Application())
    assert set(judging.commands) >= {"rank", "reliability", "pairwise", "simulate", "assign"}
    assert Application.cli.commands == {"judging": judging}
