"""The works of an archive: every file that everybody sees, and our page around a single one, made to open offline."""

import re
import shutil
from collections.abc import Iterator
from contextvars import Context
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy.orm import Session

from hackaviz.kernel.confined import Caps, run_confined
from hackaviz.kernel.storage import Storage
from hackaviz.web.language import speaking
from hackaviz.web.templating import IS_ARCHIVE
from submissions.entries.models import Entry, Upload
from submissions.gallery.archive.names import LIVE
from submissions.gallery.archive.rewriting import addresses
from submissions.viewer.addresses import work_url
from submissions.viewer.copies.queries import shown_files
from submissions.viewer.paths import SITE, raw_path

CAPS = Caps(seconds=180, memory_bytes=3 << 30, file_bytes=1 << 30)
INDEX = "index.html"
# The pages of a document, drawn by a job.
DRAWN_PAGE = re.compile(r"page-\d+\.webp")
# Our own files lie beside the works; on the content host they are named from its top.
VENDOR, VENDORED = "/vendor/", "../vendor/"
# Coasts and borders of maps, which plotly.js asks for by itself.
COASTS = ("world_110m.json", "world_50m.json", "europe_110m.json", "europe_50m.json")
DRAWS_MAPS = (b"geo", b"choropleth")


@dataclass
class WorkShelf:
    """Writes works into folders below `folder`, and the files of ours that they use into `folder`/vendor."""

    content: Flask
    storage: Storage
    folder: Path

    def add(self, session: Session, entry: Entry, now: datetime) -> str:
        """Write one work, and answer its first file, from the top of the archive."""
        assert entry.current_version is not None
        upload = entry.current_version.upload
        room = self.folder / entry.public_id
        media_types = dict(self._write_files(session, upload, room))
        first = upload.entry_point or INDEX
        if upload.kind != SITE:
            media_types |= self._write_page(upload, room, now)
            first = INDEX
        coasts = self._coasts(upload, room)
        function = "submissions.gallery.archive.offline:make_offline"
        run_confined(function, str(self.folder), entry.public_id, media_types, coasts, caps=CAPS)
        return f"{LIVE}/{entry.public_id}/{first}"

    def _write_files(self, session: Session, upload: Upload, room: Path) -> Iterator[tuple[str, str]]:
        for file in shown_files(session, upload):
            is_single = upload.kind != SITE and file.path == upload.entry_point
            if is_single and file.media_type.startswith("text/html"):
                continue  # It is the page itself.
            path = raw_path(upload) if is_single else file.path
            target = room / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with self.storage.open(file.storage_key) as stream, target.open("wb") as copy:
                shutil.copyfileobj(stream, copy)
            yield path, file.media_type

    def _write_page(self, upload: Upload, room: Path, now: datetime) -> Iterator[tuple[str, str]]:
        """The page that the content host shows for a single file, with the images and our files that it names."""
        # One page for readers of both languages: of our words, the one that comes closer is in both.
        with self.content.app_context(), speaking("en"):
            top = urlsplit(work_url(upload, now)).path
        page, media_type = self._answer(top)
        room.mkdir(parents=True, exist_ok=True)
        # One character for each byte: addresses of ours are ASCII whatever the page is in.
        for address in addresses(page.decode("latin-1"), with_scripts=True):
            if address.startswith(VENDOR):
                self._vendor(address.removeprefix(VENDOR))
            elif DRAWN_PAGE.fullmatch(address):
                (room / address).write_bytes(self._answer(top + address)[0])
        (room / INDEX).write_bytes(page.replace(f'="{VENDOR}'.encode(), f'="{VENDORED}'.encode()))
        yield INDEX, media_type

    def _coasts(self, upload: Upload, room: Path) -> dict[str, str]:
        source = room / raw_path(upload)
        if upload.kind != "plotly" or not any(word in source.read_bytes() for word in DRAWS_MAPS):
            return {}
        return {f"vendor/{name}": "application/json" for name in COASTS if self._vendor(name)}

    def _vendor(self, name: str) -> bool:
        target = self.folder / "vendor" / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            content, _type = self._answer(VENDOR + name)
            target.write_bytes(content.replace(f'"{VENDOR}"'.encode(), f'"{VENDORED}"'.encode()))
        return True

    def _answer(self, path: str) -> tuple[bytes, str]:
        where: dict[str, Any] = {"base_url": self.content.config["CONTENT_URL"], "buffered": True}
        where["environ_overrides"] = {IS_ARCHIVE: True}
        answer = Context().run(self.content.test_client().get, path, **where)
        if answer.status_code != 200:
            raise LookupError(f"{path} answered {answer.status_code}")
        return answer.data, answer.content_type
