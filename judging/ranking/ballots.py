"""Methods that read each juror's marks as a ranking: Borda and Schulze. Made for juries that saw everything."""

from collections.abc import Iterator

import numpy as np

from judging.ranking.arrays import Floats, Ints
from judging.ranking.estimates import Estimate
from judging.ranking.places import NOISE_DECIMALS
from judging.ranking.refusals import Refused
from judging.ranking.reviews import Reviews

# Schulze compares each pair through each third: seconds at this size, hours at ten times as many.
MOST_ENTRIES = 2_000


def estimate_borda(reviews: Reviews) -> Estimate:
    """The sum over jurors of the entries beaten, plus half of those with an equal mark (Borda 1781)."""
    points = np.zeros(len(reviews.entries))
    for entries, marks in ballots(reviews):
        ascending = np.sort(marks)
        beaten, up_to = (np.searchsorted(ascending, marks, side=side) for side in ("left", "right"))
        points[entries] += beaten + (up_to - beaten - 1) / 2
    return Estimate(points, warnings=incomplete(reviews))


def estimate_schulze(reviews: Reviews) -> Estimate:
    """The number of entries beaten by strongest paths of winning votes (Schulze, Soc. Choice Welf. 36, 2011).

    Raises Refused beyond 2,000 entries.
    """
    if len(reviews.entries) > MOST_ENTRIES:
        raise Refused(f"Schulze compares all pairs and takes up to {MOST_ENTRIES} entries. Use another method.")
    strength = strongest_paths(preferring(reviews))
    return Estimate((strength > strength.T).sum(axis=1).astype(float), warnings=incomplete(reviews))


def ballots(reviews: Reviews) -> Iterator[tuple[Ints, Floats]]:
    """Each juror's entries and marks, without the noise of the last decimals."""
    order = np.argsort(reviews.juror, kind="stable")
    marks = np.round(reviews.score, NOISE_DECIMALS)
    for chosen in np.split(order, np.cumsum(reviews.by_juror)[:-1]):
        yield reviews.entry[chosen], marks[chosen]


def preferring(reviews: Reviews) -> Floats:
    """n x n: how many jurors marked the row's entry higher than the column's; pairs not both marked do not count."""
    count = len(reviews.entries)
    wins = np.zeros((count, count))
    for entries, marks in ballots(reviews):
        wins[np.ix_(entries, entries)] += marks[:, None] > marks[None, :]
    return wins


def strongest_paths(wins: Floats) -> Floats:
    """n x n: the strength of the weakest link of the strongest path (Floyd and Warshall)."""
    strength = np.where(wins > wins.T, wins, 0.0)
    for through in range(len(strength)):
        np.maximum(strength, np.minimum(strength[:, through, None], strength[through]), out=strength)
    np.fill_diagonal(strength, 0.0)
    return strength


def incomplete(reviews: Reviews) -> tuple[str, ...]:
    """A warning where not every juror marked every entry."""
    if reviews.is_complete:
        return ()
    return ("Not every juror marked every entry: this method then favours some entries. Prefer blup or additive.",)
