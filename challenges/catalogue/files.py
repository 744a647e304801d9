"""Keeping a dataset's file and looking into it, before any row is written: both may take a while."""

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from challenges.catalogue.rules import safe_file_name
from hackaviz.kernel.confined import Caps, ConfinedError, run_confined
from hackaviz.kernel.errors import Invalid, TooLarge
from hackaviz.kernel.storage import Storage, StoredBlob
from hackaviz.kernel.storage.blobs import Readable

log = logging.getLogger(__name__)

LARGEST_FILE = 50_000_000
LOOK_INTO = "challenges.catalogue.look:look_into"
INSPECTION_CAPS = Caps(seconds=120, memory_bytes=2 << 30)


@dataclass(frozen=True)
class KeptFile:
    """A file that is stored and read: what a resource will say of it."""

    blob: StoredBlob
    file_name: str
    format: str
    inspection: dict[str, Any] | None
    chart: dict[str, Any] | None


def keep_file(storage: Storage, *, stream: Readable, file_name: str, chart: dict[str, Any] | None = None) -> KeptFile:
    """Store a file and find out what it holds. Raises Invalid when it is empty or too large."""
    return examine(storage, store(storage, stream), file_name=file_name, chart=chart)


def store(storage: Storage, stream: Readable) -> StoredBlob:
    """Store a file. Raises Invalid when it is empty or too large."""
    try:
        blob = storage.write(stream, limit=LARGEST_FILE)
    except TooLarge as error:
        message = _l("This file is larger than 50 MB. Attach a link to it instead, or a smaller extract.")
        raise Invalid(message, field="file") from error
    if blob.bytes == 0:
        raise Invalid(_l("This file is empty. Choose the one that holds the data."), field="file")
    return blob


def examine(storage: Storage, blob: StoredBlob, *, file_name: str, chart: dict[str, Any] | None = None) -> KeptFile:
    """Find out what a stored file holds, in a confined process."""
    name = safe_file_name(file_name)
    inspection = _inspect(storage, blob, name, chart)
    return KeptFile(blob, name, _format(inspection, name), inspection, chart)


def _format(inspection: dict[str, Any] | None, name: str) -> str:
    found = (inspection or {}).get("format", "other")
    if found == "csv" and (inspection or {}).get("delimiter") == "\t":
        return "tsv"
    return found if found != "other" else Path(name).suffix.lstrip(".").lower()[:40] or "other"


def _inspect(storage: Storage, blob: StoredBlob, name: str, chart: dict[str, Any] | None) -> dict[str, Any] | None:
    with copied(storage, blob.key) as path:
        try:
            answer: dict[str, Any] = run_confined(LOOK_INTO, path, name, chart, caps=INSPECTION_CAPS)
        except ConfinedError as error:
            # The file is kept and can be downloaded; its page has no preview.
            log.warning("inspection of %s gave nothing: %s", name, error)
            return None
    return answer


@contextmanager
def copied(storage: Storage, key: str) -> Iterator[str]:
    """The path of a copy of a stored file, wherever the storage is, for as long as it is needed."""
    with tempfile.NamedTemporaryFile(prefix="dataset-") as copy, storage.open(key) as stored:
        while chunk := stored.read(1 << 20):
            copy.write(chunk)
        copy.flush()
        yield copy.name
