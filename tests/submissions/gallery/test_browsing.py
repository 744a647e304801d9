"""Which works a reader wants, in which order, and what tools are called."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from hackaviz.kernel.bilingual import Bilingual
from submissions.gallery.browsing import BY_TITLE, LATEST, Wanted, find_works, related_works
from submissions.gallery.index import PrizeWon, build_index
from submissions.gallery.tools import split_tools

PRIZE = Bilingual("Premier prix", "First prize")


def row(number: int, **values):
    known = {"title": f"Work {number}", "team": f"Team {number}", "challenge": "energy", "kind": "image"}
    others = {"tools": "", "school": "", "citations": [], "handed_in_at": datetime(2026, 1, number, tzinfo=UTC)}
    return SimpleNamespace(**{"public_id": f"w{number}", "number": number} | known | others | values)


def cites(*slugs: str) -> list[dict]:
    return [{"dataset": slug, "title": {"fr": slug, "en": slug}, "usage": "x"} for slug in slugs]


INDEX = build_index(
    [
        row(1, tools="R 4.3, QGIS", school="École navale", citations=cites("ports", "ships")),
        row(2, tools="r; D3.js", school="ecole navale", citations=cites("ports"), challenge="sea"),
        row(3, tools="R", kind="pdf", title="Énergie", citations=cites("wind")),
    ],
    {"w3": [PrizeWon(PRIZE, Bilingual("Premier prix : 4 €", "First prize: €4"))]},
)


def found(**chosen: str) -> set[int]:
    wanted = Wanted(chosen={facet: frozenset(value.split()) for facet, value in chosen.items()})
    return {work.number for work in find_works(INDEX.works, wanted).works}


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        ({}, {1, 2, 3}),
        ({"tool": "r"}, {1, 2, 3}),
        ({"tool": "qgis d3-js"}, {1, 2}),
        ({"tool": "qgis", "kind": "pdf"}, set()),
        ({"school": "ecole-navale"}, {1, 2}),
        ({"dataset": "ports", "challenge": "sea"}, {2}),
        ({"award": "any"}, {3}),
        ({"award": "first-prize"}, {3}),
    ],
)
def test_values_of_one_facet_add_up_and_facets_narrow_each_other(chosen, numbers):
    assert found(**chosen) == numbers


def test_a_count_says_how_many_works_a_click_would_show():
    wanted = Wanted(chosen={"kind": frozenset({"image"})})
    counts = find_works(INDEX.works, wanted).counts
    assert counts["tool"] == {"r": 2, "qgis": 1, "d3-js": 1}
    assert counts["kind"] == {"image": 2, "pdf": 1}
    assert counts["award"] == {}


def test_orders():
    works = INDEX.works
    assert [work.number for work in find_works(works, Wanted(), ["w3"]).works] == [3, 1, 2]
    assert [work.number for work in find_works(works, Wanted(sort=LATEST)).works] == [3, 2, 1]
    assert [work.number for work in find_works(works, Wanted(sort=BY_TITLE)).works] == [3, 1, 2]
    assert [work.number for work in find_works(works, Wanted(text="energie")).works] == [3]


def test_the_spelling_that_most_teams_use_is_shown():
    assert INDEX.words["tool", "r"].fr == "R"
    assert INDEX.words["school", "ecole-navale"].fr == "École navale"


def test_works_that_share_data_are_nearer_than_those_of_the_same_challenge():
    assert [work.number for work in related_works(INDEX.works, INDEX.works[0], 3)] == [2, 3]
    assert [work.number for work in related_works(INDEX.works, INDEX.works[0], 1)] == [2]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("R 4.3, ggplot2 et QGIS", ("R", "ggplot2", "QGIS")),
        ("Python (pandas), D3.js v7; Observable Plot", ("Python", "D3.js", "Observable Plot")),
        ("Figma / Illustrator\nC++", ("Figma", "Illustrator", "C++")),
        ("we drew it by hand on very large sheets of paper in the yard", ()),
        ("", ()),
    ],
)
def test_tools_are_told_apart(typed, names):
    assert split_tools(typed) == names
