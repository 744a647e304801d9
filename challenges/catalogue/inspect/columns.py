"""Reading a table once, in batches: for each column the type that fits, what is missing, how many differ."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from challenges.catalogue.inspect.report import PREVIEW_ROWS, Cell, Column, Finding, Inspection, Row, Table
from challenges.catalogue.inspect.values import DATES, DECIMALS, INFINITIES, MISSING_MARKERS, READINGS, Value

BATCH_ROWS = 5_000
# Distinct values are kept to be counted, so many of all columns together: in the one that has most the count is given
# up. These take 30 MiB.
MOST_DISTINCT = 400_000
SHOWN_CHARACTERS = 200
_CODE = re.compile(r"[A-Z]{2,3}")


class ColumnReader:
    """One column while it is read: every reading that still fits, with its range."""

    def __init__(self, name: str, *, is_geometry: bool = False) -> None:
        self.name = name
        self.is_geometry = is_geometry
        self._readings = {} if is_geometry else dict(READINGS)
        self._ranges: dict[str, tuple[Value, Value]] = {}
        self._seen: set[int] | None = set()
        self._missing = 0
        self._markers: Counter[str] = Counter()
        self._are_codes = True
        self._marks: set[str] = set()

    def take(self, texts: Iterable[str | None], *, is_text: bool = False) -> None:
        """Read some cells. `is_text` says that the file calls them text: then a number in them is no number."""
        if is_text:
            self._keep_readings(DATES)
        for text, count in Counter(texts).items():
            if text is None or text == "":
                self._missing += count
            elif text in MISSING_MARKERS:
                self._markers[text] += count
            else:
                self._take_value(text)

    def _keep_readings(self, names: frozenset[str]) -> None:
        self._readings = {name: read for name, read in self._readings.items() if name in names}

    def _take_value(self, text: str) -> None:
        if self._seen is not None:
            digest = hash(text)
            if digest in self._seen:
                return
            self._seen.add(digest)
        self._are_codes = self._are_codes and _CODE.fullmatch(text) is not None
        self._marks.update(mark for mark in ".,:Z+" if mark in text)
        if text in INFINITIES:
            self._keep_readings(DECIMALS)
            return
        is_whole = False
        for name, read in list(self._readings.items()):
            # A whole number is a decimal one too, with either sign: it is noted once.
            if is_whole and name in DECIMALS:
                continue
            value = read(text)
            if value is None:
                self._drop(name)
            else:
                self._widen(name, value, value)
                is_whole = is_whole or name == "integer"

    def _drop(self, name: str) -> None:
        del self._readings[name]
        if name == "integer" and name in self._ranges:
            low, high = self._ranges[name]
            for each in DECIMALS & self._readings.keys():
                self._widen(each, float(low), float(high))  # type: ignore[arg-type]

    def _widen(self, name: str, low: Value, high: Value) -> None:
        lowest, highest = self._ranges.get(name, (low, high))
        self._ranges[name] = (min(lowest, low), max(highest, high))

    @property
    def kept(self) -> int:
        """How many different values are kept to be counted."""
        return len(self._seen or ())

    def stop_counting(self) -> None:
        """Give up the count of different values."""
        self._seen = None

    def column(self, *, comma_first: bool) -> Column:
        """What the column is. `comma_first` settles "1,234", a number in two ways."""
        reading = self._reading(comma_first=comma_first)
        # NA is Namibia or North America in a column of codes, and "not available" elsewhere.
        as_values = self._markers["NA"] if self._are_codes and self._ranges_are_empty() else 0
        low, high = self._ranges.get(reading, (None, None)) if reading else (None, None)
        return Column(
            name=self.name,
            type=self._type(reading),
            missing=self._missing + self._markers.total() - as_values,
            distinct=self._distinct(reading, as_values),
            min=self._shown(reading, low),
            max=self._shown(reading, high),
            decimal=self._decimal(reading),
            reading=reading,
        )

    def _distinct(self, reading: str | None, as_values: int) -> int | None:
        if reading == "boolean":
            # "true" and "TRUE" are one.
            return len(set(self._ranges[reading]))
        return None if self._seen is None else len(self._seen) + (1 if as_values else 0)

    def _ranges_are_empty(self) -> bool:
        return bool(self._seen) and not any(name in self._readings for name in self._ranges)

    def _reading(self, *, comma_first: bool) -> str | None:
        fitting = [name for name in self._readings if name in self._ranges]
        if comma_first and {"point", "comma"} <= set(fitting):
            fitting.remove("point")
        return fitting[0] if fitting else None

    def _type(self, reading: str | None) -> str:
        if self.is_geometry:
            return "geometry"
        if reading is None:
            return "string"
        if reading in DATES:
            return "datetime" if ":" in self._marks else "date"
        return {"boolean": "boolean", "integer": "integer"}.get(reading, "number")

    def _decimal(self, reading: str | None) -> str | None:
        return {"point": ".", "comma": ","}.get(reading or "")

    def _shown(self, reading: str | None, value: Value | None) -> int | float | str | None:
        if value is None or reading == "boolean":
            return None
        if isinstance(value, datetime):
            return self._shown_moment(value)
        return int(value) if isinstance(value, float) and reading == "integer" else value

    def _shown_moment(self, moment: datetime) -> str:
        if ":" not in self._marks:
            return moment.date().isoformat()
        text = moment.replace(tzinfo=None).isoformat()
        return f"{text}Z" if self._marks & {"Z", "+"} else text


def survey(table: Table) -> Inspection:
    """Read a whole table once."""
    readers = [ColumnReader(name, is_geometry=_is_geometry(table, name)) for name in table.names]
    preview: list[tuple[str | None, ...]] = []
    total = ragged = 0
    for batch in batches(table.rows()):
        ragged += straighten(batch, len(readers))
        preview.extend(tuple(_shown(cell) for cell in row) for row in batch[: PREVIEW_ROWS - len(preview)])
        total += len(batch)
        for reader, cells in zip(readers, zip(*batch, strict=True), strict=bool(readers)):
            reader.take(map(as_text, cells), is_text=table.is_typed and _holds_text(cells))
        _keep_few(readers)
    columns = tuple(reader.column(comma_first=table.delimiter not in {",", None}) for reader in readers)
    return Inspection(
        format=table.format,
        encoding=table.encoding,
        delimiter=table.delimiter,
        decimal=_decimal(columns) if not table.is_typed else None,
        rows=total if table.names or not table.parts else None,
        columns=columns,
        geometry=table.geometry,
        preview=tuple(preview),
        findings=(*table.findings, *_ragged_finding(ragged)),
        tables=tuple(table.parts),
    )


def _keep_few(readers: Sequence[ColumnReader]) -> None:
    while sum(reader.kept for reader in readers) > MOST_DISTINCT:
        max(readers, key=lambda reader: reader.kept).stop_counting()


def _is_geometry(table: Table, name: str) -> bool:
    return table.geometry is not None and name == table.geometry_column


def batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Rows by the thousand."""
    while batch := list(islice(rows, BATCH_ROWS)):
        yield batch


def straighten(batch: list[Row], width: int) -> int:
    """Give every row the width of the header; returns how many had another."""
    ragged = 0
    for index, row in enumerate(batch):
        if len(row) != width:
            ragged += 1
            batch[index] = row[:width] + [None] * (width - len(row))
    return ragged


def _holds_text(cells: Sequence[Cell]) -> bool:
    return any(isinstance(cell, str) and cell.strip() for cell in cells)


def as_text(cell: Cell) -> str | None:
    """A cell as the text that a CSV file would hold, without the spaces around it."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return None
    return str(cell).lower() if isinstance(cell, bool) else repr(cell)


def _shown(cell: Cell) -> str | None:
    text = as_text(cell)
    return text if text is None or len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"


def _decimal(columns: Sequence[Column]) -> str | None:
    used = Counter(column.decimal for column in columns if column.decimal is not None)
    return used.most_common(1)[0][0] if used else None


def _ragged_finding(ragged: int) -> Iterator[Finding]:
    if ragged:
        yield Finding("ragged-rows", f"{ragged} rows are longer or shorter than the header; spare cells are left out.")
