"""Tables of text: comma, semicolon, tab or bar between cells, quoted or not."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise
from pathlib import Path

from challenges.catalogue.inspect.encoding import encoding_of
from challenges.catalogue.inspect.headings import below_titles, names_columns, title_rows
from challenges.catalogue.inspect.report import Finding, Row, Table

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_ROWS = 200
# Of all readers of this process: a cell may hold a long text or a geometry.
csv.field_size_limit(1 << 24)


def open_delimited(path: Path) -> Table:
    """A table of text. Raises csv.Error where quotes make no sense."""
    encoding = encoding_of(path)
    delimiter, sample = _best_reading(path, encoding)
    if not sample:
        empty = Finding("empty", "The file has no row.")
        return Table("csv", [], lambda: iter(()), encoding=encoding, findings=[empty])
    titles = title_rows(sample)
    first, *below = sample[titles:]
    has_header = names_columns(first, below)
    width = max(len(first), _usual_width(sample))
    names, findings = name_columns(first if has_header else [], width)
    if not has_header:
        findings = [Finding("no-header", "The first row holds values, so the columns are numbered.")]
    findings += below_titles(titles)

    def rows() -> Iterator[Row]:
        return islice(_read(path, encoding, delimiter), titles + int(has_header), None)

    return Table("csv", names, rows, encoding=encoding, delimiter=delimiter, findings=findings)


def name_columns(header: Sequence[str], width: int) -> tuple[list[str], list[Finding]]:
    """One name per column, each different: blank ones are numbered, repeated ones too."""
    names: list[str] = []
    stripped = [name.strip() for name in header] + [""] * (width - len(header))
    for position, name in enumerate(stripped, start=1):
        wanted, number = name or f"column_{position}", 1
        unique = wanted
        while unique in names:
            number += 1
            unique = f"{wanted}_{number}"
        names.append(unique)
    findings = []
    if "" in stripped:
        findings.append(Finding("blank-headers", "Some columns have no name; they are numbered."))
    if any(count > 1 for name, count in Counter(stripped).items() if name):
        findings.append(Finding("duplicate-headers", "Some columns share a name; they are numbered."))
    return names, findings


def _best_reading(path: Path, encoding: str) -> tuple[str, list[list[str]]]:
    """The delimiter that gives the most regular table, and the first rows as it reads them."""
    readings = [(delimiter, _sample(path, encoding, delimiter)) for delimiter in DELIMITERS]
    return max(readings, key=lambda reading: _likelihood(*reading))


def _sample(path: Path, encoding: str, delimiter: str) -> list[list[str]]:
    try:
        return list(islice(_read_text(path, encoding, delimiter), SAMPLE_ROWS))
    except csv.Error:
        return []


def _likelihood(delimiter: str, rows: Sequence[Sequence[str]]) -> tuple[bool, tuple[bool, float, int]]:
    """How regular the table is. Commas between digits alone are those of decimals, where another sign divides cells."""
    regularity = _regularity(rows)
    is_decimal = delimiter == "," and all(_is_between_digits(*sides) for row in rows for sides in pairwise(row))
    return regularity[0] and not is_decimal, regularity


def _is_between_digits(left: str, right: str) -> bool:
    return left[-1:].isdigit() and right[:1].isdigit()


def _regularity(rows: Sequence[Sequence[str]]) -> tuple[bool, float, int]:
    if not rows:
        return False, 0, 0
    width = _usual_width(rows)
    alike = sum(len(row) == width for row in rows) / len(rows)
    return width > 1, round(alike, 1), width


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    return Counter(map(len, rows)).most_common(1)[0][0]


def _read_text(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        lines = (line.replace("\0", "") for line in stream)
        first = next(lines, "")
        # Spreadsheets note the delimiter in a line before the header.
        before = [] if re.match(r"\ufeff?sep=.\s*$", first) else [first]
        yield from (row for row in csv.reader(chain(before, lines), delimiter=delimiter) if row)


def _read(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    for row in _read_text(path, encoding, delimiter):
        yield list(row)
