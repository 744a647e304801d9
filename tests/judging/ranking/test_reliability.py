import pytest

from judging.ranking.reliability import reliability_of
from tests.support.juries import reviews_from, wide_table


def rounded(figures):
    return {name: round(value, 4) for name, value in figures.items()}


def test_shrout_and_fleiss_1979(shared_data):
    found = reliability_of(wide_table(shared_data / "judging/shrout_fleiss_1979.csv", rows_are_jurors=False))
    assert rounded(found.icc) == {
        "ICC1": 0.1657, "ICC2": 0.2898, "ICC3": 0.7148, "ICC1k": 0.4428, "ICC2k": 0.6201, "ICC3k": 0.9093,
    }  # fmt: skip


def test_krippendorff_2011(shared_data):
    found = reliability_of(wide_table(shared_data / "judging/krippendorff_2011.csv", rows_are_jurors=True))
    assert rounded(found.alpha) == {"nominal": 0.7434, "ordinal": 0.8154, "interval": 0.8491}
    assert set(found.icc.values()) == {None} and found.w is None
    assert "some are missing" in found.notes[0]


def test_zar_example_20_5(shared_data):
    found = reliability_of(wide_table(shared_data / "judging/zar_20_5.csv", rows_are_jurors=False)).w
    assert round(found.w, 4) == 0.9241
    assert found.chi2 == pytest.approx(3 * 11 * found.w)
    assert found.p == pytest.approx(0.00132, abs=1e-5)


def test_the_judgment_of_paris(shared_data):
    found = reliability_of(wide_table(shared_data / "judging/paris_1976_reds.csv", rows_are_jurors=True))
    assert (round(found.w.w, 4), round(found.alpha["interval"], 4)) == (0.2443, 0.1971)
    assert (round(found.icc["ICC2"], 4), round(found.icc["ICC3k"], 4)) == (0.2167, 0.7658)


def alpha_by_pairs(reviews, distance):
    """Krippendorff's definition, pair by pair."""
    units = [
        [mark for mark, entry in zip(reviews.score, reviews.entry, strict=True) if entry == number]
        for number in range(len(reviews.entries))
    ]
    units = [unit for unit in units if len(unit) > 1]
    every = [mark for unit in units for mark in unit]
    within = sum(distance(a, b) / (len(unit) - 1) for unit in units for a in unit for b in unit)
    overall = sum(distance(a, b) for a in every for b in every) / (len(every) - 1)
    return 1 - within / overall


def test_alpha_is_that_of_its_definition_where_marks_are_missing():
    marks = {"x": [1, 2, 2], "y": [4, 4], "z": [3], "u": [5, 1, 3, 3], "v": [2, 2.5]}
    reviews = reviews_from(
        (f"j{place}", entry, float(mark)) for entry in marks for place, mark in enumerate(marks[entry])
    )
    alpha = reliability_of(reviews).alpha
    assert alpha["interval"] == pytest.approx(alpha_by_pairs(reviews, lambda a, b: (a - b) ** 2))
    assert alpha["nominal"] == pytest.approx(alpha_by_pairs(reviews, lambda a, b: a != b))


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        ([("a", "x", 1.0), ("a", "y", 2.0)], "two jurors"),
        ([("a", "x", 1.0), ("b", "x", 2.0)], "two entries"),
        ([(juror, entry, 3.0) for juror in "ab" for entry in "xy"], "vary enough"),
    ],
)
def test_what_is_not_defined_is_null_with_a_note(rows, note):
    found = reliability_of(reviews_from(rows))
    assert found.w is None and None in found.icc.values()
    assert any(note in each for each in found.notes)
