from itertools import pairwise, permutations

import numpy as np
import pytest

from judging.ranking.ballots import preferring, strongest_paths
from judging.ranking.methods import rank
from judging.ranking.refusals import Refused
from tests.support.juries import counted_ballots, reviews_from, simulated


@pytest.mark.parametrize(("name", "order"), [("schulze_45.csv", "EACBD"), ("tennessee.csv", "NCKM")])
def test_published_elections_by_schulze(shared_data, name, order):
    ranking = rank(counted_ballots(shared_data / "judging" / name), "schulze")
    assert "".join(np.array(ranking.reviews.entries)[np.argsort(ranking.rank)]) == order
    assert sorted(ranking.score.tolist(), reverse=True) == list(range(len(order) - 1, -1, -1))


def test_published_elections_by_borda(shared_data):
    ranking = rank(counted_ballots(shared_data / "judging/tennessee.csv"), "borda")
    assert dict(zip(ranking.reviews.entries, ranking.score.tolist(), strict=True)) == {
        "M": 126, "N": 194, "C": 173, "K": 107,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_strongest_paths_are_those_found_by_trying_all(seed):
    wins = preferring(simulated(5, 9, 3 + seed, seed=seed, noise=2))
    strength = strongest_paths(wins)
    links = np.where(wins > wins.T, wins, 0)
    for start, end in permutations(range(5), 2):
        between = [each for each in range(5) if each not in {start, end}]
        paths = [(start, *way, end) for size in range(4) for way in permutations(between, size)]
        assert strength[start, end] == max(min(links[step] for step in pairwise(path)) for path in paths)


def test_equal_marks_share_borda_points_and_unmarked_entries_get_none():
    rows = [("a", "x", 3.0), ("a", "y", 3.0), ("a", "z", 1.0), ("b", "x", 1.0), ("b", "y", 2.0)]
    ranking = rank(reviews_from(rows), "borda")
    assert ranking.score.tolist() == [1.5, 2.5, 0.0]
    assert "Not every juror" in ranking.warnings[0]


def test_too_many_entries_for_schulze_are_refused():
    with pytest.raises(Refused, match="2000"):
        rank(reviews_from(("a", f"e{entry}", float(entry)) for entry in range(2001)), "schulze")
