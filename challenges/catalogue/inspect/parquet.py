"""Parquet files as tables, the shapes of GeoParquet among them."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from challenges.catalogue.inspect.report import Cell, Finding, Position, Row, Table
from challenges.catalogue.inspect.wkb import lines_of_wkb

# What GeoParquet files in degrees call their system of coordinates; none stated means the first.
DEGREES = frozenset({("OGC", "CRS84"), ("OGC", "CRS84h"), ("EPSG", "4326"), ("EPSG", "4979")})
PROJECTED = Finding("projected", "The positions are no degrees: the file is in a projection. Convert it to WGS 84.")


def open_parquet(path: Path) -> Table:
    """A Parquet file through DuckDB. Raises ValueError or duckdb.Error on damage."""
    import duckdb

    source = "SELECT * FROM read_parquet(?)"
    with duckdb.connect(config={"threads": 1}) as connection, _told():
        names = [column[0] for column in connection.execute(f"{source} LIMIT 0", [str(path)]).description or []]
        geographic = connection.execute(
            "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'geo'", [str(path)]
        ).fetchone()

    def read() -> Iterator[tuple[Any, ...]]:
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute(source, [str(path)])
            while batch := connection.fetchmany(5_000):
                yield from batch

    def rows() -> Iterator[Row]:
        return ([_cell(cell) for cell in row] for row in read())

    table = Table("parquet", names, rows, is_typed=True, geometry="unknown" if geographic else None)
    if geographic:
        _add_shapes(table, geographic[0], read)
    return table


@contextmanager
def _told() -> Iterator[None]:
    """Damage in our words: those of DuckDB name its query and where the file lies."""
    import duckdb

    try:
        yield
    except duckdb.InvalidInputException as error:
        raise ValueError("The Parquet file is cut short or damaged: fetch it again.") from error


def _add_shapes(table: Table, stated: str, read: Callable[[], Iterator[tuple[Any, ...]]]) -> None:
    """Read the shapes as the file's own words say they are kept; other ways of keeping them have no map."""
    try:
        words = json.loads(stated)
        name = words["primary_column"]
        column = words["columns"][name]
    except (ValueError, KeyError, TypeError):
        return
    table.geometry_column = name
    kinds = column.get("geometry_types") or []
    table.geometry = str(kinds[0]) if len(kinds) == 1 else "mixed" if kinds else "unknown"
    if not _is_in_degrees(column.get("crs")):
        table.findings.append(PROJECTED)
    elif column.get("encoding") == "WKB" and name in table.names:
        place = table.names.index(name)

        def shapes() -> Iterator[list[Position]]:
            for row in read():
                yield from lines_of_wkb(row[place]) if isinstance(row[place], bytes) else ()

        table.shapes = shapes


def _is_in_degrees(system: Any) -> bool:
    identifier = system.get("id") if isinstance(system, dict) else None
    if not isinstance(identifier, dict):
        return True
    return (identifier.get("authority"), str(identifier.get("code"))) in DEGREES


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value.as_tuple().exponent == 0 else float(value)
    return value.hex() if isinstance(value, bytes) else str(value)
