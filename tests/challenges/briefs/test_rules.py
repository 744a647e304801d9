"""Rubrics and differences between texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from challenges.briefs.rules import (
    LONG_TEXT,
    CriterionDetails,
    PieceKind,
    check_rubric,
    difference,
    percentages,
    rubric_text,
)
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.errors import Invalid

ACCURACY = CriterionDetails(
    name=Bilingual(fr="Justesse", en="Accuracy"), question=Bilingual(fr="Est-ce vrai ?", en="Is it true?"), weight=2
)
STORY = CriterionDetails(
    name=Bilingual(fr="Récit"),
    question=Bilingual(fr="Est-ce clair ?"),
    weight=1,
    labels=(Bilingual(fr="Non", en="No"), Bilingual(fr="Oui", en="Yes")),
)


@pytest.mark.parametrize(
    ("weights", "percents"),
    [([30, 30, 25, 15], [30, 30, 25, 15]), ([1, 1, 1], [34, 33, 33]), ([7], [100]), ([], [])],
)
def test_weights_become_whole_percents(weights, percents):
    assert percentages(weights) == percents


@given(st.lists(st.integers(min_value=1, max_value=1000), min_size=1, max_size=20))
def test_percents_always_sum_to_a_hundred(weights):
    assert sum(percentages(weights)) == 100


@pytest.mark.parametrize(
    "values",
    [
        {"name": Bilingual()},
        {"question": Bilingual()},
        {"weight": 0},
        {"labels": (Bilingual(fr="Seule"),)},
        {"labels": (Bilingual(fr="x"),) * 12},
    ],
)
def test_a_criterion_that_nobody_can_judge_with_is_refused(values):
    facts = {"name": ACCURACY.name, "question": ACCURACY.question, "weight": 1}

    with pytest.raises(Invalid):
        check_rubric([ACCURACY, CriterionDetails(**facts | values)])


def test_a_whole_rubric_reads_as_text_in_both_languages():
    text = rubric_text([ACCURACY, STORY])

    assert text.en.splitlines() == [
        "Accuracy (67%): Is it true? [0 Absent, 1 Weak, 2 Fair, 3 Strong, 4 Outstanding]",
        "Récit (33%): Est-ce clair ? [0 No, 1 Yes]",
    ]
    assert text.fr.splitlines()[1] == "Récit (33\u00a0%)\u00a0: Est-ce clair ? [0 Non, 1 Oui]"


def test_short_texts_are_shown_whole_old_then_new():
    pieces = difference("No other data.", "No other data, base maps excepted.")

    assert [(piece.kind, piece.text) for piece in pieces] == [
        (PieceKind.REMOVED, "No other data."),
        (PieceKind.ADDED, "No other data, base maps excepted."),
    ]


def test_a_text_that_was_empty_is_only_added():
    assert [piece.kind for piece in difference("", "New")] == [PieceKind.ADDED]


def test_in_long_texts_only_the_words_that_differ_are_marked():
    before = "word " * 60 + "old end"
    after = "word " * 60 + "new end"

    assert [(piece.kind, piece.text) for piece in difference(before, after)] == [
        (PieceKind.KEPT, "word " * 60),
        (PieceKind.REMOVED, "old"),
        (PieceKind.ADDED, "new"),
        (PieceKind.KEPT, " end"),
    ]


words = st.lists(st.sampled_from(["port", "quay\n", "ship,", "données", " "]), min_size=60, max_size=90).map(" ".join)


@given(words, words)
def test_pieces_give_both_texts_back(before, after):
    pieces = difference(before, after)

    assert min(len(before), len(after)) >= LONG_TEXT
    assert "".join(piece.text for piece in pieces if piece.kind is not PieceKind.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.kind is not PieceKind.REMOVED) == after
