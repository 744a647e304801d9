"""What a model says of entries: scores, and a distribution around them to draw from."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from judging.ranking.arrays import Floats, SingleFloats


@dataclass(frozen=True)
class Spread:
    """A normal distribution of n scores: mean + weights @ root @ z + own * w, with z and w independent and standard.

    `weights` is n x d (dense or sparse), `root` d x d, `own` n. Covariances of ten thousand entries are never formed.
    """

    weights: Any
    root: Floats
    own: Floats

    def standard_errors(self) -> Floats:
        """Square roots of the variances, n."""
        shared = np.asarray(self.weights @ self.root)
        errors: Floats = np.sqrt((shared**2).sum(axis=1) + self.own**2)
        return errors

    def draw(self, random: np.random.Generator, times: int) -> SingleFloats:
        """Deviations from the mean, n x times. Single precision: they are drawn by lot, by the million."""
        weights, root, own = (part.astype(np.float32) for part in (self.weights, self.root, self.own[:, None]))
        lots = [random.standard_normal((size, times), dtype=np.float32) for size in (root.shape[1], len(own))]
        deviations: SingleFloats = weights @ (root @ lots[0]) + own * lots[1]
        return deviations

    def scaled(self, factor: float) -> "Spread":
        """The same in another unit."""
        return Spread(self.weights, self.root * factor, self.own * factor)


@dataclass(frozen=True)
class Estimate:
    """What a method says of n entries: their scores, in which order they stand, and how uncertain that is.

    `order` has what is ranked where that is not the score itself. `spread` is None for methods without a model, and
    where the marks leave nothing to judge the uncertainty by.
    """

    score: Floats
    spread: Spread | None = None
    warnings: tuple[str, ...] = ()
    order: Floats | None = None

    @property
    def ranked_by(self) -> Floats:
        """The highest of these is first."""
        return self.score if self.order is None else self.order
