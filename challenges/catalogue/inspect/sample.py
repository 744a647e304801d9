"""A first answer for a large table of text: from its beginning, before all of it is read."""

import tempfile
from pathlib import Path
from typing import Any

from challenges.catalogue.inspect.formats import format_of
from challenges.catalogue.inspect.read import inspect_file

# A smaller file is read as quickly as its sample.
LARGE = 20 << 20
SAMPLE_BYTES = 1 << 19


def sample_of(path: Path) -> dict[str, Any] | None:
    """What the beginning of a table of text holds; None for a small file, and for other formats.

    Beyond an inspection: `rows` is None, `sample` counts the rows and bytes that were read, `estimated_rows` is what
    the whole holds if it goes on like this. Raises OSError.
    """
    size = path.stat().st_size
    if size < LARGE or format_of(path, path.name) != "csv":
        return None
    with tempfile.TemporaryDirectory(prefix="sample-") as folder:
        copy = Path(folder, f"sample{path.suffix.lower() or '.csv'}")
        copy.write_bytes(_whole_lines(path))
        answer, read = inspect_file(copy, path.name).as_dict(), copy.stat().st_size
    rows = answer["rows"] or 0
    counts = {"rows": None, "estimated_rows": round(rows * size / max(read, 1))}
    return answer | counts | {"sample": {"rows": rows, "bytes": read}}


def _whole_lines(path: Path) -> bytes:
    with path.open("rb") as stream:
        start = stream.read(SAMPLE_BYTES)
    if start.count(b'"') % 2:
        # The cut lies between quotes: the row of the last one is left out.
        start = start[: start.rindex(b'"')]
    return start[: start.rindex(b"\n") + 1] if b"\n" in start else start
