"""Bradley-Terry strengths from duels, by maximum likelihood.

P(i beats j) = 1 / (1 + exp(strength_j - strength_i)) (Bradley and Terry, Biometrika 39, 1952). A finite maximum exists
when each entry beats each other one, through others if need be (Ford, American Mathematical Monthly 64, 1957). A ridge
takes (ridge / 2) sum(strength^2) from the log-likelihood, and then there always is one. Computed from the stored votes,
so that a vote can be undone. Found by Newton's method with step halving.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from judging.ranking.arrays import Floats, Ints
from judging.ranking.places import competition_ranks
from judging.ranking.refusals import Refused, listed
from judging.ranking.tables import Row, read_rows

MOST_ENTRIES = 3_000
MOST_STEPS = 200
# Beyond, strengths are lost in rounding.
SMALLEST_RIDGE, LARGEST_RIDGE = 1e-9, 1e9


@dataclass(frozen=True)
class Duels:
    """wins[i, j]: how often entry i beat entry j; `entries` are sorted names."""

    entries: tuple[str, ...]
    wins: Floats


@dataclass(frozen=True)
class Strengths:
    """Log-strengths that sum to zero, standard errors and places of n entries; None where no finite maximum exists."""

    entries: tuple[str, ...]
    strength: Floats | None
    error: Floats | None
    rank: Ints | None
    is_connected: bool
    warnings: tuple[str, ...]


def read_duels(path: Path) -> Duels:
    """Read `juror,winner,loser`. Raises Refused, naming lines, or Unreadable."""
    _columns, rows = read_rows(path, ("juror", "winner", "loser"))
    for row in rows:
        _check(row)
    return duels_of((row.cells[1], row.cells[2]) for row in rows)


def duels_of(pairs: Iterable[tuple[str, str]]) -> Duels:
    """From pairs (winner, loser). Raises Refused beyond 3,000 entries."""
    counted = Counter(pairs)
    entries = tuple(sorted({entry for pair in counted for entry in pair}))
    if len(entries) > MOST_ENTRIES:
        raise Refused(f"The duels are between {len(entries)} entries; at most {MOST_ENTRIES} can be compared at once.")
    place = {entry: number for number, entry in enumerate(entries)}
    wins = np.zeros((len(entries), len(entries)))
    for (winner, loser), times in counted.items():
        wins[place[winner], place[loser]] = times
    return Duels(entries, wins)


def is_usable(ridge: float) -> bool:
    """Whether strengths can be computed with a ridge: 0, or from a billionth to a billion."""
    return not ridge or SMALLEST_RIDGE <= ridge <= LARGEST_RIDGE


def strengths_of(duels: Duels, ridge: float = 0.0) -> Strengths:
    """The strengths, and a warning that names who is never beaten by the others where that leaves no maximum.

    The ridge `is_usable`.
    """
    unbeaten = never_beaten(duels)
    is_connected = not unbeaten
    warnings = [f"Never beaten by any of the others: {group}." for group in unbeaten]
    if not duels.entries:
        return Strengths((), None, None, None, False, ("There is no duel.",))
    if not is_connected and not ridge:
        advice = "No finite strengths exist. Add duels that join these entries to the others, or give --ridge."
        return Strengths(duels.entries, None, None, None, False, (*warnings, advice))
    strength = maximum_likelihood(duels.wins, ridge)
    covariance = np.linalg.inv(_information(duels.wins, strength, ridge) + 1 / len(strength)) - _along(duels, ridge)
    error = np.sqrt(np.clip(np.diag(covariance), 0, None))
    return Strengths(duels.entries, strength, error, competition_ranks(strength), is_connected, tuple(warnings))


def never_beaten(duels: Duels) -> list[str]:
    """Each strongly connected group that no entry outside has beaten; none when all are one group."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    if not duels.entries:
        return []
    count, label = connected_components(csr_array(duels.wins), directed=True, connection="strong")
    winner, loser = np.nonzero(duels.wins)
    beaten = {int(label[low]) for high, low in zip(winner, loser, strict=True) if label[high] != label[low]}
    groups = [number for number in range(count) if number not in beaten] if count > 1 else []
    return sorted(
        listed([entry for entry, own in zip(duels.entries, label, strict=True) if own == number]) for number in groups
    )


def maximum_likelihood(wins: Floats, ridge: float) -> Floats:
    """Newton's method, from zero, halving steps that would lose likelihood."""
    strength = np.zeros(len(wins))
    for _ in range(MOST_STEPS):
        lost = _chances(strength).T * wins
        slope = lost.sum(axis=1) - lost.sum(axis=0) - ridge * strength
        step = np.linalg.solve(_information(wins, strength, ridge) + 1 / len(wins), slope)
        step = _halved(wins, strength, step - step.mean(), ridge)
        strength = strength + step
        if np.abs(step).max() < 1e-12:
            break
    centred: Floats = strength - strength.mean()
    return centred


def _halved(wins: Floats, strength: Floats, step: Floats, ridge: float) -> Floats:
    now = _log_likelihood(wins, strength, ridge)
    while np.abs(step).max() > 1e-12 and _log_likelihood(wins, strength + step, ridge) < now - 1e-12 * abs(now):
        step = step / 2
    return step


def _chances(strength: Floats) -> Floats:
    """P(row beats column)."""
    difference = strength[None, :] - strength[:, None]
    return np.asarray(np.exp(-np.logaddexp(0.0, difference)))


def _log_likelihood(wins: Floats, strength: Floats, ridge: float) -> float:
    difference = strength[None, :] - strength[:, None]
    return float(-(wins * np.logaddexp(0.0, difference)).sum() - ridge / 2 * (strength**2).sum())


def _information(wins: Floats, strength: Floats, ridge: float) -> Floats:
    """Minus the second derivatives: a Laplacian of met x P x (1 - P), plus the ridge."""
    chances = _chances(strength)
    weight = (wins + wins.T) * chances * chances.T
    matrix: Floats = np.diag(weight.sum(axis=1) + ridge) - weight
    return matrix


def _along(duels: Duels, ridge: float) -> float:
    """What the inverse holds along (1, …, 1), where strengths cannot move."""
    return 1 / (1 + ridge) / len(duels.entries)


def _check(row: Row) -> None:
    _juror, winner, loser = row.cells
    if not all(row.cells):
        raise Refused(f"Line {row.line} leaves juror, winner or loser empty. Fill it in, or take the line out.")
    if winner == loser:
        raise Refused(f"Line {row.line}: {winner} cannot meet itself. Correct the line, or take it out.")
