"""What an assignment has to satisfy, from a JSON document."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from judging.ranking.arrays import Flags, Floats, Ints
from judging.ranking.refusals import Refused, Unreadable

# As the document has it; the number 1 and the text "1" are the same name.
Name = str | int


@dataclass(frozen=True)
class Instance:
    """Each entry needs `per_entry` distinct jurors out of `allowed`, no juror more than `most` entries.

    `allowed`, `preference` and `kept` are entries x jurors; `preference` is None where nobody prefers anything. Pairs
    in `kept`, allowed themselves, are in every assignment; an entry that has more of them than it needs keeps them.
    """

    entries: tuple[Name, ...]
    jurors: tuple[Name, ...]
    most: Ints
    per_entry: int
    allowed: Flags
    preference: Floats | None = None
    seed: int = 1
    kept: Flags | None = None

    @cached_property
    def fixed(self) -> Flags:
        """The pairs that no exchange may move."""
        return np.zeros(self.allowed.shape, dtype=bool) if self.kept is None else self.kept

    @cached_property
    def wanted(self) -> Ints:
        """How many jurors each entry ends with."""
        wanted: Ints = np.maximum(self.per_entry, self.fixed.sum(axis=1))
        return wanted


def read_instance(path: Path) -> Instance:
    """Raises Unreadable for what is no such document, Refused for what makes no sense in it."""
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}. Give the path of a JSON file.") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{path} is not JSON: {error}. Correct it, or write it again with a program.") from error
    return instance_of(document)


def instance_of(document: Any) -> Instance:
    """From the keys entries, jurors, per_entry and, where needed, conflicts, preferences, seed."""
    if not isinstance(document, dict):
        raise Unreadable("The document must be an object with entries, jurors and per_entry.")
    entries = _names(_list(document, "entries"), "entries")
    jurors = _list(document, "jurors")
    if not all(isinstance(juror, dict) and "id" in juror and "max" in juror for juror in jurors):
        raise Refused('Each of jurors must be an object {"id", "max"}. Give every juror both.')
    names = _names([juror["id"] for juror in jurors], "jurors")
    per_entry = _whole(document.get("per_entry"), "per_entry", least=1)
    row, column = _places(entries), _places(names)
    return Instance(
        entries,
        names,
        most=np.array([_whole(juror["max"], f"max of juror {juror['id']}") for juror in jurors], dtype=np.intp),
        per_entry=per_entry,
        allowed=_allowed(_list(document, "conflicts", []), row, column),
        preference=_preference(_list(document, "preferences", []), row, column),
        seed=_whole(document.get("seed", 1), "seed"),
    )


def _list(document: Mapping[str, Any], key: str, default: Sequence[Any] | None = None) -> Sequence[Any]:
    value = document.get(key, default)
    if not isinstance(value, list):
        raise Refused(f"{key} must be a list.")
    return value


def _whole(value: Any, what: str, least: int = 0) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise Refused(f"{what} must be a whole number of {least} or more, not {json.dumps(value)}.")
    return min(value, 2**53)


def _names(values: Iterable[Any], what: str) -> tuple[Name, ...]:
    names: dict[str, Name] = {}
    for value in values:
        if not isinstance(value, str | int) or isinstance(value, bool) or not _is_text(str(value)):
            raise Refused(f"{what} must have text or whole numbers as names, not {json.dumps(value)}.")
        if str(value) in names:
            raise Refused(f"{what} names {value} twice. Keep one.")
        names[str(value)] = value
    return tuple(names.values())


def _is_text(name: str) -> bool:
    """Whether it can be written: JSON may name half of a character."""
    return name.encode("utf-8", "replace").decode() == name


def _places(names: Sequence[Name]) -> dict[str, int]:
    return {str(name): number for number, name in enumerate(names)}


def _allowed(conflicts: Sequence[Any], row: Mapping[str, int], column: Mapping[str, int]) -> Flags:
    allowed = np.ones((len(row), len(column)), dtype=bool)
    for conflict in conflicts:
        juror, entry = _pair(conflict, 2, "conflicts", row, column)
        allowed[entry, juror] = False
    return allowed


def _preference(given: Sequence[Any], row: Mapping[str, int], column: Mapping[str, int]) -> Floats | None:
    if not given:
        return None
    preference = np.zeros((len(row), len(column)))
    seen = np.zeros(preference.shape, dtype=bool)
    for item in given:
        juror, entry = _pair(item, 3, "preferences", row, column)
        weight = item[2]
        if not isinstance(weight, int | float) or isinstance(weight, bool) or not abs(weight) <= 1e12:
            raise Refused(f"preferences: {json.dumps(item)} has no number as weight, from -1e12 to 1e12.")
        if seen[entry, juror]:
            raise Refused(f"preferences names juror {item[0]} with entry {item[1]} twice. Keep one.")
        seen[entry, juror] = True
        preference[entry, juror] = weight
    return preference


def _pair(item: Any, length: int, what: str, row: Mapping[str, int], column: Mapping[str, int]) -> tuple[int, int]:
    if not isinstance(item, list) or len(item) != length:
        raise Refused(f"{what}: {json.dumps(item)} must be a list of {length}, juror first, then entry.")
    juror, entry = column.get(str(item[0])), row.get(str(item[1]))
    if juror is None:
        raise Refused(f"{what} names the juror {json.dumps(item[0])}, who is not among jurors. Correct the name.")
    if entry is None:
        raise Refused(f"{what} names the entry {json.dumps(item[1])}, which is not among entries. Correct the name.")
    return juror, entry
