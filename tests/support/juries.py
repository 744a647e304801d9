"""Reviews to rank: simulated, or from published tables."""

import csv
from pathlib import Path

import numpy as np

from judging.ranking.marks import Mark, marks_of
from judging.ranking.reviews import Reviews, reviews_of


def reviews_from(rows) -> Reviews:
    """From (juror, entry, score)."""
    return reviews_of(marks_of(Mark(juror, entry, score) for juror, entry, score in rows))


def simulated(entries=20, jurors=6, per_entry=3, *, seed=0, bias=1.0, noise=0.8) -> Reviews:
    """Marks around 7, with lenient and harsh jurors; jurors by lot."""
    random = np.random.default_rng(seed)
    quality, severity = random.normal(size=entries), bias * random.normal(size=jurors)
    return reviews_from(
        (f"j{juror:03}", f"e{entry:05}", 7 + quality[entry] - severity[juror] + noise * random.normal())
        for entry in range(entries)
        for juror in random.choice(jurors, per_entry, replace=False)
    )


def wide_table(path: Path, *, rows_are_jurors: bool) -> Reviews:
    """A published table with names in its first line and column."""
    with path.open(encoding="utf-8") as stream:
        (_corner, *columns), *rows = csv.reader(stream)
    return reviews_from(
        (*((name, column) if rows_are_jurors else (column, name)), float(cell) if cell else None)
        for name, *cells in rows
        for column, cell in zip(columns, cells, strict=True)
    )


def counted_ballots(path: Path) -> Reviews:
    """A table of n,ballot, each ballot the names best first."""
    with path.open(encoding="utf-8") as stream:
        ballots = [(int(row["n"]), row["ballot"]) for row in csv.DictReader(stream)]
    return reviews_from(
        (f"{number}-{voter}", name, -place)
        for number, (times, ballot) in enumerate(ballots)
        for voter in range(times)
        for place, name in enumerate(ballot)
    )
