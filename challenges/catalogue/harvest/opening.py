"""Opening a file whatever its encoding, and reading JSON from it piece by piece."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import ijson

from challenges.catalogue.harvest.record import Unreadable
from challenges.catalogue.inspect.encoding import encoding_of

# What has to be held in memory as a whole: RDF, packages, pages.
LARGEST_WHOLE = 128 << 20
OUTLINE_EVENTS = 20_000
CHUNK_CHARACTERS = 1 << 16


@dataclass(frozen=True)
class Opened:
    """A catalogue on disk. `address` is where it was fetched, "" for a file; relative links start from it."""

    path: Path
    address: str = ""


class _AsUtf8:
    """A binary stream in UTF-8 over a file of another encoding, without its byte order mark."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._stream = path.open(encoding=encoding, errors="replace", newline="")

    def read(self, size: int = -1) -> bytes:
        # ijson first asks for nothing, to learn what kind of stream this is.
        return b"" if size == 0 else self._stream.read(CHUNK_CHARACTERS).encode("utf-8", "replace")

    def close(self) -> None:
        self._stream.close()


def open_utf8(path: Path) -> BinaryIO:
    """The bytes of a text file in UTF-8."""
    encoding = encoding_of(path)
    return path.open("rb") if encoding == "utf-8" else _AsUtf8(path, encoding)  # type: ignore[return-value]


def read_whole(path: Path) -> str:
    """The text of a file. Raises Unreadable where it is too large to be held in memory."""
    if path.stat().st_size > LARGEST_WHOLE:
        raise Unreadable(
            f"The file is larger than {LARGEST_WHOLE >> 20} MiB, and its format must be read as a whole. "
            "Import it in pages, or ask the portal for JSON."
        )
    encoding = encoding_of(path)
    return path.read_text(encoding=encoding, errors="replace").removeprefix("\ufeff")


def start_of(path: Path, characters: int = 4_096) -> str:
    """The first characters of a text file, without white space before them."""
    with path.open(encoding=encoding_of(path), errors="replace") as stream:
        return stream.read(characters).removeprefix("\ufeff").lstrip()


def json_items(path: Path, prefix: str) -> Iterator[Any]:
    """The JSON values at an ijson prefix, one at a time. Raises Unreadable where the file breaks off or is no JSON."""
    stream = open_utf8(path)
    try:
        # Dumps hold one record a line.
        yield from ijson.items(stream, prefix, use_float=True, multiple_values=True)
    except (ijson.JSONError, UnicodeDecodeError, RecursionError) as error:
        raise _broken_json(error) from error
    finally:
        stream.close()


def whole_json(path: Path) -> Any:
    """A JSON file as one value. Raises Unreadable."""
    try:
        return json.loads(read_whole(path))
    except (ValueError, RecursionError) as error:
        raise _broken_json(error) from error


def _broken_json(error: Exception) -> Unreadable:
    said = str(error).split("\n", 1)[0][:120]
    return Unreadable(f"The JSON is cut short or broken ({said}). Nothing was imported. Fetch the file again.")


@dataclass
class Outline:
    """What stands where in the beginning of a JSON file: keys of the maps, and short texts, by ijson prefix."""

    keys: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    texts: dict[str, str] = field(default_factory=dict)
    arrays: set[str] = field(default_factory=set)
    in_context: set[str] = field(default_factory=set)

    @property
    def top(self) -> set[str]:
        """The keys of the outermost map, or of the members of the outermost list."""
        return self.keys.get("", set()) or self.keys.get("item", set())

    def holds_records(self, prefix: str) -> bool:
        """Whether maps stand at a prefix, or an empty list that would hold them."""
        return prefix in self.keys or (prefix.endswith("item") and prefix[: -len(".item")] in self.arrays)


def outline(path: Path) -> Outline:
    """The outline of a JSON file, from its beginning. Raises Unreadable where not even that can be read."""
    found, stream = Outline(), open_utf8(path)
    try:
        for number, (prefix, event, value) in enumerate(ijson.parse(stream, multiple_values=True)):
            _note(found, prefix, event, value)
            if number > OUTLINE_EVENTS:
                break
    except (ijson.JSONError, UnicodeDecodeError) as error:
        if not found.keys and not found.arrays:
            raise _broken_json(error) from error
    finally:
        stream.close()
    return found


def _note(found: Outline, prefix: str, event: str, value: Any) -> None:
    if event == "start_map":
        found.keys[prefix].update()
    elif event == "map_key":
        found.keys[prefix].add(value)
    elif event == "start_array":
        found.arrays.add(prefix)
    elif event == "string":
        if "@context" in prefix:
            found.in_context.add(value[:200])
        found.texts.setdefault(prefix, value[:200])
