"""Values that fall together made one, with all others together at the end."""

import random
from statistics import fmean
from typing import Any

import pytest

from challenges.catalogue.charts.aggregate import aggregated
from challenges.catalogue.charts.choices import Aggregate, Order
from challenges.catalogue.charts.series import MOST_GROUPS, OTHER, Point


def points(*rows: tuple[Any, Any], group: str | None = None) -> list[Point]:
    return [Point(x, y, group) for x, y in rows]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("how", [Aggregate.COUNT, Aggregate.SUM])
def test_what_is_shown_adds_up_to_all_there_is(seed: int, how: Aggregate):
    lot = random.Random(seed)
    rows = [
        Point(f"x{lot.randrange(40)}", lot.randrange(-50, 100), lot.choice([None, *"abcdefghijkl"])) for _ in range(300)
    ]
    series = aggregated(rows, how, top=lot.randrange(1, 45), order=lot.choice(list(Order)))
    shown = sum(y for group in series["groups"] for y in group["y"] if y is not None)
    assert shown == (300 if how is Aggregate.COUNT else sum(point.y for point in rows))
    assert len(series["groups"]) <= MOST_GROUPS + 1


def test_a_mean_of_the_others_is_the_mean_of_their_rows_not_of_their_means():
    rows = points(("a", 100), ("b", 1), ("b", 1), ("b", 1), ("c", 9))
    (group,) = aggregated(rows, Aggregate.MEAN, top=1, order=Order.VALUE)["groups"]
    assert (group["x"], group["y"]) == (["a", OTHER], [100, fmean([1, 1, 1, 9])])


@pytest.mark.parametrize(
    ("how", "amount"),
    [
        (Aggregate.COUNT, 4),
        (Aggregate.SUM, 12.5),
        (Aggregate.MEAN, 3.125),
        (Aggregate.MEDIAN, 3),
        (Aggregate.MIN, 0.5),
        (Aggregate.MAX, 6),
    ],
)
def test_each_aggregate(how: Aggregate, amount: float):
    rows = points(("a", 0.5), ("a", 2), ("a", 4), ("a", 6))
    assert aggregated(rows, how, top=5, order=Order.VALUE)["groups"][0]["y"] == [amount]


def test_of_equals_at_the_edge_the_first_by_name_is_shown():
    rows = points(("é", 1), ("d", 1), ("f", 1), ("z", 2))
    (group,) = aggregated(rows, Aggregate.SUM, top=2, order=Order.VALUE)["groups"]
    assert (group["x"], group["y"]) == (["z", "d", OTHER], [2, 1, 2])


def test_by_name_numbers_stand_in_their_order_and_others_at_the_end():
    rows = points((10, 5), (9, 7), (2, 6), (1, 1))
    (group,) = aggregated(rows, Aggregate.SUM, top=3, order=Order.NAME)["groups"]
    assert (group["x"], group["y"]) == ([2, 9, 10, OTHER], [6, 7, 5, 1])


def test_a_group_without_values_at_a_place_has_none_there_rather_than_zero():
    rows = [*points(("a", 1), ("b", 2), group="m"), *points(("a", 4), group=None)]
    series = aggregated(rows, Aggregate.SUM, top=5, order=Order.NAME)
    assert [(group["name"], group["y"]) for group in series["groups"]] == [("m", [1, 2]), (None, [4, None])]
