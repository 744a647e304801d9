"""The contract of `flask judging …` on files."""

import json
import random

import pytest
from click.testing import CliRunner

from judging.ranking.commands import judging

HEAD = "juror,entry,score\n"
LONG = "juror,entry,criterion,score\n"


@pytest.fixture
def run(tmp_path):
    def invoke(command, text, *options):
        path = tmp_path / "input.csv"
        path.write_text(text, encoding="utf-8")
        result = CliRunner().invoke(judging, [command, str(path), *options])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return invoke


def answered(result):
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout, parse_constant=pytest.fail)


def test_a_ranking_has_the_keys_of_the_contract(run):
    document = answered(run("rank", HEAD + "a,x,5\na,y,7\nb,x,4\nb,y,7.5\nb,z,3\na,z,\n", "--json"))
    assert list(document) == ["method", "entries", "jurors", "design", "ties", "warnings"]
    assert document["method"] == "blup"
    first = document["entries"][0]
    assert list(first) == ["entry", "score", "se", "rank", "rank_low", "rank_high", "top_probability"]
    assert first["entry"] == "y" and set(first["top_probability"]) == {"1", "3"}
    assert document["jurors"] == [
        {"juror": "a", "severity": -document["jurors"][1]["severity"], "reviews": 2},
        {"juror": "b", "severity": document["jurors"][1]["severity"], "reviews": 3},
    ]
    assert document["design"] == {"connected": True, "components": 1}


def test_missing_is_missing_and_weights_count(run):
    text = LONG + "a,x,c1,4\na,x,c2,8\na,y,c1,\na,y,c2,7\nb,z,c1,\n"
    document = answered(run("rank", text, "--weights", "c1=3,c2=1", "--method", "mean", "--json"))
    assert [(row["entry"], row["score"], row["rank"]) for row in document["entries"]] == [
        ("y", 7.0, 1), ("x", 5.0, 2), ("z", None, None),
    ]  # fmt: skip
    assert any("z" in warning for warning in document["warnings"])


def test_ties_are_named_and_a_place_beyond_the_entries_has_no_probability(run):
    document = answered(run("rank", HEAD + "a,x,5\na,y,5\nb,x,6\nb,y,6\n", "--json"))
    assert document["ties"] == [["x", "y"]]
    assert [row["rank"] for row in document["entries"]] == [1, 1]
    assert [row["top_probability"]["3"] for row in document["entries"]] == [None, None]


def test_methods_without_a_model_have_no_uncertainty(run):
    document = answered(run("rank", HEAD + "a,x,5\na,y,7\nb,x,4\nb,y,7\n", "--method", "borda", "--json"))
    for row in document["entries"]:
        assert row["se"] is row["rank_low"] is row["rank_high"] is None
        assert set(row["top_probability"].values()) == {None}


def test_the_order_of_rows_changes_no_byte(run):
    lines = [
        f"j{juror},e{entry},{(juror * 7 + entry * 3 + juror * entry) % 10}" for juror in range(6) for entry in range(9)
    ]
    expected = run("rank", HEAD + "\n".join(lines), "--json").stdout
    random.Random(1).shuffle(lines)
    assert run("rank", HEAD + "\n".join(lines), "--json").stdout == expected


@pytest.mark.parametrize(
    ("text", "options", "code", "named"),
    [
        (HEAD + "a,x,5\na,y,5\na,x,6\n", (), 1, "Lines 2 and 4"),
        (HEAD + "a,x,five\n", (), 1, "Line 2: “five”"),
        (HEAD + "a,x,nan\n", (), 1, "Line 2"),
        (HEAD + "a,x,1e999\n", (), 1, "Line 2"),
        (HEAD + "a,x\n", (), 1, "Line 2"),
        (HEAD + ",x,5\n", (), 1, "no juror"),
        (HEAD + '\n"a\nb",x,5\n,x,5\n', (), 1, "Line 5"),
        (LONG + "a,x,c1,5\n", ("--weights", "c2=1"), 1, "c2"),
        (LONG + "a,x,c1,5\na,x,c2,5\n", ("--weights", "c2=1"), 1, "c1"),
        (LONG + "a,x,c1,5\n", ("--weights", "c1=0"), 1, "not all 0"),
        (LONG + "a,x,c1,5\n", ("--weights", "c1=much"), 1, "much"),
        (HEAD + "a,x,5\n", ("--weights", "c1=1"), 1, "column criterion"),
        (LONG + "a,x,c1,5\na,x,c2,5\n", ("--weights", "c1=1e308,c2=1e308"), 1, "1000000"),
        (LONG + "a,x,c1,5\n", ("--weights", "c1=1_0"), 1, "1_0"),
        ("juror;entry;score\na;x;5\n", (), 2, "semicolons"),
        ("judge,entry,score\na,x,5\n", (), 2, "juror"),
        ("", (), 2, "juror"),
        ("\n" + HEAD + "a,x,5\n", (), 2, "It is empty"),
        (HEAD + "a,x,5\n", ("--method", "guess"), 2, "guess"),
    ],
)
def test_what_is_refused_says_where_and_why(run, text, options, code, named):
    result = run("rank", text, *options, "--json")
    assert (result.exit_code, result.stdout) == (code, "")
    assert named in result.stderr


def test_files_that_cannot_be_read_end_with_2(tmp_path):
    (tmp_path / "latin.csv").write_bytes(b"juror,entry,score\n\xe9,x,5\n")
    for name in ("none.csv", ".", "latin.csv"):
        result = CliRunner().invoke(judging, ["rank", str(tmp_path / name), "--json"])
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.count("\n") == 1


def test_reliability_and_pairwise_have_the_keys_of_the_contract(run):
    document = answered(run("reliability", HEAD + "a,x,1\nb,x,2\na,y,3\nb,y,5\n", "--json"))
    assert list(document) == ["icc", "krippendorff_alpha", "kendall_w", "notes"]
    assert list(document["kendall_w"]) == ["w", "chi2", "p"]
    duels = "juror,winner,loser\na,x,y\na,y,z\nb,z,x\nb,x,y\n"
    document = answered(run("pairwise", duels, "--json"))
    assert document["connected"] and document["entries"][0]["entry"] == "x"
    assert round(sum(row["strength"] for row in document["entries"]), 5) == 0
    assert run("pairwise", "juror,winner,loser\na,x,x\n", "--json").exit_code == 1
    for ridge in ("-1", "nan", "inf", "1e-300"):
        assert run("pairwise", duels, "--ridge", ridge, "--json").exit_code == 1


def test_a_simulation_names_each_method(run):
    options = ["--entries", "8", "--jurors", "4", "--per-entry", "2", "--seeds", "2", "--json"]
    document = answered(CliRunner().invoke(judging, ["simulate", *options]))
    assert {"method", "tau", "top3", "winner"} <= set(document["methods"][0])
    assert {row["method"] for row in document["methods"]} >= {"mean", "zscore", "additive", "blup"}
    assert document["design"]["reviews"] == 16


def test_people_read_a_table(run):
    result = run("rank", HEAD + "a,x,5\nb,y,7\n", "--method", "mean")
    assert result.stdout.splitlines()[0].startswith("entry\tscore")
    assert "2 groups" in result.stderr
