"""The way in: a path, and what its file holds. A damaged file gives a finding, never an exception of a library."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from challenges.catalogue.inspect.archives import open_shapefile, open_zip
from challenges.catalogue.inspect.columns import survey
from challenges.catalogue.inspect.delimited import open_delimited
from challenges.catalogue.inspect.feeds import open_feed
from challenges.catalogue.inspect.formats import WEB_PAGE, format_of
from challenges.catalogue.inspect.parquet import open_parquet
from challenges.catalogue.inspect.records import open_json
from challenges.catalogue.inspect.report import Finding, Inspection, Table
from challenges.catalogue.inspect.sheets import open_sheet

GZIP = b"\x1f\x8b"
OPENERS: dict[str, Callable[[Path], Table]] = {
    "csv": open_delimited,
    "json": open_json,
    "parquet": open_parquet,
    "xlsx": lambda path: open_sheet(path, "xlsx"),
    "xls": lambda path: open_sheet(path, "xls"),
    "ods": lambda path: open_sheet(path, "ods"),
    "shapefile": open_shapefile,
    "gtfs": open_feed,
}


class Unreadable(Exception):
    """The file is not what its format promises; the message says why."""


def open_table(path: Path, name: str) -> Table | None:
    """The file as a table; None where its format is none that we read. Raises Unreadable, or OSError for no file."""
    found = _format(path, name)
    try:
        return open_zip(path, _open) if found == "zip" else _open(path, name)
    except (OSError, MemoryError):
        raise
    except Exception as error:
        raise Unreadable(_why(error)) from error


def _open(path: Path, name: str) -> Table | None:
    opener = OPENERS.get(_format(path, name))
    return opener(path) if opener else None


def inspect_file(path: Path, name: str | None = None) -> Inspection:
    """What a file holds; `name` is what people call it, where the path says otherwise. Raises OSError for no file."""
    found = _format(path, name or path.name)
    try:
        table = open_table(path, name or path.name)
        return survey(table) if table else Inspection(format=found, findings=_explained(path))
    except (OSError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001  a file may break in any library, while it is opened or later
        return Inspection(format=found, findings=(Finding("unreadable", _why(error)),))


def inspect_path(path: str, name: str) -> dict[str, Any]:
    """What a file holds, for a confined process."""
    return inspect_file(Path(path), name).as_dict()


def _format(path: Path, name: str) -> str:
    try:
        return format_of(path, name)
    except zipfile.BadZipFile:
        return "other"


def _explained(path: Path) -> tuple[Finding, ...]:
    """Why a file that should be a table is none; nothing of a document or a picture."""
    with path.open("rb") as stream:
        start = stream.read(512)
    if WEB_PAGE.match(start):
        return (Finding("web-page", "This is a web page, not the file that its name promises: fetch the file again."),)
    if start.startswith(GZIP):
        return (Finding("packed", "The file is packed with gzip: unpack it first."),)
    return ()


def _why(error: Exception) -> str:
    if isinstance(error, zipfile.BadZipFile):
        return "The archive is cut short or damaged: fetch it again."
    return " ".join(str(error).split())[:300] or type(error).__name__
