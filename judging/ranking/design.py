"""Who reviewed what: whether scores can be compared at all, and how well."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from judging.ranking.arrays import Flags, Floats, Ints
from judging.ranking.refusals import listed
from judging.ranking.reviews import Reviews


@dataclass(frozen=True)
class Components:
    """The component of each entry and juror with reviews, -1 without; scores compare within a component only."""

    count: int
    of_entry: Ints
    of_juror: Ints

    @property
    def is_connected(self) -> bool:
        """Whether every entry that was reviewed compares with each other one."""
        return self.count <= 1

    def described(self, reviews: Reviews) -> str:
        """Who is in which, in one sentence."""
        return "; ".join(
            f"{number + 1}) entries {listed(_named(reviews.entries, self.of_entry == number))}"
            f" with jurors {listed(_named(reviews.jurors, self.of_juror == number))}"
            for number in range(self.count)
        )


def components_of(reviews: Reviews) -> Components:
    """Connected components of the graph that joins a juror and an entry by each review."""
    entry, juror = component_labels(reviews.entry, reviews.juror, len(reviews.entries), len(reviews.jurors))
    return Components(int(max(entry.max(initial=-1), juror.max(initial=-1))) + 1, entry, juror)


def component_labels(entry: Ints, juror: Ints, entries: int, jurors: int) -> tuple[Ints, Ints]:
    """The component of each entry and of each juror, counted from 0 in the order of entries; -1 without review."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = entries + jurors
    graph = coo_array((np.ones(len(entry)), (entry, entries + juror)), shape=(size, size))
    _count, label = connected_components(graph, directed=False)
    met = np.zeros(size, dtype=bool)
    met[entry], met[entries + juror] = True, True
    found, first = np.unique(label[met], return_index=True)
    number = np.full(size + 1, -1, dtype=np.intp)
    number[found[np.argsort(first)]] = np.arange(len(found))
    numbered = np.where(met, number[label], -1)
    return numbered[:entries], numbered[entries:]


def information(entry: Ints, juror: Ints, entries: int, jurors: int) -> Floats:
    """Information on entries once jurors are accounted for, entries x entries: diag(r) - N diag(1/k) N'.

    r counts the reviews of entries, k those of jurors, N has 1 for each review (John and Williams, "Cyclic and
    Computer Generated Designs", 1995, chapter 1).
    """
    incidence = np.zeros((entries, jurors))
    incidence[entry, juror] = 1
    load = np.maximum(incidence.sum(axis=0), 1)
    matrix: Floats = np.diag(incidence.sum(axis=1)) - (incidence / load) @ incidence.T
    return matrix


@dataclass(frozen=True)
class Efficiency:
    """Of a connected design, against the same reviews by jurors without severity; both from 0 to 1."""

    harmonic: float
    smallest: float


def efficiency_of(entry: Ints, juror: Ints, entries: int, jurors: int) -> Efficiency | None:
    """The eigenvalues of the information divided by the mean number of reviews: harmonic mean, and the smallest.

    None when the design is not connected, or has fewer than two entries.
    """
    if entries < 2:
        return None
    values = np.linalg.eigvalsh(information(entry, juror, entries, jurors))[1:] / (len(entry) / entries)
    if values[0] < 1e-9:
        return None
    return Efficiency(harmonic=float(1 / np.mean(1 / values)), smallest=float(values[0]))


def _named(names: Sequence[str], chosen: Flags) -> list[str]:
    return [names[place] for place in np.flatnonzero(chosen).tolist()]
