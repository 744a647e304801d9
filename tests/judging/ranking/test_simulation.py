import numpy as np
import pytest

from judging.ranking.refusals import Refused
from judging.ranking.simulation import Contest, balanced_design, simulate

# 60 entries, 15 jurors, 4 reviews each, computed with other libraries over 200 contests: tau and its standard error.
PUBLISHED = {
    "mean": (0.664, 0.004), "median": (0.637, 0.004), "bradley-terry": (0.732, 0.003), "borda": (0.734, 0.003),
    "zscore": (0.741, 0.003), "centred": (0.746, 0.003), "additive": (0.750, 0.003), "blup": (0.751, 0.003),
}  # fmt: skip


def test_the_published_figures_are_found_again_within_their_errors():
    seeds = 25
    found = simulate(Contest(60, 15, 4), seeds)
    for row in found["methods"]:
        tau, error = PUBLISHED[row["method"]]
        assert abs(row["tau"] - tau) < 3 * np.hypot(error, error * np.sqrt(200 / seeds)), row
    assert found["design"]["efficiency"] == pytest.approx(0.942, abs=0.002)
    assert found["design"]["load_low"] == found["design"]["load_high"] == 16


def test_two_rounds_find_more_winners_for_the_same_work():
    one, two = (simulate(Contest(60, 15, 4, rounds=rounds), 25) for rounds in (1, 2))
    assert one["design"]["reviews"] == two["design"]["reviews"] == 240
    assert two["design"]["finalists"] == 12
    top = [{row["method"]: row["top3"] for row in found["methods"]}["blup"] for found in (one, two)]
    assert top[1] > top[0]


def test_simulations_are_seeded():
    assert simulate(Contest(9, 4, 2), 3) == simulate(Contest(9, 4, 2), 3)


def test_loads_are_even_and_jurors_distinct():
    entry, juror = balanced_design(20, 7, 3, np.random.default_rng(1))
    assert set(np.bincount(juror).tolist()) <= {8, 9}
    assert len(set(zip(entry.tolist(), juror.tolist(), strict=True))) == 60


@pytest.mark.parametrize("rounds", [1, 2])
def test_the_smallest_contest_has_figures(rounds):
    for row in simulate(Contest(2, 2, 2, rounds=rounds), 3)["methods"]:
        assert -1 <= row["tau"] <= 1 and row["top3"] == 1


@pytest.mark.parametrize(
    "contest",
    [Contest(9, 2, 3), Contest(9, 4, 1, rounds=2), Contest(2, 4, 2, rounds=2), Contest(9, 4, 2, bias=float("nan"))],
)
def test_contests_that_cannot_be_held_are_refused(contest):
    with pytest.raises(Refused):
        simulate(contest, 2)
