"""Published figures that the other tests do not hold: the tasting of Paris, and seats by largest remainder."""

import pytest

from hackaviz.kernel.money import split_by_largest_remainder
from judging.ranking.methods import rank
from tests.support.juries import wide_table


@pytest.fixture
def paris(shared_data):
    """Eleven judges, ten red wines, four of which the README names A to D."""
    return wide_table(shared_data / "judging/paris_1976_reds.csv", rows_are_jurors=True)


def scores(reviews, method):
    ranking = rank(reviews, method)
    return dict(zip(ranking.reviews.entries, ranking.score.tolist(), strict=True))


def test_the_means_of_paris(paris):
    found = scores(paris, "mean")
    assert [round(found[wine], 3) for wine in "ABCD"] == [14.136, 14.091, 13.636, 13.227]


def test_borda_points_are_what_the_rank_sums_of_paris_leave(paris):
    judges, wines = len(paris.jurors), len(paris.entries)
    found = scores(paris, "borda")
    assert [judges * wines - found[wine] for wine in "ABCD"] == [41, 43, 41, 49]


def test_seats_by_largest_remainder():
    assert split_by_largest_remainder(10, [47_000, 16_000, 15_800, 12_000, 6_100, 3_100]) == [5, 2, 1, 1, 1, 0]
