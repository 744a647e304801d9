"""How sure a ranking is: 90 % ranges of places, and the chance of being first or among the first."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from judging.ranking.arrays import Flags, Floats, Ints, SingleFloats
from judging.ranking.estimates import Spread

SEED = 1976
TOPS = (1, 3)
COVERED = 0.90
# Small contests can afford that chance moves a probability by less than a hundredth.
MOST_DRAWS, FEWEST_DRAWS, SCORES_DRAWN = 20_000, 1_000, 10_000_000
AT_ONCE = 1_000_000
LEAST_NOISE = 1e-5


@dataclass(frozen=True)
class Ranges:
    """Best and worst place of each of n entries in 90 % of the draws, and in which share it is among the first few."""

    low: Ints
    high: Ints
    top: dict[int, Floats]


def ranges_of(
    score: Floats, spread: Spread, ranks: Ints, tops: tuple[int, ...] = TOPS, ahead: Flags | None = None
) -> Ranges:
    """Draw scores from the model many times and rank each draw. Seeded: the same input gives the same answer.

    A range always holds the entry's own place. Without any uncertainty places are certain. `ahead` are entries that
    stand before all others in each draw.
    """
    errors = spread.standard_errors()
    if not errors.any():
        return Ranges(ranks, ranks, {top: (ranks <= top).astype(float) for top in tops})
    unit = float(errors.max())
    # A little noise of its own lets each of those that the model cannot tell apart be first in turn.
    apart = Spread(spread.weights, spread.root / unit, np.maximum(spread.own / unit, LEAST_NOISE))
    drawn = _drawn_ranks((score - score.mean()) / unit, apart, ahead)
    times = drawn.shape[1]
    low, high = int((1 - COVERED) / 2 * times), int(np.ceil((1 + COVERED) / 2 * times)) - 1
    ordered = np.partition(drawn, (low, high), axis=1)
    return Ranges(
        np.minimum(ordered[:, low], ranks).astype(np.intp),
        np.maximum(ordered[:, high], ranks).astype(np.intp),
        {top: (drawn <= top).mean(axis=1) for top in tops},
    )


def _drawn_ranks(score: Floats, spread: Spread, ahead: Flags | None) -> npt.NDArray[np.int32]:
    """Places of n entries in each draw."""
    parts = [slice(None)] if ahead is None or not ahead.any() else [ahead, ~ahead]
    random, count = np.random.default_rng(SEED), len(score)
    times = int(np.clip(SCORES_DRAWN // count, FEWEST_DRAWS, MOST_DRAWS))
    step = max(1, AT_ONCE // count)
    ranks = np.empty((count, times), dtype=np.int32)
    for start in range(0, times, step):
        width = min(step, times - start)
        worst = -(score[:, None].astype(np.float32) + spread.draw(random, width))
        before = 0
        for part in parts:
            block = _places(worst[part])
            ranks[part, start : start + width] = block + before
            before += len(block)
    return ranks


def _places(worst: SingleFloats) -> npt.NDArray[np.int32]:
    """Places in each column, the least first."""
    best_first = np.argsort(np.ascontiguousarray(worst.T), axis=1)
    places = np.broadcast_to(np.arange(1, len(worst) + 1, dtype=np.int32), best_first.shape)
    block = np.empty_like(best_first, dtype=np.int32)
    np.put_along_axis(block, best_first, places, axis=1)
    return block.T
