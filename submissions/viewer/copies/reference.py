"""What a text refers to, and where the words stand. Pure."""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from urllib.parse import quote


class Place(StrEnum):
    """Where a reference stands: it decides what it is relative to, and how it is written."""

    ATTRIBUTE = "attribute"
    SHEET = "sheet"
    MODULE = "module"
    STRING = "string"
    MAP = "map"


@dataclass(frozen=True)
class Reference:
    """An address between two offsets of a text. `drops` are spans that make no sense once it leads elsewhere.

    In a page every address is relative to the page; in a script an import is relative to the script, and any other
    string to the page that runs it.
    """

    start: int
    end: int
    url: str
    place: Place
    drops: tuple[tuple[int, int], ...] = ()

    def as_data(self) -> list[object]:
        """As JSON."""
        return [self.start, self.end, self.url, self.place.value, self.drops]

    @classmethod
    def from_data(cls, data: list[object]) -> "Reference":
        """The reference that `as_data` wrote."""
        start, end, url, place, drops = data
        return cls(start, end, url, Place(place), tuple((a, b) for a, b in drops))  # type: ignore[arg-type,attr-defined]

    def moved(self, by: int, place: Place | None = None) -> "Reference":
        """The same in a longer text, of which its own is a part."""
        drops = tuple((start + by, end + by) for start, end in self.drops)
        return Reference(self.start + by, self.end + by, self.url, place or self.place, drops)


@dataclass(frozen=True)
class Edit:
    """Other words for a span of a text."""

    start: int
    end: int
    words: str


def edits_for(reference: Reference, path: str) -> Iterable[Edit]:
    """What to write so that a reference leads to a relative path."""
    yield Edit(reference.start, reference.end, _written(reference.place, quote(path, safe="/@+~!$&'()*,;=:.-_")))
    for start, end in reference.drops:
        yield Edit(start, end, "")


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with its edits, which must not overlap."""
    pieces, position = list[str](), 0
    for edit in sorted(edits, key=lambda each: each.start):
        pieces += [text[position : edit.start], edit.words]
        position = edit.end
    return "".join([*pieces, text[position:]])


def relative(path: str, start: str) -> str:
    """A path as a file at `start` names it; it begins with a dot, as modules need."""
    found = posixpath.relpath(f"/{path}", posixpath.dirname(f"/{start}"))
    if found == ".":
        return "./"
    folder = "/" if path.endswith("/") else ""
    return (found if found.startswith("..") else f"./{found}") + folder


def _written(place: Place, path: str) -> str:
    if place is Place.ATTRIBUTE:
        return escape(path, quote=True)
    return path.replace("'", "%27").replace("(", "%28").replace(")", "%29")
