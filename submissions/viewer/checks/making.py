"""The work of the job process: one check at a time, made outside any transaction, with the network cut."""

import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from flask import Flask
from sqlalchemy.orm import Session

from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.confined import Caps, run_confined
from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.storage import Storage
from submissions.entries.models import Upload
from submissions.viewer.browser import NARROW, WIDE, NoBrowser
from submissions.viewer.checks.models import WorkCheck
from submissions.viewer.checks.service import Seen, claim_due, note_check
from submissions.viewer.copies.queries import shown_files
from submissions.viewer.leases import Craft
from submissions.viewer.paths import stored_path
from submissions.viewer.visiting import visit_work

log = structlog.get_logger()
CAPS = Caps(seconds=60, memory_bytes=2 << 30)


@dataclass(frozen=True)
class Checker(Craft):
    """What is needed to look: the application's storage, and its content host for works that live."""

    app: Flask
    storage: Storage
    # A page that kept a browser busy for so long twice will do so again.
    most_attempts = 2

    def claim(self, session: Session, now: datetime) -> WorkCheck | None:
        return claim_due(session, now)

    def instead(self, claimed: WorkCheck, reason: str) -> Seen:
        return Seen(failure="not-loaded")

    def note(self, session: Session, row_id: int, made: Seen) -> None:
        upload = session.get_one(WorkCheck, row_id).upload
        report = _told(session, upload, made.report) if made.report else {}
        note_check(session, row_id, replace(made, report=report), utc_now())

    def make(self, claimed: WorkCheck, transaction: Transaction) -> Seen:
        if claimed.attempts > self.most_attempts:
            return self.instead(claimed, "its process was ended")
        with tempfile.TemporaryDirectory(prefix="check-") as folder:
            try:
                visit = visit_work(self.app, claimed.upload, Path(folder), {"wide": WIDE, "narrow": NARROW})
            except NoBrowser as error:
                log.warning("no browser", error=str(error)[:300])
                return Seen(failure="no-browser")
            sources = {name: str(path) for name, path in visit.pictures.items()}
            drawn = run_confined("submissions.viewer.checks.pictures:draw_pictures", sources, folder, caps=CAPS)
            pictures = {name: self._keep(picture) for name, picture in drawn["pictures"].items()}
        return Seen(visit.told | {"plain": drawn["plain"]}, pictures)

    def _keep(self, drawn: dict[str, Any]) -> dict[str, Any]:
        with Path(drawn["path"]).open("rb") as file:
            blob = self.storage.write(file)
        return {"key": blob.key, "bytes": blob.bytes, "width": drawn["width"], "height": drawn["height"]}


def _told(session: Session, upload: Upload, seen: dict[str, Any]) -> dict[str, Any]:
    """What was seen, with files under the names that the team gave them, and the weight of those it asked for.

    What `fetch` reads is taken for UTF-8, whatever the server says of it: "misread" are files that are not.
    """
    files = {file.path: file for file in shown_files(session, upload)}
    names = ("paths", "missing", "fetched")
    asked, missing, fetched = ({stored_path(upload, path) for path in seen[name]} for name in names)
    misread = [path for path in sorted(fetched & files.keys()) if not _is_utf8(files[path].media_type)]
    told = {name: value for name, value in seen.items() if name not in names}
    weight = sum(files[path].bytes for path in asked & files.keys())
    return told | {"missing": sorted(missing), "misread": misread, "bytes": weight}


def _is_utf8(media_type: str) -> bool:
    return media_type.partition("charset=")[2].strip().lower() in ("", "utf-8", "us-ascii")
