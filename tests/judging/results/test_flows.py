"""Bands of money: nothing lost between columns, nothing drawn over another."""

from itertools import pairwise

import pytest

from judging.results.flows import Share, draw

SHARES = [
    Share("Quay", "1", "first", 270_000),
    Share("Pool", "1", "first", 1),
    Share("Pool", "4", "second", 70_000),
    Share("Line", "4", "second", 100_000),
]


def test_every_column_holds_every_cent():
    diagram = draw(SHARES)
    assert [sum(node.cents for node in column) for column in diagram.columns] == [440_001] * 3


def test_bands_into_and_out_of_a_theme_sum_to_it():
    diagram = draw(SHARES)
    for theme in diagram.columns[1]:
        assert sum(band.cents for band in diagram.bands if band.target == theme.name) == theme.cents
        assert sum(band.cents for band in diagram.bands if band.source == theme.name) == theme.cents


def test_no_box_of_a_column_stands_on_another():
    for column in draw(SHARES).columns:
        for above, below in pairwise(column):
            assert above.y + above.height < below.y


def test_boxes_are_as_tall_as_their_money_is_large():
    quay, pool, line = draw(SHARES).columns[0]
    assert quay.height / line.height == pytest.approx(2.7, rel=0.01)
    assert pool.height < line.height


def test_no_money_is_an_empty_diagram():
    diagram = draw([])
    assert [list(column) for column in diagram.columns] == [[], [], []]
    assert diagram.bands == []
