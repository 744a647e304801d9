"""The score of a dataset: its formula, that more is never worse, and that nobody pays for what we do not know."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from challenges.catalogue.harvest.vocabularies import FREQUENCIES
from challenges.catalogue.licences import LICENCES
from challenges.catalogue.quality import DAYS, LEAST_KNOWN, POINTS, Aspect, Facts, quality_of

TODAY = date(2026, 3, 2)
BEST = Facts(
    is_harvested=True,
    licence="lov2",
    description="Ce que contient ce jeu de données. " * 10,
    frequency="weekly",
    modified_on=TODAY,
    answers=True,
    formats=("csv",),
    columns=("quai", "navire"),
    period="2024",
    has_place=True,
)
NOTHING_SAID = Facts(is_harvested=True, answers=False, formats=("pdf",), columns=("column_1",))
FORMATS = ("csv", "geojson", "xlsx", "shapefile", "pdf", "html", "zip", "other")
FACTS = st.builds(
    Facts,
    is_harvested=st.booleans(),
    licence=st.sampled_from(sorted(LICENCES)),
    licence_as_stated=st.sampled_from(["", "voir le site"]),
    description=st.integers(0, 300).map("x".__mul__),
    frequency=st.sampled_from(["", *FREQUENCIES]),
    modified_on=st.none() | st.integers(0, 4_000).map(lambda days: TODAY - timedelta(days)),
    answers=st.sampled_from([None, False, True]),
    formats=st.lists(st.sampled_from(FORMATS), unique=True).map(tuple),
    columns=st.none() | st.lists(st.sampled_from(["quai", "column_1", "column_2"]), min_size=1).map(tuple),
    period=st.sampled_from(["", "2024"]),
    has_place=st.booleans(),
)


def score(facts: Facts) -> int | None:
    return quality_of(facts, TODAY).score


def share(aspect: Aspect, **facts: object) -> int | None:
    marks = quality_of(Facts(**facts), TODAY).marks  # type: ignore[arg-type]
    return next(mark.share for mark in marks if mark.aspect is aspect)


def test_points_sum_to_a_hundred_and_the_best_and_the_worst_get_all_and_none():
    assert sum(POINTS.values()) == 100
    assert (score(BEST), quality_of(BEST, TODAY).known) == (100, 100)
    assert (score(NOTHING_SAID), quality_of(NOTHING_SAID, TODAY).known) == (0, 100)


def test_the_formula_is_points_times_shares_over_the_points_that_are_known():
    # Half of 20 for the licence, all of 15 + 15 + 20 + 10, no columns known, 5 for the period, 0 of 5 for the place.
    facts = replace(BEST, licence="cc-by-nc-4.0", columns=None, has_place=False)
    assert (score(facts), quality_of(facts, TODAY).known) == (83, 90)


@given(facts=FACTS)
def test_a_score_is_out_of_100_and_stands_only_on_enough_that_is_known(facts):
    quality = quality_of(facts, TODAY)
    assert [mark.aspect for mark in quality.marks] == list(Aspect)
    assert (quality.score is None) == (quality.known < LEAST_KNOWN)
    assert quality.score is None or 0 <= quality.score <= 100


# What is best of these is not more of them: none is needed where the rest is known.
NOT_MORE = {"is_harvested", "licence_as_stated", "frequency", "modified_on"}


@given(facts=FACTS, better=st.sampled_from(sorted(BEST.__dict__.keys() - NOT_MORE)))
def test_more_is_never_worse(facts, better):
    improved = replace(facts, **{better: getattr(BEST, better)})
    before, after = score(facts), score(improved)
    assert before is None or (after is not None and after >= before)


@given(facts=FACTS, days=st.integers(0, 2_000), length=st.integers(0, 200), format_name=st.sampled_from(FORMATS))
def test_fresher_longer_and_one_format_more_are_never_worse(facts, days, length, format_name):
    known = replace(facts, formats=(*facts.formats, "pdf"), description=facts.description or "x")
    known = replace(known, modified_on=known.modified_on or TODAY - timedelta(4_000))
    fresher = known.modified_on + timedelta(days)
    for improved in (
        replace(known, modified_on=fresher),
        replace(known, description=known.description + "x" * length),
        replace(known, formats=(*known.formats, format_name)),
    ):
        before, after = score(known), score(improved)
        assert before is None or (after is not None and after >= before)


@given(facts=FACTS, frequency=st.sampled_from(FREQUENCIES))
def test_a_harvested_publisher_never_loses_by_a_promise(facts, frequency):
    silent = replace(facts, is_harvested=True, frequency="")
    before, after = score(silent), score(replace(silent, frequency=frequency))
    assert before is None or (after is not None and after >= before)


@given(facts=FACTS)
def test_what_we_did_not_harvest_is_not_held_against_the_publisher(facts):
    by_hand, harvested = (score(replace(facts, is_harvested=known)) for known in (False, True))
    assert by_hand is None or harvested is None or by_hand >= harvested


@pytest.mark.parametrize("aspect", Aspect)
def test_of_a_dataset_that_is_only_described_nothing_is_known_but_what_is_said(aspect):
    assert share(aspect) is None
    assert score(Facts()) is None


@pytest.mark.parametrize(("frequency", "days"), DAYS.items())
def test_data_is_late_after_twice_its_promised_days(frequency, days):
    def fresh(age: int) -> int | None:
        return share(Aspect.FRESHNESS, frequency=frequency, modified_on=TODAY - timedelta(age), is_harvested=True)

    allowed = max(2 * days, 7)
    late, very_late = fresh(allowed * 2), fresh(allowed * 10)
    assert (fresh(allowed), fresh(-1), late, very_late) == (100, 100, 50, 10)


def test_every_frequency_of_the_catalogue_is_judged():
    assert set(DAYS) | {"irregular", "never"} == set(FREQUENCIES)
    assert share(Aspect.FRESHNESS, frequency="never") == 100
    assert share(Aspect.FRESHNESS, frequency="irregular", modified_on=date(2001, 1, 1)) == 50


@pytest.mark.parametrize(
    ("facts", "aspect", "expected"),
    [
        ({"licence": "odbl"}, Aspect.LICENCE, 100),
        ({"licence": "cc-by-nd-4.0"}, Aspect.LICENCE, 50),
        ({"is_harvested": True}, Aspect.LICENCE, 0),
        ({"is_harvested": True, "licence_as_stated": "Conditions de la ville"}, Aspect.LICENCE, None),
        ({"formats": ("pdf", "csv")}, Aspect.FORMAT, 100),
        ({"formats": ("xlsx",)}, Aspect.FORMAT, 50),
        ({"formats": ("zip", "other")}, Aspect.FORMAT, None),
        ({"columns": ("quai", "column_2")}, Aspect.COLUMNS, 50),
        ({"description": "x" * 100}, Aspect.DESCRIPTION, 50),
        ({"description": "  ", "is_harvested": True}, Aspect.DESCRIPTION, 0),
    ],
)
def test_each_aspect_is_judged_by_what_is_known(facts, aspect, expected):
    assert share(aspect, **facts) == expected
