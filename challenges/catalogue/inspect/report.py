"""The shape of an answer: what a file holds, column by column."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

Cell = str | int | float | bool | None
Row = list[Cell]
Position = list[float]

PREVIEW_ROWS = 10


@dataclass(frozen=True)
class Column:
    """One column; `type` is integer, number, boolean, date, datetime, string or geometry.

    `missing` and `distinct` count cells; `distinct` is None where there are too many to count. `min` and `max` are
    numbers or ISO dates, None for other types. `decimal` is the separator that its numbers use, `reading` the name in
    `values.READINGS` under which every cell makes sense.
    """

    name: str
    type: str
    missing: int
    distinct: int | None
    min: int | float | str | None
    max: int | float | str | None
    decimal: str | None = None
    reading: str | None = None


@dataclass(frozen=True)
class Finding:
    """Something that a reader of the file must know: `code` for programs, `detail` for people."""

    code: str
    detail: str


@dataclass(frozen=True)
class Part:
    """One table of a file that holds several: a sheet, a table of a feed, a file of an archive."""

    name: str
    rows: int
    columns: tuple[str, ...]


@dataclass
class Table:
    """A file opened as a table. `rows()` reads it again from the start.

    In a typed table text is text: "12" in a JSON string stays a string, where in a CSV it is a number. Where there is a
    geometry, `shapes()` gives each ring, line or point as a list of positions (longitude, latitude).
    """

    format: str
    names: list[str]
    rows: Callable[[], Iterator[Row]]
    is_typed: bool = False
    encoding: str | None = None
    delimiter: str | None = None
    geometry: str | None = None
    geometry_column: str = "geometry"
    shapes: Callable[[], Iterator[list[Position]]] | None = None
    findings: list[Finding] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class Inspection:
    """The answer; `rows` counts data rows, without headers, and is None where the file is no one table.

    `tables` are those of a file that holds several.
    """

    format: str
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    rows: int | None = None
    columns: tuple[Column, ...] = ()
    geometry: str | None = None
    preview: tuple[tuple[str | None, ...], ...] = ()
    findings: tuple[Finding, ...] = ()
    tables: tuple[Part, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        answer = asdict(self)
        for column in answer["columns"]:
            del column["decimal"]
        return answer
