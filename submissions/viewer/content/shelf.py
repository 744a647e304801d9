"""What a path of a work is, remembered for a minute: a site of a hundred files asks the database once for each.

Only what can no longer change is remembered, so that a shown copy replaces the original as soon as it is made.
"""

import unicodedata
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from flask import current_app

from hackaviz.web.database import current_session
from submissions.viewer.content.blobs import Blob
from submissions.viewer.copies.queries import shown_file
from submissions.viewer.paths import stored_path
from submissions.viewer.queries import accepted_upload

LONGEST = timedelta(minutes=1)
MOST = 20_000


@dataclass
class ShownWork:
    """What must be known of an upload to show it."""

    id: int
    public_id: str
    kind: str | None
    entry_point: str | None
    live_hosts: tuple[str, ...] = ()


class Shelf:
    """The facts that were asked for last; safe for threads."""

    def __init__(self, most: int = MOST) -> None:
        self._facts: OrderedDict[Hashable, tuple[datetime, Any]] = OrderedDict()
        self._most, self._lock = most, Lock()

    def find(self, key: Hashable, now: datetime) -> Any:
        """What was kept less than a minute ago, or None."""
        with self._lock:
            kept_at, fact = self._facts.get(key, (now, None))
            return fact if abs(now - kept_at) < LONGEST else None

    def keep(self, key: Hashable, fact: Any, now: datetime) -> None:
        """Keep a fact; the oldest makes room."""
        with self._lock:
            self._facts[key] = (now, fact)
            self._facts.move_to_end(key)
            while len(self._facts) > self._most:
                self._facts.popitem(last=False)


def shown_work(public_id: str, now: datetime) -> ShownWork | None:
    """An upload that may be shown."""
    kept: ShownWork | None = _shelf().find(public_id, now)
    if kept is not None:
        return kept
    upload = accepted_upload(current_session(), public_id)
    if upload is None:
        return None
    live_hosts = tuple(upload.entry.edition.live_hosts)
    work = ShownWork(upload.id, upload.public_id, upload.kind, upload.entry_point, live_hosts)
    _shelf().keep(public_id, work, now)
    return work


def shown_blob(work: ShownWork, asked: str, now: datetime) -> tuple[Blob, bool] | None:
    """The file at a path of a work, and whether it can no longer change."""
    kept: Blob | None = _shelf().find((work.public_id, asked), now)
    if kept is not None:
        return kept, True
    # Names are stored with composed accents; a page written on a Mac may ask for decomposed ones.
    path = unicodedata.normalize("NFC", stored_path(work, asked))
    found = shown_file(current_session(), work, path)
    if found is None:
        return None
    blob = Blob(found.storage_key, found.bytes, found.sha256, found.media_type)
    if found.is_final:
        _shelf().keep((work.public_id, asked), blob, now)
    return blob, found.is_final


def _shelf() -> Shelf:
    shelf: Shelf = current_app.extensions.setdefault("hackaviz.shelf", Shelf())
    return shelf
