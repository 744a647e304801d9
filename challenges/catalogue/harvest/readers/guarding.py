"""One record at a time: what cannot be understood is left out alone, and the others are read."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from challenges.catalogue.harvest.record import RejectedRecord, Stated
from challenges.catalogue.harvest.values import first, line

# What an odd shape raises: a list where an object stands elsewhere, a number where a text does.
ODD = (TypeError, AttributeError, ValueError, LookupError, RecursionError)


def each(records: Iterable[Any], state: Callable[[Any], Stated | RejectedRecord]) -> Iterator[Stated | RejectedRecord]:
    """What each record states."""
    for record in records:
        try:
            yield state(record)
        except ODD:
            yield RejectedRecord(_named(record), "odd")


def _named(record: Any) -> str:
    names = ("identifier", "id", "@id", "datasetid", "dataset_id", "name", "title")
    return line(first(*(record.get(name) for name in names)), 300) if isinstance(record, dict) else ""
