"""Large JSON a record at a time: a list of records, the features of GeoJSON, one record a line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import ijson

Record = Mapping[str, Any]
# A smaller document is read at once, as other shapes are whatever their size.
LARGE = 32 << 20
LINES = frozenset({".jsonl", ".ndjson"})


class Again(Iterable[Record]):
    """Records that are made anew each time somebody goes through them."""

    def __init__(self, make: Callable[[], Iterator[Record]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Record]:
        return self._make()


def streamed(path: Path, encoding: str) -> tuple[Iterable[Record], bool] | None:
    """The records of a large file, and whether they are features; None for small files and other shapes.

    Going through them raises ijson.JSONError where the file breaks off.
    """
    if path.stat().st_size <= LARGE or encoding not in {"utf-8", "utf-8-sig"}:
        return None
    prefix = "" if path.suffix.lower() in LINES else _prefix(path)
    if prefix is None:
        return None
    return Again(lambda: _records(path, prefix)), prefix.startswith("features")


def _prefix(path: Path) -> str | None:
    """Where the records stand, by the beginning: in the outermost list, or in that of the features."""
    with path.open("rb") as stream:
        _skip_mark(stream)
        for prefix, event, _value in islice(ijson.parse(stream), 1_000):
            if event == "start_map" and prefix in {"item", "features.item"}:
                return str(prefix)
    return None


def _records(path: Path, prefix: str) -> Iterator[Record]:
    with path.open("rb") as stream:
        _skip_mark(stream)
        found = ijson.items(stream, prefix, use_float=True, multiple_values=prefix == "")
        yield from (record for record in found if isinstance(record, dict))


def _skip_mark(stream: Any) -> None:
    if stream.read(3) != b"\xef\xbb\xbf":
        stream.seek(0)
