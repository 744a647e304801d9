"""Days and periods, in the many ways in which portals write them."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from challenges.catalogue.harvest.values import plain
from hackaviz.kernel.identifiers import fold

LONGEST_PERIOD = 120
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january jan janv",
            "fevrier february feb fevr",
            "mars march mar",
            "avril april apr avr",
            "mai may",
            "juin june jun",
            "juillet july jul juil",
            "aout august aug",
            "septembre september sep sept",
            "octobre october oct",
            "novembre november nov",
            "decembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*|[+Zz-].*)?$", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?$")
_FRENCH = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:\s.*)?$")
_WRITTEN = re.compile(r"(?:(\d{1,2})(?:er|st|nd|rd|th)?\s+)?([a-z]+)\.?\s+(\d{4})$")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_AFTER_WEEKDAY = re.compile(r"([A-Za-z]{3})[a-z]*,? (\d{1,2})/(\d{1,2})/(\d{4})\b")
_MILLISECONDS = re.compile(r"1\d{12}$|[5-9]\d{11}$")
_PAIRS = (
    re.compile(r"^(.+?)\s+(?:[-–—/àa]|to|au)\s+(.+)$"),
    re.compile(r"^(\d{4})-(\d{4})$"),
    re.compile(r"^(.+?)[/–—](.*)$"),
)


def day(value: Any) -> date | None:
    """The day of a date or a moment; months and years begin on their first day; None where it is none."""
    text = plain(value)
    for read in (_numbers, _in_words, _of_a_clock, _after_its_weekday, _of_a_letter):
        try:
            found = read(text)
        except (ValueError, TypeError, OverflowError):
            continue
        if found and 1000 <= found.year <= 2999:
            return found
    return None


def _numbers(text: str) -> date | None:
    if match := re.fullmatch(r"(\d{4})(?:-(\d{2}))?", text):
        return date(int(match.group(1)), int(match.group(2) or 1), 1)
    if match := _ISO.match(text) or _COMPACT.match(text):
        return date(*(int(part) for part in match.groups()[:3]))
    if match := _FRENCH.match(text):
        number, month, year = (int(part) for part in match.groups())
        year += 0 if year > 99 else 2000 if year < 70 else 1900
        # Day first, as in French; a month beyond twelve says that the writer put it first.
        return date(year, month, number) if month <= 12 else date(year, number, month)
    return None


def _in_words(text: str) -> date | None:
    match = _WRITTEN.match(fold(text))
    if not match or match.group(2) not in _MONTHS:
        return None
    return date(int(match.group(3)), _MONTHS[match.group(2)], int(match.group(1) or 1))


def _of_a_clock(text: str) -> date | None:
    return datetime.fromtimestamp(int(text) / 1000, UTC).date() if _MILLISECONDS.match(text) else None


def _after_its_weekday(text: str) -> date | None:
    """ "Tue, 05/06/2014 - 10:20" of Drupal: the weekday tells the day from the month."""
    match = _AFTER_WEEKDAY.match(text)
    if match is None:
        return None
    one, other, year = (int(part) for part in match.groups()[1:])
    orders = [(month, number) for month, number in ((one, other), (other, one)) if month <= 12]
    found = [date(year, month, number) for month, number in orders]
    return next((each for each in found if _WEEKDAYS[each.weekday()] == match.group(1).lower()), None)


def _of_a_letter(text: str) -> date | None:
    return parsedate_to_datetime(text).date() if "," in text or ":" in text else None


def iso_day(value: Any) -> str:
    """The day in ISO form, or ""."""
    found = day(value)
    return found.isoformat() if found else ""


def period(start: Any, end: Any, words: Any = None) -> str:
    """The time that data covers: "2019", "2019–2023", "2024-01-15–", or what was written where it is no date."""
    first, last = plain(start), plain(end)
    if first or last:
        return _between(first, last)
    text = " ".join(plain(words).split())
    for pattern in _PAIRS:
        pair = pattern.match(text)
        if pair and day(pair.group(1)) and (pair.group(2) in {"", ".."} or day(pair.group(2))):
            return _between(pair.group(1), pair.group(2))
    return text if len(text) <= LONGEST_PERIOD else ""


def _between(first: str, last: str) -> str:
    start, end = day(first), day(last)
    if start is None and end is None:
        return ""
    if start and end and start > end:
        start, end = end, start
        first, last = last, first
    if _is_year(first, start, 1, 1) and _is_year(last, end, 12, 31):
        parts = [str(moment.year) if moment else "" for moment in (start, end)]
    else:
        parts = [moment.isoformat() if moment else "" for moment in (start, end)]
    return parts[0] if parts[0] == parts[1] else "–".join(parts)


def _is_year(text: str, moment: date | None, month: int, number: int) -> bool:
    return moment is None or len(text) == 4 or (moment.month, moment.day) == (month, number)
