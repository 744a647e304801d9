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
from hackaviz.kernel.confined import Caps, ConfinedError, run_confined
from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.storage import Storage
from submissions.entries.models import Upload
from submissions.viewer.browser import NARROW, WIDE, NoBrowser, NoPicture
from submissions.viewer.checks.models import WorkCheck
from submissions.viewer.checks.service import Seen, claim_due, note_check
from submissions.viewer.copies.queries import shown_files
from submissions.viewer.leases import put_off
from submissions.viewer.paths import stored_path
from submissions.viewer.visiting import visit_work

log = structlog.get_logger()
CAPS = Caps(seconds=60, memory_bytes=2 << 30)
# A page that kept a browser busy for so long twice will do so again.
MOST_LOOKS = 2


@dataclass(frozen=True)
class Checker:
    """What is needed to look: the application's storage, and its content host for works that live."""

    app: Flask
    storage: Storage

    def make_due(self, transaction: Transaction, now: datetime) -> bool:
        """Make the oldest check that is due and note the outcome; False when none is."""
        with transaction() as session:
            claimed = claim_due(session, now)
        if claimed is None:
            return False
        try:
            seen = self._look(claimed)
        except (NoPicture, ConfinedError) as error:
            log.warning("check", upload=claimed.upload.public_id, attempt=claimed.attempts, error=str(error)[:300])
            if claimed.attempts < MOST_LOOKS:
                with transaction() as session:
                    put_off(session.get_one(WorkCheck, claimed.id), str(error), utc_now())
                return True
            seen = Seen(failure="not-loaded")
        with transaction() as session:
            report = _told(session, claimed.upload, seen.report) if seen.report else {}
            note_check(session, claimed.id, replace(seen, report=report), utc_now())
        return True

    def _look(self, claimed: WorkCheck) -> Seen:
        """Raises NoPicture or ConfinedError."""
        if claimed.attempts > MOST_LOOKS:
            return Seen(failure="not-loaded")
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
    """What was seen, with files under the names that the team gave them, and the weight of those it asked for."""
    sizes = {file.path: file.bytes for file in shown_files(session, upload)}
    asked, missing = ({stored_path(upload, path) for path in seen[name]} for name in ("paths", "missing"))
    told = {name: value for name, value in seen.items() if name != "paths"}
    return told | {"missing": sorted(missing), "bytes": sum(sizes.get(path, 0) for path in asked)}
