"""How the values of each column are spread: a second reading of a table, once types and ranges are known.

A distribution is plain: `{"kind": "bins", "edges", "counts"}`, with one edge more than counts (numbers or ISO dates),
or `{"kind": "values", "values": [[value, count], …], "other"}` with the most frequent first. Missing cells count
nowhere. Of a very long table only some rows are read: then `"every"` says one in how many, and counts are estimates.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from challenges.catalogue.inspect.columns import as_text, batches, straighten
from challenges.catalogue.inspect.report import Column, Table
from challenges.catalogue.inspect.values import MISSING_MARKERS, READINGS, Value, year_first

BINS = 12
MOST_VALUES = 6
# Beyond so many different values none stands out, and counting them takes memory.
MOST_COUNTED = 10_000
LONGEST_VALUE = 60
# A table of more rows is read by one row in several.
MOST_ROWS = 100_000
NUMBERS, MOMENTS = frozenset({"integer", "number"}), frozenset({"date", "datetime"})
WHOLE = frozenset({"integer", "date"})
FIRST_DAY = date(1970, 1, 1).toordinal()
SECONDS_IN_DAY = 86_400

Distribution = dict[str, Any]
Texts = Mapping[str | None, int]


class Bins:
    """Numbers or moments, counted between equal steps; whole numbers and days in whole steps."""

    def __init__(self, column: Column) -> None:
        self._read, self._type = READINGS[str(column.reading)], column.type
        self._unit = SECONDS_IN_DAY if column.type == "date" else 1
        self._low, self._high = _amount(column.min) / self._unit, _amount(column.max) / self._unit
        self._width, bins = _steps(self._low, self._high, whole=column.type in WHOLE)
        self._counts = [0] * bins

    def take(self, texts: Texts) -> None:
        """Count some cells."""
        for text, count in texts.items():
            value = self._read(text) if text else None
            if value is not None:
                place = int((_amount(value) / self._unit - self._low) / self._width)
                self._counts[max(0, min(place, len(self._counts) - 1))] += count

    def answer(self) -> Distribution | None:
        """The counts with the edges between them."""
        edges = [self._low + self._width * place for place in range(len(self._counts) + 1)]
        return {"kind": "bins", "edges": [self._shown(edge) for edge in edges], "counts": self._counts}

    def _shown(self, edge: float) -> int | float | str:
        # The last step ends with the last moment: many a file writes 9999-12-31 for "never".
        if self._type == "date":
            return date.fromordinal(FIRST_DAY + int(min(edge, self._high))).isoformat()
        if self._type == "datetime":
            moment = datetime.fromtimestamp(min(edge, self._high), UTC)
            return moment.replace(tzinfo=None).isoformat(timespec="seconds")
        return int(edge) if float(edge).is_integer() else float(f"{edge:.6g}")


class Values:
    """Texts, counted one by one."""

    def __init__(self, column: Column, every: int) -> None:
        self._missing, self._every = column.missing, every
        self._counts: Counter[str] = Counter()
        self._blank = 0

    def take(self, texts: Texts) -> None:
        """Count some cells."""
        for text, count in texts.items():
            if text:
                self._counts[text] += count
            else:
                self._blank += count

    def answer(self) -> Distribution | None:
        """The most frequent values and how many cells hold others; None where each is there once."""
        for marker in self._markers():
            del self._counts[marker]
        ranked = sorted(self._counts.items(), key=lambda each: (-each[1], each[0]))
        if not ranked or (ranked[0][1] == 1 and len(ranked) > 1):
            return None
        shown = ranked[:MOST_VALUES]
        other = self._counts.total() - sum(count for _value, count in shown)
        return {"kind": "values", "values": [[_cut(value), count] for value, count in shown], "other": other}

    def _markers(self) -> list[str]:
        """The values that mean "missing"; NA is a value where the inspection did not count it so."""
        found = [marker for marker in MISSING_MARKERS if marker in self._counts]
        seen = self._blank + sum(self._counts[marker] for marker in found)
        all_missing = seen == self._missing if self._every == 1 else self._missing > 0
        return [marker for marker in found if all_missing or marker != "NA"]


def distributions(table: Table, columns: Sequence[Column], rows: int) -> list[Distribution | None]:
    """One for each column; None where nothing can be counted, such as a geometry or a text that is never the same."""
    every = -(-rows // MOST_ROWS) or 1
    counters = [_counter(column, every) for column in columns]
    for batch in batches(islice(table.rows(), 0, None, every)):
        straighten(batch, len(columns))
        for counter, cells in zip(counters, zip(*batch, strict=True), strict=bool(counters)):
            if counter is not None:
                counter.take(Counter(map(as_text, cells)))
    return [_estimated(counter.answer(), every) if counter else None for counter in counters]


def _estimated(found: Distribution | None, every: int) -> Distribution | None:
    """What was counted in some rows as it may be in all."""
    if found is None or every == 1:
        return found
    if found["kind"] == "bins":
        return found | {"counts": [every * count for count in found["counts"]], "every": every}
    values = [[value, every * count] for value, count in found["values"]]
    return found | {"values": values, "other": every * found["other"], "every": every}


def _counter(column: Column, every: int) -> Bins | Values | None:
    if column.type in NUMBERS | MOMENTS:
        return Bins(column)
    if column.type == "geometry" or not column.distinct or column.distinct > MOST_COUNTED:
        return None
    return Values(column, every)


def _amount(value: Value | str | None) -> float:
    """A number as it is, a moment in seconds; the inspection writes moments as ISO text, in UTC."""
    if isinstance(value, str):
        value = year_first(value)
    return value.timestamp() if isinstance(value, datetime) else float(value or 0)


def _steps(low: float, high: float, *, whole: bool) -> tuple[float, int]:
    """The width of a step and how many there are."""
    if whole:
        width = math.ceil((high - low + 1) / BINS)
        return width, math.ceil((high - low + 1) / width)
    return ((high - low) / BINS, BINS) if high > low else (1.0, 1)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
