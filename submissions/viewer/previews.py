"""The work of the job process: one still image at a time, drawn outside any transaction."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from flask import Flask
from sqlalchemy.orm import Session

from hackaviz.kernel.confined import Caps, run_confined
from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.storage import Storage
from hackaviz.web.database import Sessions
from submissions.entries.models import Upload
from submissions.viewer.browser import WIDE, NoBrowser
from submissions.viewer.checks.queries import check_of
from submissions.viewer.drawing import draw_label
from submissions.viewer.labels import label_of
from submissions.viewer.leases import Craft
from submissions.viewer.models import Preview
from submissions.viewer.service import Picture, Still, claim_due, may_try, note_still
from submissions.viewer.sizes import FORMS
from submissions.viewer.visiting import visit_work

CAPS = Caps(seconds=60, memory_bytes=2 << 30)
Draw = Callable[["Studio", Upload, Path], dict[str, Any]]


@dataclass(frozen=True)
class Studio(Craft):
    """What is needed to draw: the application's storage, and its content host for works that live."""

    app: Flask
    storage: Storage

    def claim(self, session: Session, now: datetime) -> Preview | None:
        return claim_due(session, now)

    def make(self, claimed: Preview, transaction: Transaction) -> Still:
        if not may_try(claimed):
            return self.instead(claimed, claimed.error or "its process was ended")
        draw = DRAWN_BY.get(claimed.upload.kind or "", draw_live)
        with tempfile.TemporaryDirectory(prefix="preview-") as folder:
            try:
                return self._store(draw(self, claimed.upload, Path(folder)))
            except NoBrowser as error:
                return self.instead(claimed, str(error))

    def instead(self, claimed: Preview, reason: str) -> Still:
        with tempfile.TemporaryDirectory(prefix="preview-") as folder:
            # The picture is kept, and shown to blind jurors too: the code is all that it may tell.
            code = claimed.upload.entry.code
            return self._store(draw_label(label_of(claimed.upload), code, folder), reason)

    def note(self, session: Session, row_id: int, made: Still) -> None:
        note_still(session, row_id, made)

    def _store(self, drawn: dict[str, Any], label_reason: str | None = None) -> Still:
        pages = tuple(self._keep(page) for page in drawn.get("pages", []))
        stills = tuple(self._keep_still(still) for still in drawn["stills"])
        return Still(self._keep(drawn["large"]), self._keep(drawn["small"]), pages, stills, label_reason)

    def _keep(self, drawn: dict[str, Any]) -> Picture:
        with Path(drawn["path"]).open("rb") as file:
            blob = self.storage.write(file)
        return Picture(blob.key, blob.bytes, drawn["width"], drawn["height"])

    def _keep_still(self, drawn: dict[str, Any]) -> dict[str, Any]:
        kept = {"width": drawn["width"], "height": drawn["height"]}
        for form in FORMS:
            with Path(drawn[form]).open("rb") as file:
                blob = self.storage.write(file)
            kept[form] = {"key": blob.key, "bytes": blob.bytes}
        return kept

    def checked_picture(self, upload: Upload, folder: Path) -> Path | None:
        """The picture that a check has taken, on disk."""
        with cast(Sessions, self.app.extensions["hackaviz.sessions"]).reading() as session:
            check = check_of(session, upload)
            picture = check.pictures.get("wide") if check is not None else None
        if picture is None or not self.storage.exists(picture["key"]):
            return None
        with self.storage.open(picture["key"]) as stream, (folder / "checked").open("wb") as file:
            shutil.copyfileobj(stream, file)
        return folder / "checked"

    def fetch(self, upload: Upload, folder: Path) -> Path:
        """The file as it was sent, on disk."""
        target = folder / "source"
        with self.storage.open(upload.storage_key or "") as stream, target.open("wb") as file:
            shutil.copyfileobj(stream, file)
        return target


def draw_image(studio: Studio, upload: Upload, folder: Path) -> dict[str, Any]:
    """Both sizes of an image."""
    return _confined("draw_sizes", studio.fetch(upload, folder), folder)


def draw_document(studio: Studio, upload: Upload, folder: Path) -> dict[str, Any]:
    """The pages of a PDF."""
    return _confined("draw_document", studio.fetch(upload, folder), folder)


def draw_live(studio: Studio, upload: Upload, folder: Path) -> dict[str, Any]:
    """What a browser shows of a work that lives: the check's own picture, else one that is taken now."""
    checked = studio.checked_picture(upload, folder)
    picture = checked or visit_work(studio.app, upload, folder, {"wide": WIDE}).pictures["wide"]
    return _confined("draw_sizes", picture, folder)


DRAWN_BY: dict[str, Draw] = {"image": draw_image, "pdf": draw_document}


def _confined(function: str, source: Path, folder: Path) -> dict[str, Any]:
    answer: dict[str, Any] = run_confined(f"submissions.viewer.drawing:{function}", str(source), str(folder), caps=CAPS)
    return answer
