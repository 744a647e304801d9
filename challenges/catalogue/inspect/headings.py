"""Where a table begins: below titles and notes, with names of columns or at once with values."""

from collections.abc import Sequence
from itertools import islice

from challenges.catalogue.inspect.report import Finding
from challenges.catalogue.inspect.values import DATES, DECIMALS, READINGS

MOST_TITLES = 20
ROWS_BELOW = 20
# A whole number may name a column, a year above all. A day or a decimal above its like is one of the values.
TELLING = DATES | DECIMALS


def title_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many rows of one cell, or none, stand above a row of names that has values below it."""
    for number, row in enumerate(rows[:MOST_TITLES]):
        filled = _filled(row)
        if len(filled) > 1:
            below = rows[number + 1 : number + 1 + ROWS_BELOW]
            are_names = not any(map(is_value, filled)) and any(is_value(cell) for each in below for cell in each)
            return number if are_names else 0
    return 0


def below_titles(number: int) -> list[Finding]:
    """What is said of titles that were left out."""
    return [Finding("title-rows", f"Titles and notes above the table are left out ({number} rows).")] if number else []


def names_columns(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row holds names. Without them it holds values alone, or a day or decimal above others of its kind."""
    if all(map(is_value, _filled(first))):
        return False
    return not any(_is_of_its_column(cell, place, below) for place, cell in enumerate(first) if cell.strip())


def _is_of_its_column(cell: str, place: int, below: Sequence[Sequence[str]]) -> bool:
    under = [row[place].strip() for row in islice(below, ROWS_BELOW) if len(row) > place and row[place].strip()]
    if not under or READINGS["integer"](cell.strip()) is not None:
        return False
    return any(all(READINGS[name](each) is not None for each in [cell.strip(), *under]) for name in TELLING)


def _filled(row: Sequence[str]) -> list[str]:
    return [cell for cell in row if cell.strip()]


def is_value(cell: str) -> bool:
    """Whether a cell holds a number, a truth value or a date."""
    return any(read(cell.strip()) is not None for read in READINGS.values())
