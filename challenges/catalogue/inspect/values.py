"""How a cell of text may be read: as a whole number, a decimal number, a truth value, a date. None means "not so"."""

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime

Value = int | float | bool | datetime

# Longer digits are identifiers: as numbers they would lose their end in most tools.
LONGEST_INTEGER = 18
TRUTH = {"true": True, "vrai": True, "oui": True, "yes": True, "false": False, "faux": False, "non": False, "no": False}
MISSING_MARKERS = frozenset({"NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null"})
# What statistics programs write after a division by zero: a number, but none that a range can hold.
INFINITIES = frozenset({"Inf", "+Inf", "-Inf", "inf", "-inf"})

_SPACES = str.maketrans("", "", " \u00a0\u202f")
# Most numbers are as plain as this: they are read ten times as fast.
_PLAIN_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,17})", re.ASCII)
_PLAIN_POINT = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?", re.ASCII)
_PLAIN_COMMA = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:,\d{1,15})?", re.ASCII)
_INTEGER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+)", re.ASCII)
_EXPONENT = r"(?:[eE][+-]?\d{1,3})?"
_SPACED = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+"
_POINT = re.compile(rf"[+-]?(?:\d+|\d{{1,3}}(?:,\d{{3}})+|{_SPACED})?(?:\.\d*)?{_EXPONENT}", re.ASCII)
_COMMA = re.compile(rf"[+-]?(?:\d+|\d{{1,3}}(?:\.\d{{3}})+(?=,)|{_SPACED})?(?:,\d*)?{_EXPONENT}", re.ASCII)
_LEADING_ZERO = re.compile(r"[+-]?0\d", re.ASCII)
_TIME = (
    r"(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    r" ?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
# Two digits are a year only behind a slash: with points they may be a version, with hyphens any code.
_LAST_YEAR = r"(?P<year>\d{4}|(?<=/)\d{2})"
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})([-/])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_TIME}", re.ASCII)
_DAY_FIRST = re.compile(rf"(?P<day>\d{{1,2}})([-/.])(?P<month>\d{{1,2}})\2{_LAST_YEAR}{_TIME}", re.ASCII)
_MONTH_FIRST = re.compile(rf"(?P<month>\d{{1,2}})([-/])(?P<day>\d{{1,2}})\2{_LAST_YEAR}{_TIME}", re.ASCII)
# What comes before and after the turn of the century where a year has two digits, as spreadsheets read it.
_FIRST_OF_LAST_CENTURY = 30


def whole(text: str) -> int | None:
    """A whole number without leading zeros: "13 055" is one, "013" is a code."""
    if _PLAIN_WHOLE.fullmatch(text):
        return int(text)
    if not _INTEGER.fullmatch(text) or _LEADING_ZERO.match(text):
        return None
    digits = text.translate(_SPACES)
    return int(digits) if len(digits.lstrip("+-")) <= LONGEST_INTEGER else None


def with_point(text: str) -> float | None:
    """A number with a decimal point: 1.5, .097, 1,234.5, 1e-5."""
    if _PLAIN_POINT.fullmatch(text):
        return float(text)
    return _number(text, _POINT, thousands=",", decimal=".")


def with_comma(text: str) -> float | None:
    """A number with a decimal comma: 1,5, 1 234,5, 1.234,5, -1,146e+00."""
    if _PLAIN_COMMA.fullmatch(text):
        return float(text.replace(",", "."))
    return _number(text, _COMMA, thousands=".", decimal=",")


def _number(text: str, pattern: re.Pattern[str], *, thousands: str, decimal: str) -> float | None:
    if not pattern.fullmatch(text) or _LEADING_ZERO.match(text) or not re.match(r"[+-]?[.,]?\d", text):
        return None
    if text.isdigit() and len(text) > LONGEST_INTEGER:
        return None
    number = float(text.translate(_SPACES).replace(thousands, "").replace(decimal, "."))
    return number if math.isfinite(number) else None


def truth(text: str) -> bool | None:
    """True or false in words, in French or English."""
    return TRUTH.get(text.lower())


def year_first(text: str) -> datetime | None:
    """2024-07-26, with or without a time and a zone; in UTC."""
    return _moment(_YEAR_FIRST.fullmatch(text))


def day_first(text: str) -> datetime | None:
    """26/07/2024 or 26/07/24, as most of the world writes it."""
    return _moment(_DAY_FIRST.fullmatch(text))


def month_first(text: str) -> datetime | None:
    """07/26/2024 or 07/26/24, as the United States write it."""
    return _moment(_MONTH_FIRST.fullmatch(text))


def _moment(match: re.Match[str] | None) -> datetime | None:
    if match is None:
        return None
    parts = match.groupdict()
    numbers = [int(parts[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")]
    if len(parts["year"]) == 2:
        numbers[0] += 2000 if numbers[0] < _FIRST_OF_LAST_CENTURY else 1900
    fraction = (parts["part"] or "").ljust(6, "0")[:6]
    zone = (parts["zone"] or "Z").replace("Z", "+0000").replace(":", "")
    try:
        moment = datetime(*numbers, int(fraction), tzinfo=datetime.strptime(zone, "%z").tzinfo)  # type: ignore[misc, arg-type]
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


# The order is the order of preference where several readings fit a whole column.
READINGS: dict[str, Callable[[str], Value | None]] = {
    "boolean": truth,
    "integer": whole,
    "point": with_point,
    "comma": with_comma,
    "year-first": year_first,
    "day-first": day_first,
    "month-first": month_first,
}
DATES = frozenset({"year-first", "day-first", "month-first"})
DECIMALS = frozenset({"point", "comma"})
