import numpy as np
import pytest

from judging.ranking.pairwise import duels_of, never_beaten, strengths_of


def minorised(wins, steps=5000):
    """Hunter's MM algorithm (Annals of Statistics 32, 2004): slow, and another way to the same maximum."""
    worth = np.ones(len(wins))
    met = wins + wins.T
    for _ in range(steps):
        worth = wins.sum(1) / (met / (worth[:, None] + worth)).sum(1)
        worth /= np.exp(np.log(worth).mean())
    return np.log(worth)


def test_strengths_are_those_of_the_mm_algorithm_and_sum_to_zero():
    random = np.random.default_rng(1)
    duels = duels_of((f"e{a}", f"e{b}") for a, b in (random.choice(7, 2, replace=False) for _ in range(150)))
    found = strengths_of(duels)
    assert found.is_connected and not found.warnings
    assert found.strength == pytest.approx(minorised(duels.wins), abs=1e-8)
    assert found.strength.sum() == pytest.approx(0, abs=1e-12)
    assert found.rank[found.strength.argmax()] == 1


def test_two_entries_by_hand():
    found = strengths_of(duels_of([("x", "y")] * 3 + [("y", "x")]))
    assert found.strength == pytest.approx([np.log(3) / 2, -np.log(3) / 2])
    # Information on the difference is 4 x 3/4 x 1/4; each strength is half of it.
    assert found.error == pytest.approx([0.5 / np.sqrt(0.75)] * 2)


def test_the_american_league_of_1987():
    """Agresti, Categorical Data Analysis (1990), table 10.10: 13 games of each pair, relative to Baltimore."""
    wins = {
        "Milwaukee": [0, 7, 9, 7, 7, 9, 11], "Detroit": [6, 0, 7, 5, 11, 9, 9], "Toronto": [4, 6, 0, 7, 7, 8, 12],
        "New York": [6, 8, 6, 0, 6, 7, 10], "Boston": [6, 2, 6, 7, 0, 7, 12], "Cleveland": [4, 4, 5, 6, 6, 0, 6],
        "Baltimore": [2, 4, 1, 3, 1, 7, 0],
    }  # fmt: skip
    pairs = [
        (winner, loser)
        for winner, row in wins.items()
        for loser, times in zip(wins, row, strict=True)
        for _ in range(times)
    ]
    found = strengths_of(duels_of(pairs))
    strength = dict(zip(found.entries, found.strength, strict=True))
    relative = {team: round(float(strength[team] - strength["Baltimore"]), 3) for team in wins}
    assert relative == {
        "Milwaukee": 1.581, "Detroit": 1.436, "Toronto": 1.294, "New York": 1.248, "Boston": 1.108,
        "Cleveland": 0.684, "Baltimore": 0.0,
    }  # fmt: skip


def test_without_a_way_back_there_is_no_maximum_and_the_set_is_named():
    duels = duels_of([("x", "y"), ("y", "x"), ("x", "z"), ("z", "w"), ("w", "z")])
    assert never_beaten(duels) == ["x, y"]
    found = strengths_of(duels)
    assert found.strength is None and not found.is_connected
    assert "x, y" in found.warnings[0]


def test_a_ridge_makes_it_finite_and_meets_its_own_equation():
    duels, ridge = duels_of([("x", "y"), ("y", "z"), ("x", "z")]), 0.3
    found = strengths_of(duels, ridge)
    chances = 1 / (1 + np.exp(found.strength[None, :] - found.strength[:, None]))
    expected = (chances * (duels.wins + duels.wins.T)).sum(1)
    assert duels.wins.sum(1) - expected == pytest.approx(ridge * found.strength, abs=1e-9)
    assert not found.is_connected
