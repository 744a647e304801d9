"""Whatever a room records in the log of an edition can be read there as a sentence."""

import ast
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from challenges.briefs.service import TEXTS
from challenges.editions.details import EditionDetails
from challenges.editions.log_details import DETAIL_NAMES, FOR_PROGRAMS, details_in_words
from challenges.editions.log_values import FIELD_NAMES, VALUES
from challenges.editions.log_words import SENTENCES
from hackaviz.accounts.models import Role
from hackaviz.settings import ROOT

ROOMS = ("challenges", "hackaviz/accounts", "submissions", "judging")
# Acts on these belong to no edition, so no edition's log shows them.
OUTSIDE_EDITIONS = {"person", "dataset", "catalogue", "question"}


# What every act has.
ALWAYS = {"actor", "edition_id", "now", "subject"}


@cache
def _trees() -> list[ast.Module]:
    """Every module that records acts."""
    sources = (path.read_text() for room in ROOMS for path in Path(ROOT, room).rglob("*.py"))
    return [ast.parse(source) for source in sources if "from hackaviz.kernel.audit import" in source]


def _functions() -> list[ast.FunctionDef]:
    return [node for tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def _recordings_in(part: ast.AST) -> list[ast.Call]:
    return [
        call
        for call in ast.walk(part)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and "record" in call.func.id
    ]


def recordings() -> list[ast.Call]:
    """Every call that records an act."""
    return [call for tree in _trees() for call in _recordings_in(tree)]


def spread_details() -> set[str]:
    """The names of details that an act gets from a dictionary written in the same function."""
    return {
        key.value
        for function in _functions()
        for call in _recordings_in(function)
        for spread in call.keywords
        if spread.arg is None
        for written in _dictionaries(function, spread.value)
        for key in written.keys
        if isinstance(key, ast.Constant)
    }


def _dictionaries(function: ast.FunctionDef, value: ast.expr) -> list[ast.Dict]:
    if not isinstance(value, ast.Name):
        return [each for each in ast.walk(value) if isinstance(each, ast.Dict)]
    assigned = [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None
        if any(isinstance(each, ast.Name) and each.id == value.id for each in _targets(node))
    ]
    return [each for source in assigned for each in ast.walk(source) if isinstance(each, ast.Dict)]


def _targets(node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _verbs(call: ast.Call) -> list[str]:
    words = [word.value for word in call.args if isinstance(word, ast.Constant) and isinstance(word.value, str)]
    return [word for word in words if "." in word]


def test_every_act_of_an_edition_has_a_sentence():
    verbs = {verb for call in recordings() for verb in _verbs(call)}

    assert {"edition.publish", "challenge.revise", "entry.hand_in"} <= verbs
    assert {verb for verb in verbs if verb.split(".")[0] not in OUTSIDE_EDITIONS} - SENTENCES.keys() == set()


def test_every_detail_of_an_act_has_a_name_or_is_for_programs():
    told = {
        detail.arg
        for call in recordings()
        if any(verb.split(".")[0] not in OUTSIDE_EDITIONS for verb in _verbs(call))
        for detail in call.keywords
        if detail.arg and not detail.arg.endswith("_id")
    }

    told |= {name for name in spread_details() if not name.endswith("_id")}

    assert {"eligibility", "custody", "rules_version", "addressees"} <= told
    assert told - DETAIL_NAMES.keys() - FOR_PROGRAMS - ALWAYS == set()


def test_every_field_of_an_edition_or_a_challenge_has_a_name():
    assert {*(field.name for field in fields(EditionDetails)), *TEXTS} - FIELD_NAMES.keys() == set()
    assert VALUES["role"].keys() == {role.value for role in Role}


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"eligibility": "confirmed"}, ("éligibilité", "confirmé")),
        ({"addressees": "others"}, ("destinataires", "équipes sans prix")),
        ({"carried": False}, ("adopté", "non")),
        (
            {"changed": ["submission_closes_at", "largest_team"]},
            ("modifié", "Clôture des remises, équipe la plus grande"),
        ),
        ({"setting": "reviews_needed"}, ("réglage", "évaluations nécessaires")),
        ({"before": 0}, ("avant", "0")),
        ({"title": {"fr": "Premier prix", "en": "First prize"}}, ("titre", "Premier prix")),
        ({"parts": {"ville": 150000}}, ("parts", "ville\u00a0: 1\u202f500,00\u00a0€")),
        ({"signed": "2020-12-01"}, ("signé", "1er décembre 2020")),
        ({"closes_at": "2026-12-01T17:00:00+00:00"}, ("fermeture", "1er décembre 2026 à 18 h 00, heure de Paris")),
        ({"name": "confirmed"}, ("nom", "confirmed")),
    ],
)
@pytest.mark.database("sqlite")
def test_a_detail_is_read_in_words(app, details, words):
    with app.test_request_context("/?lang=fr"):
        assert details_in_words(details, "Europe/Paris") == [words]


@pytest.mark.database("sqlite")
def test_people_are_read_by_their_names(app):
    with app.test_request_context("/"):
        details, people = {"entry": "C-18", "juror_id": 7, "person_id": 8}, {7: "Ines"}
        assert details_in_words(details, "Europe/Paris", people) == [("juror", "Ines"), ("entry", "C-18")]


@pytest.mark.database("sqlite")
def test_numbers_of_rows_are_for_programs(app):
    with app.test_request_context("/"):
        assert details_in_words({"edition_id": 3, "invitation": 8, "reason": ""}, "Europe/Paris") == []
