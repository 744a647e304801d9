"""Whatever a room records in the log of an edition can be read there as a sentence."""

import ast
from pathlib import Path

from challenges.editions.log_words import SENTENCES
from hackaviz.settings import ROOT

ROOMS = ("challenges", "hackaviz/accounts", "submissions", "judging")
# Acts on these belong to no edition, so no edition's log shows them.
OUTSIDE_EDITIONS = {"person", "dataset", "catalogue"}


def recorded_verbs() -> set[str]:
    """The verbs ("entry.hand_in") in every module that records acts."""
    sources = (path.read_text() for room in ROOMS for path in Path(ROOT, room).rglob("*.py"))
    trees = [ast.parse(source) for source in sources if "from hackaviz.kernel.audit import" in source]
    return {word for tree in trees for call in ast.walk(tree) if isinstance(call, ast.Call) for word in _verbs(call)}


def _verbs(call: ast.Call) -> list[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if "record" not in name:
        return []
    words = [word.value for word in call.args if isinstance(word, ast.Constant) and isinstance(word.value, str)]
    return [word for word in words if "." in word]


def test_every_act_of_an_edition_has_a_sentence():
    verbs = recorded_verbs()

    assert {"edition.publish", "challenge.revise", "entry.hand_in"} <= verbs
    assert {verb for verb in verbs if verb.split(".")[0] not in OUTSIDE_EDITIONS} - SENTENCES.keys() == set()
