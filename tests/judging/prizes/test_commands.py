"""`flask prizes allocate`, from a file alone."""

import json

import pytest
from click.testing import CliRunner

from judging.prizes.commands import prizes

POOLS = {
    "pools": [
        {"sponsor": "Port", "amount": "3000.00", "challenges": None, "prizes": None},
        {"sponsor": "Données", "amount": "1000.01", "challenges": ["air"], "prizes": None},
    ],
    "prizes": [
        {"id": "air-1", "challenge": "air", "amount": "2500.00"},
        {"id": "sea-1", "challenge": "sea", "amount": "1000.5"},
    ],
    "policy": "earmarked-first",
}


@pytest.fixture
def allocate(tmp_path):
    def run(document):
        file = tmp_path / "pools.json"
        file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        return CliRunner().invoke(prizes, ["allocate", str(file), "--json"])

    return run


def test_prizes_are_funded_to_the_cent_and_what_is_left_is_said(allocate):
    result = allocate(POOLS)
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer["funding"] == [
        {"prize": "air-1", "sponsor": "Port", "amount": "1499.99"},
        {"prize": "air-1", "sponsor": "Données", "amount": "1000.01"},
        {"prize": "sea-1", "sponsor": "Port", "amount": "1000.50"},
    ]
    assert answer["left"] == [{"sponsor": "Port", "amount": "499.51"}, {"sponsor": "Données", "amount": "0.00"}]


def test_money_that_is_missing_is_counted_and_those_who_compete_are_named(allocate):
    poorer = POOLS | {"pools": [POOLS["pools"][0] | {"amount": "2000.00"}, POOLS["pools"][1]]}
    result = allocate(poorer)
    assert result.exit_code == 2
    assert json.loads(result.stdout) == {
        "infeasible": True,
        "shortfall": "500.49",
        "prizes": ["air-1", "sea-1"],
        "sponsors": ["Port", "Données"],
    }


def test_nothing_to_pay_costs_nothing(allocate):
    result = allocate({"pools": [], "prizes": []})
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"funding": [], "left": []})


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("{", "is not JSON"),
        ("[]", "must be one object"),
        ({"pools": {}, "prizes": []}, "“pools” must be a list"),
        (POOLS | {"policy": "richest-first"}, "'richest-first' is not known"),
        (POOLS | {"prizes": [{"id": "a", "amount": "1.005"}]}, "it is '1.005'"),
        (POOLS | {"prizes": [{"id": "a", "amount": 12.5}]}, "it is 12.5"),
        (POOLS | {"prizes": [{"id": "a", "amount": "-1.00"}]}, "it is '-1.00'"),
        (POOLS | {"prizes": [{"id": "a", "amount": "NaN"}]}, "it is 'NaN'"),
        (POOLS | {"prizes": [{"id": "a", "amount": "1,00"}]}, "it is '1,00'"),
        (POOLS | {"prizes": [{"id": "a", "amount": "9" * 16}]}, "it is '9999999999999999'"),
        (POOLS | {"prizes": [{"id": "a"}]}, "it is None"),
        (POOLS | {"prizes": [{"amount": "1.00"}]}, "prizes, number 1: “id” must be a text"),
        (POOLS | {"prizes": [{"id": "\ud800", "amount": "1.00"}]}, "prizes, number 1: “id” must be a text"),
        (POOLS | {"pools": POOLS["pools"] * 2}, "“Port” stands there twice"),
        (POOLS | {"pools": [{"sponsor": "P", "amount": "1", "prizes": "air-1"}]}, "“prizes” must be a list"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_with_the_item_and_the_reason(allocate, document, words):
    result = allocate(document)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert words in result.stderr


def test_what_is_not_read_is_said_beside_the_answer(allocate):
    slip = {"sponsor": "Port", "amount": "10.00", "challenge": ["a"], "prizes": ["first", "frist"]}
    done = allocate({"pools": [slip], "prizes": [{"id": "first", "challenge": "b", "amount": "1.00"}]})
    assert (done.exit_code, json.loads(done.stdout)["left"][0]["amount"]) == (0, "9.00")
    assert "pools, number 1: “challenge” is not read." in done.stderr
    assert "pool “Port”: there is no prize “frist”." in done.stderr


def test_a_file_that_is_not_there_is_said_in_one_sentence():
    result = CliRunner().invoke(prizes, ["allocate", "no-such-file.json", "--json"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot be read" in result.stderr
