"""Marks in long form: one line for each juror, entry and criterion. A missing mark is missing, never 0."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from judging.ranking.arrays import Floats, Ints
from judging.ranking.refusals import Refused
from judging.ranking.tables import Row, read_rows

# Beyond, squares overflow; below, everything is computed on centred and scaled marks.
LARGEST = 1e100
WHOLE = ""


class Mark(NamedTuple):
    """What a juror gave an entry on a criterion (WHOLE where there are none); None where nothing was given."""

    juror: str
    entry: str
    score: float | None
    criterion: str = WHOLE


@dataclass(frozen=True)
class Marks:
    """Marks that were given, in an order of their own, so that the order of lines changes nothing.

    `juror`, `entry` and `criterion` index the sorted names; all four arrays have one item for each mark. Jurors and
    entries without any mark are among the names.
    """

    jurors: tuple[str, ...]
    entries: tuple[str, ...]
    criteria: tuple[str, ...]
    juror: Ints
    entry: Ints
    criterion: Ints
    score: Floats


def read_marks(path: Path) -> Marks:
    """Read `juror,entry,score` or `juror,entry,criterion,score`. Raises Refused, naming lines, or Unreadable."""
    columns, rows = read_rows(path, ("juror", "entry", "score"), ("criterion",))
    _refuse_duplicates(rows, len(columns))
    return marks_of(_mark(row) for row in rows)


def marks_of(given: Iterable[Mark]) -> Marks:
    """Put marks in order. Each juror, entry and criterion may come once."""
    marks = sorted(given, key=lambda mark: (mark.entry, mark.juror, mark.criterion))
    kept = [mark for mark in marks if mark.score is not None]
    jurors, entries, criteria = (
        tuple(sorted({getattr(mark, name) for mark in marks})) for name in ("juror", "entry", "criterion")
    )
    return Marks(
        jurors,
        entries,
        criteria,
        juror=_indexed([mark.juror for mark in kept], jurors),
        entry=_indexed([mark.entry for mark in kept], entries),
        criterion=_indexed([mark.criterion for mark in kept], criteria),
        score=np.array([mark.score for mark in kept], dtype=np.float64),
    )


def _indexed(names: Sequence[str], among: Sequence[str]) -> Ints:
    place = {name: number for number, name in enumerate(among)}
    return np.array([place[name] for name in names], dtype=np.intp)


def _mark(row: Row) -> Mark:
    juror, entry, score, *criterion = row.cells
    for name, cell in zip(("juror", "entry", "criterion"), (juror, entry, *criterion), strict=False):
        if not cell:
            raise Refused(f"Line {row.line} names no {name}. Fill the cell in, or take the line out.")
    return Mark(juror, entry, _number(score, row.line), *criterion)


def _number(cell: str, line: int) -> float | None:
    if not cell:
        return None
    try:
        number = float(cell) if "_" not in cell else math.nan
    except ValueError:
        number = math.nan
    if not abs(number) <= LARGEST:
        raise Refused(f"Line {line}: “{cell}” is not a mark. Write a number such as 7.5, or leave the cell empty.")
    return number


def _refuse_duplicates(rows: Sequence[Row], columns: int) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        juror, entry, _score, *criterion = row.cells
        first = seen.setdefault((juror, entry, *criterion), row.line)
        if first != row.line:
            what = f"juror {juror} and entry {entry}" + (f", criterion {criterion[0]}" if columns > 3 else "")
            raise Refused(f"Lines {first} and {row.line} both give a mark for {what}. Keep one of them.")
