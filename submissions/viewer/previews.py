"""The work of the job process: one still image at a time, drawn outside any transaction."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import structlog
from flask import Flask

from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.confined import Caps, ConfinedError, run_confined
from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.storage import Storage
from hackaviz.web.database import Sessions
from submissions.entries.models import Upload
from submissions.viewer.browser import WIDE, NoBrowser, NoPicture
from submissions.viewer.checks.queries import check_of
from submissions.viewer.drawing import draw_label
from submissions.viewer.leases import MOST_ATTEMPTS, put_off
from submissions.viewer.models import Preview
from submissions.viewer.service import Picture, Still, claim_due, may_try, note_still
from submissions.viewer.sizes import FORMS
from submissions.viewer.visiting import visit_work

log = structlog.get_logger()
CAPS = Caps(seconds=60, memory_bytes=2 << 30)
# Kinds as a label names them: a picture has one language, so that these need none.
LABELS = {
    "image": "Image",
    "svg": "SVG",
    "pdf": "PDF",
    "html": "HTML",
    "static-site": "HTML, ZIP",
    "notebook": "Jupyter",
    "plotly": "Plotly",
    "vega": "Vega",
    "vega-lite": "Vega-Lite",
    "video": "Video",
}
Draw = Callable[["Studio", Upload, Path], dict[str, Any]]


@dataclass(frozen=True)
class Studio:
    """What is needed to draw: the application's storage, and its content host for works that live."""

    app: Flask
    storage: Storage

    def make_due(self, transaction: Transaction, now: datetime) -> bool:
        """Draw the oldest image that is due and note the outcome; False when none is."""
        with transaction() as session:
            claimed = claim_due(session, now)
        if claimed is None:
            return False
        try:
            still = self._still(claimed)
        except (ConfinedError, NoPicture) as error:
            log.warning("preview", upload=claimed.upload.public_id, attempt=claimed.attempts, error=str(error)[:300])
            with transaction() as session:
                put_off(session.get_one(Preview, claimed.id), str(error), utc_now())
            return True
        with transaction() as session:
            note_still(session, claimed.id, still)
        return True

    def _still(self, claimed: Preview) -> Still:
        draw = DRAWN_BY.get(claimed.upload.kind or "", draw_live)
        with tempfile.TemporaryDirectory(prefix="preview-") as folder:
            if not may_try(claimed):
                return self._label(claimed, folder, claimed.error or "its process was ended")
            try:
                return self._store(draw(self, claimed.upload, Path(folder)))
            except NoBrowser as error:
                return self._label(claimed, folder, str(error))
            except (ConfinedError, NoPicture) as error:
                if claimed.attempts < MOST_ATTEMPTS:
                    raise
                return self._label(claimed, folder, str(error)[:1000])

    def _label(self, claimed: Preview, folder: str, reason: str) -> Still:
        kind = claimed.upload.kind or ""
        return self._store(draw_label(LABELS.get(kind, kind), claimed.upload.entry.title, folder), reason)

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
