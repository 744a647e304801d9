"""The work of the job process: one shown copy at a time, made outside any transaction from the untouched original."""

import io
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from hackaviz.kernel.confined import Caps, run_confined
from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.storage import Storage
from submissions.entries.models import Upload, UploadFile
from submissions.intake.metadata import tells
from submissions.viewer.copies.addresses import loaded_address, own_address
from submissions.viewer.copies.freezing import Frozen, Text, freeze, still_asked, write_copies
from submissions.viewer.copies.models import ShownCopy
from submissions.viewer.copies.obtaining import Copied, Obtainer
from submissions.viewer.copies.own import OwnCatalogue
from submissions.viewer.copies.scanning import is_read
from submissions.viewer.copies.service import Made, NewFile, claim_due, note_copy
from submissions.viewer.leases import Craft

CLEANING = Caps(seconds=90, memory_bytes=2 << 30, file_bytes=512 << 20)
SCANNING = Caps(seconds=60, memory_bytes=2 << 30)
MOST_TOLD = 300
CLEANER = "submissions.viewer.copies.cleaning"
NOTEBOOK = "notebook"


@dataclass
class Sheet:
    """A file while its copy is made: where it is on disk, and what was done to it."""

    path: str
    media_type: str
    disk: Path
    origin: str = ""


@dataclass(frozen=True)
class Outcome:
    """A copy; `failure` says why it holds less than it should."""

    copy: Made
    failure: str | None


@dataclass(frozen=True)
class CopyMaker(Craft):
    """What is needed to make copies: the storage, the address of this installation, and a way to known hosts."""

    storage: Storage
    base_url: str
    obtainer: Any = field(default=Obtainer.into)

    def claim(self, session: Session, now: datetime) -> ShownCopy | None:
        return claim_due(session, now)

    def make(self, claimed: ShownCopy, transaction: Transaction) -> Outcome:
        made = self._make(claimed, transaction)
        is_last = claimed.attempts >= self.most_attempts
        return Outcome(made, (claimed.error or "its process was ended") if is_last else None)

    def instead(self, claimed: ShownCopy, reason: str) -> Outcome:
        return Outcome(Made(), reason)

    def note(self, session: Session, row_id: int, made: Outcome) -> None:
        note_copy(session, row_id, made.copy, failure=made.failure)

    def _make(self, claimed: ShownCopy, transaction: Transaction) -> Made:
        """Clean, then freeze; the last try only cleans, because what tells of people must go whatever else fails."""
        upload = claimed.upload
        with tempfile.TemporaryDirectory(prefix="copy-") as name:
            folder = Path(name)
            sheets, cleaned = self._cleaned(upload, folder)
            is_last = claimed.attempts >= self.most_attempts
            frozen = Frozen() if is_last else self._frozen(upload, sheets, folder, transaction)
            return Made(self._stored(sheets, frozen), _report(upload, cleaned, frozen))

    def _cleaned(self, upload: Upload, folder: Path) -> tuple[list[Sheet], list[dict[str, Any]]]:
        """The files that are read, as far as possible without what they tell of people; a notebook as a page."""
        sheets = [
            self._sheet(file, folder / f"file-{number}") for number, file in enumerate(upload.files) if _is_used(file)
        ]
        jobs = [
            [str(sheet.disk), f"{sheet.disk}-clean", sheet.media_type] for sheet in sheets if tells(sheet.media_type)
        ]
        removed = run_confined(f"{CLEANER}:clean_all", jobs, caps=CLEANING) if jobs else {}
        told = [{"path": each.path, "removed": removed[str(each.disk)]} for each in sheets if str(each.disk) in removed]
        for sheet in sheets:
            if str(sheet.disk) in removed:
                sheet.disk, sheet.origin = Path(f"{sheet.disk}-clean"), "cleaned"
            if upload.kind == NOTEBOOK and sheet.path == upload.entry_point:
                _render(sheet)
        return sheets, told

    def _sheet(self, file: UploadFile, disk: Path) -> Sheet:
        with self.storage.open(file.storage_key) as stream, disk.open("wb") as target:
            shutil.copyfileobj(stream, target)
        return Sheet(file.path, file.media_type, disk)

    def _frozen(self, upload: Upload, sheets: list[Sheet], folder: Path, transaction: Transaction) -> Frozen:
        texts = [Text(each.path, each.disk, each.media_type) for each in sheets if is_read(each.media_type, 0)]
        if not texts:
            return Frozen()
        room = folder / "copies"
        room.mkdir()
        files = {file.path for file in upload.files}
        page = upload.entry_point or ""
        hosts = self.obtainer(room)
        catalogue = OwnCatalogue(self.base_url, self.storage, transaction, room)

        def obtain(address: str) -> Copied:
            return (catalogue if own_address(address, self.base_url) else hosts).obtain(address)

        known = partial(loaded_address, base_url=self.base_url)
        scan = partial(_scan, self.base_url)
        return freeze(texts, page=page, files=files, scan=scan, obtain=obtain, known=known)

    def _stored(self, sheets: list[Sheet], frozen: Frozen) -> tuple[NewFile, ...]:
        files = list[NewFile]()
        for sheet in sheets:
            if sheet.path in frozen.rewritten:
                content = frozen.rewritten[sheet.path]
                files.append(self._new(sheet.path, sheet.media_type, content, sheet.origin or "rewritten"))
            elif sheet.origin:
                files.append(self._new(sheet.path, sheet.media_type, sheet.disk.read_bytes(), sheet.origin))
        paths = {file.path for file in files}
        for copied, content in write_copies(frozen):
            if copied.path not in paths:
                paths.add(copied.path)
                files.append(self._new(copied.path, copied.media_type, content, copied.url))
        return tuple(files)

    def _new(self, path: str, media_type: str, content: bytes, origin: str) -> NewFile:
        return NewFile(path, media_type, self.storage.write(io.BytesIO(content)), origin)


def _is_used(file: UploadFile) -> bool:
    return tells(file.media_type) or is_read(file.media_type, file.bytes)


def _render(sheet: Sheet) -> None:
    target = Path(f"{sheet.disk}-page")
    run_confined("submissions.intake.rendering.page:render_notebook", str(sheet.disk), str(target), caps=CLEANING)
    sheet.disk, sheet.media_type, sheet.origin = target, "text/html; charset=utf-8", "rendered"


def _scan(base_url: str, texts: list[list[str]], nested: bool) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = run_confined(
        "submissions.viewer.copies.scanning:scan_texts", texts, nested, base_url, caps=SCANNING
    )
    return found


def _report(upload: Upload, cleaned: list[dict[str, Any]], frozen: Frozen) -> dict[str, Any]:
    """What the check report and the archive tell of a copy."""
    return {
        "cleaned": cleaned[:MOST_TOLD],
        "frozen": [_told(copied) for copied in list(frozen.copies.values())[:MOST_TOLD]],
        "not_frozen": [{"url": url, "code": code} for url, code in list(frozen.failures.items())[:MOST_TOLD]],
        "hosts": still_asked(frozen, upload.report.get("external_hosts", ())),
        "urls": sorted(frozen.addresses)[:MOST_TOLD],
    }


def _told(copied: Copied) -> dict[str, Any]:
    told: dict[str, Any] = {"url": copied.url, "path": copied.path}
    if copied.kept is not None:
        kept = copied.kept
        told["instead"] = {"name": kept.name, "asked": kept.asked, "served": kept.served}
    return told
