"""How well a design of reviews compares entries, against the thresholds of the documentation. Pure.

Scores compare within a component only; harmonic efficiency and the smallest eigenvalue of the information on entries
are those of `judging.ranking.design`, the worst of the components.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from judging.panels.rules import Pair
from judging.ranking.design import component_labels, efficiency_of

LEAST_EIGENVALUE, LEAST_EFFICIENCY = 0.3, 0.8
FEWEST_REVIEWS, FEWEST_ENTRIES = 3, 8
# Eigenvalues of more entries than this would keep a page waiting.
MOST_ENTRIES = 1_500


@dataclass(frozen=True)
class Health:
    """What a design is worth. `groups` are entries that compare, the largest first; figures are None where undefined.

    `light` are jurors with so few entries that their severity is hardly known.
    """

    groups: Sequence[Sequence[int]]
    harmonic: float | None
    smallest: float | None
    fewest_reviews: int
    load_low: int
    load_high: int
    light: Sequence[int]

    @property
    def is_connected(self) -> bool:
        """Whether all entries compare."""
        return len(self.groups) <= 1

    @property
    def is_weak(self) -> bool:
        """Whether a figure lies under its threshold."""
        low = self.harmonic is not None and self.harmonic < LEAST_EFFICIENCY
        frail = self.smallest is not None and self.smallest < LEAST_EIGENVALUE
        return low or frail or self.fewest_reviews < FEWEST_REVIEWS or bool(self.light)

    def keeps_together(self, entries: Collection[int]) -> bool:
        """Whether these entries compare with each other, whatever the others do."""
        return sum(not set(group).isdisjoint(entries) for group in self.groups) <= 1


def health_of(entries: Sequence[int], jurors: Sequence[int], pairs: Collection[Pair]) -> Health:
    """Of the pairs (juror, entry) among these entries and jurors; jurors without a review do not count."""
    place, seat = {entry: n for n, entry in enumerate(entries)}, {juror: n for n, juror in enumerate(jurors)}
    known = sorted((place[entry], seat[juror]) for juror, entry in pairs if juror in seat and entry in place)
    row, column = (np.array([pair[side] for pair in known], dtype=np.intp) for side in (0, 1))
    label, _of_juror = component_labels(row, column, len(entries), len(jurors))
    count = int(label.max(initial=-1)) + 1
    groups = [[entries[n] for n in np.flatnonzero(label == group).tolist()] for group in range(count)]
    groups += [[entries[n]] for n in np.flatnonzero(label < 0).tolist()]
    found = [_figures(row, column, label == group) for group in range(count)]
    figures = [each for each in found if each is not None]
    load = Counter(jurors[n] for n in column.tolist())
    reviews = Counter(row.tolist())
    return Health(
        groups=sorted(groups, key=len, reverse=True),
        harmonic=min((each[0] for each in figures), default=None),
        smallest=min((each[1] for each in figures), default=None),
        fewest_reviews=min((reviews[n] for n in range(len(entries))), default=0),
        load_low=min(load.values(), default=0),
        load_high=max(load.values(), default=0),
        light=[juror for juror in jurors if 0 < load[juror] < min(FEWEST_ENTRIES, len(entries))],
    )


def _figures(row: "np.ndarray", column: "np.ndarray", inside: "np.ndarray") -> tuple[float, float] | None:
    """Harmonic efficiency and smallest eigenvalue of one component."""
    size = int(inside.sum())
    if not 2 <= size <= MOST_ENTRIES:
        return None
    number = np.cumsum(inside) - 1
    within = inside[row]
    jurors, columns = np.unique(column[within], return_inverse=True)
    found = efficiency_of(number[row[within]], columns, size, len(jurors))
    return (found.harmonic, found.smallest) if found else None
