"""Addresses: numbers of rows in them, never with more digits than a database takes, and where a reader may be sent."""

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


def own_path(target: str | None) -> str | None:
    """`target` when it is a path of this site, else None.

    Browsers read a backslash as a slash and skip control characters, so `/\\host` and `/<tab>/host` lead elsewhere.
    """
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or any(ord(character) < 32 or ord(character) == 127 for character in target):
        return None
    return target
