"""Numbers of rows as addresses carry them: never more digits than a database takes."""

import re

from werkzeug.routing import IntegerConverter

# Both databases hold every number of so many digits.
DIGITS = r"\d{1,18}"


class RowNumber(IntegerConverter):
    """The `int` of addresses; a longer number is the address of nothing."""

    regex = DIGITS


def row_number(typed: str) -> int:
    """The number of a row that a query asks for. Raises ValueError for anything else."""
    if re.fullmatch(DIGITS, typed, re.ASCII) is None:
        raise ValueError(f"{typed!r} is not the number of a row")
    return int(typed)
