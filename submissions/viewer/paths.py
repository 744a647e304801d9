"""Names under which the files of a work are asked for.

What a team named may say who it is, so that a single file, and the folders in which a site begins, have neutral names.
"""

from pathlib import PurePosixPath
from typing import Protocol

SITE = "static-site"
NEUTRAL_FOLDER = "-"
NEUTRAL_NAME = "work"
INDEX = "index.html"


class Pathed(Protocol):
    """What an upload says of its files."""

    kind: str | None
    entry_point: str | None


class Numbered(Protocol):
    """What names an upload in the rows that hang on it."""

    id: int


def first_path(upload: Pathed) -> str:
    """The path to open first, below the token; "" asks for the page that shows a single file."""
    if upload.kind != SITE:
        return ""
    folders, name = _split(upload)
    return "/".join([NEUTRAL_FOLDER] * len(folders) + [name])


def raw_path(upload: Pathed) -> str:
    """The path of a single file itself."""
    return NEUTRAL_NAME + PurePosixPath(upload.entry_point or "").suffix.lower()


def stored_path(upload: Pathed, asked: str) -> str:
    """The path under which a file is stored, for one that was asked for; one that ends in "/" asks for an index."""
    if upload.kind != SITE:
        return (upload.entry_point or "") if asked in ("", raw_path(upload)) else asked
    folders, _name = _split(upload)
    parts = asked.split("/")
    hidden = next((place for place, part in enumerate(parts) if part != NEUTRAL_FOLDER), len(parts))
    known = folders[:hidden] + parts[min(hidden, len(folders)) :]
    return "/".join(known) + (INDEX if asked.endswith("/") or not asked else "")


def is_first(upload: Pathed, asked: str) -> bool:
    """Whether this is what opens first."""
    return asked in ("", first_path(upload))


def _split(upload: Pathed) -> tuple[list[str], str]:
    *folders, name = (upload.entry_point or INDEX).split("/")
    return folders, name
