"""The work of the job process: one still image at a time, drawn outside any transaction."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from flask import Flask

from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.confined import Caps, ConfinedError, run_confined
from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.storage import Storage
from submissions.entries.models import Upload
from submissions.viewer.addresses import work_url
from submissions.viewer.browser import HOST, NoBrowser, NoPicture, photograph
from submissions.viewer.content.application import create_content_app
from submissions.viewer.drawing import draw_label
from submissions.viewer.loopback import served
from submissions.viewer.models import Preview
from submissions.viewer.service import MOST_ATTEMPTS, Picture, Still, claim_due, may_try, note_failure, note_still

log = structlog.get_logger()
CAPS = Caps(seconds=60, memory_bytes=2 << 30)
# Kinds as a label names them: a picture has one language, so that these need none.
LABELS = {"image": "Image", "pdf": "PDF", "html": "HTML", "static-site": "HTML, ZIP", "plotly": "Plotly"}
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
                note_failure(session, claimed.id, str(error)[:1000], utc_now())
            return True
        with transaction() as session:
            note_still(session, claimed.id, still)
        return True

    def _still(self, claimed: Preview) -> Still:
        draw = DRAWN_BY.get(claimed.upload.kind or "")
        with tempfile.TemporaryDirectory(prefix="preview-") as folder:
            if draw is None or not may_try(claimed):
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
        return Still(self._keep(drawn["large"]), self._keep(drawn["small"]), pages, label_reason)

    def _keep(self, drawn: dict[str, Any]) -> Picture:
        with Path(drawn["path"]).open("rb") as file:
            blob = self.storage.write(file)
        return Picture(blob.key, blob.bytes, drawn["width"], drawn["height"])

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
    """What a browser shows of a work that lives."""
    content = create_content_app(studio.app, CONTENT_URL=f"http://{HOST}", BASE_URL=f"http://{HOST}")
    with content.app_context():
        url = work_url(upload, utc_now())
    room = folder / "browser"
    room.mkdir()
    folder.chmod(0o711)
    with served(content) as port:
        picture = photograph(url, port=port, folder=room)
    return _confined("draw_sizes", picture, folder)


DRAWN_BY: dict[str, Draw] = {
    "image": draw_image,
    "pdf": draw_document,
    "html": draw_live,
    "static-site": draw_live,
    "plotly": draw_live,
}


def _confined(function: str, source: Path, folder: Path) -> dict[str, Any]:
    answer: dict[str, Any] = run_confined(f"submissions.viewer.drawing:{function}", str(source), str(folder), caps=CAPS)
    return answer
