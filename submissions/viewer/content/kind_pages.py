"""The pages of ours around single files, by kind, and what each needs to know besides the file."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import select

from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from submissions.entries.models import UploadFile
from submissions.viewer.content.shelf import ShownWork, shown_blob

NOTEBOOK, VIDEO = "notebook", "video"
# Kinds whose single file a browser does not show as it should: a page of ours shows it.
SHOWN_IN_A_PAGE = {
    "image": "image.html",
    "svg": "svg.html",
    "pdf": "pdf.html",
    "plotly": "plotly.html",
    "vega-lite": "vega.html",
    "vega": "vega.html",
    VIDEO: "video.html",
}
MOST_CAPTIONS = 12


@dataclass(frozen=True)
class Caption:
    """A file of captions beside a film; `language` is what its name says before its end: "film.fr.vtt"."""

    path: str
    language: str


def page_of(shown: ShownWork) -> str | None:
    """The page that shows this work; None where its own file does. A notebook waits in one until it is rendered."""
    if shown.kind == NOTEBOOK:
        found = shown_blob(shown, "", request_now())
        return None if found is None or found[0].media_type.startswith("text/html") else "notebook.html"
    return SHOWN_IN_A_PAGE.get(shown.kind or "")


def context_of(shown: ShownWork) -> dict[str, Any]:
    """What the page of a kind reads besides the name of the file."""
    if shown.kind == NOTEBOOK:
        found = shown_blob(shown, "", request_now())
        return {"is_due": found is not None and not found[1]}
    return {"mode": shown.kind, "captions": _captions(shown) if shown.kind == VIDEO else []}


def _captions(shown: ShownWork) -> list[Caption]:
    paths = select(UploadFile.path).where(UploadFile.upload_id == shown.id, UploadFile.path.like("%.vtt"))
    found = current_session().scalars(paths.order_by(UploadFile.path).limit(MOST_CAPTIONS))
    return [Caption(path, _language(path)) for path in found]


def _language(path: str) -> str:
    suffixes = PurePosixPath(path).suffixes
    language = suffixes[-2].removeprefix(".") if len(suffixes) > 1 else ""
    return language if language.isascii() and language.isalpha() and 2 <= len(language) <= 3 else ""
