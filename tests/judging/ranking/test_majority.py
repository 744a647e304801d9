import numpy as np
import pytest

from judging.ranking.methods import rank
from tests.support.juries import reviews_from


def marks(**by_entry):
    return reviews_from(
        (f"j{number}", entry, float(mark)) for entry, given in by_entry.items() for number, mark in enumerate(given)
    )


def value_by_hand(given):
    """Take the majority grade away, again and again."""
    left, taken = sorted(given), []
    while left:
        taken.append(left.pop((len(left) - 1) // 2))
    return taken


def test_the_score_is_the_lower_median():
    assert rank(marks(x=[1, 9, 5], y=[2, 4, 4]), "majority").score.tolist() == [5, 4]
    assert rank(marks(x=[1, 9, 5, 7], y=[2, 4, 4, 8]), "majority").score.tolist() == [5, 4]


@pytest.mark.parametrize("jurors", [4, 5, 8, 9])
def test_places_are_those_of_the_majority_value(jurors):
    random = np.random.default_rng(jurors)
    given = {f"e{entry}": random.integers(1, 5, jurors).tolist() for entry in range(12)}
    ranking = rank(marks(**given), "majority")
    values = [value_by_hand(given[entry]) for entry in ranking.reviews.entries]
    assert ranking.rank.tolist() == [1 + sum(other > value for other in values) for value in values]


def test_the_same_shares_of_marks_tie_whatever_their_number():
    ranking = rank(marks(x=[3, 4], y=[3, 4, 3, 4], z=[3, 4, 4, 4, 3, 3, 4, 3, 4]), "majority")
    assert ranking.rank.tolist() == [2, 2, 1]
    assert ranking.warnings
