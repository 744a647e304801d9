"""Write an edition as a folder: its public pages in both languages, its works, its data, a list of SHA-256."""

import hashlib
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from contextvars import Context
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any

from flask import Flask, render_template, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.briefs.queries import published_challenges
from challenges.catalogue.snapshots.queries import copies_of_edition
from challenges.editions.models import Edition
from challenges.editions.rules import results_are_public
from hackaviz.kernel.bilingual import LANGUAGES
from hackaviz.kernel.errors import DomainError
from hackaviz.settings import ROOT
from hackaviz.web.language import speaking
from hackaviz.web.templating import IS_ARCHIVE
from submissions.entries.models import Entry
from submissions.gallery.archive.documents import write_copies, write_data, write_documents
from submissions.gallery.archive.names import ASSETS, DATA, DOCUMENTS, LIVE, Names
from submissions.gallery.archive.rewriting import ICON_FILE, addresses, archived_page
from submissions.gallery.archive.works import WorkShelf
from submissions.gallery.pages import PAGE_SIZE, cited_datasets
from submissions.gallery.queries import public_entries
from submissions.gallery.registry import gallery_registry
from submissions.viewer.addresses import WINDOW, alone_url, download_url, work_url
from submissions.viewer.paths import raw_path

STATIC = ROOT / "hackaviz" / "static"
STYLES = ("vendor/pico.min.css", "hackaviz.css", "fonts/encode-sans.woff2", "mark.svg")
SUMS = "SHA256SUMS"
README = """{title_fr}
{title}

Ce dossier contient la galerie, {works} contributions, les résultats et les données citées. Ouvrez index.html dans un
navigateur : ni serveur ni réseau ne sont nécessaires. Le dossier peut aussi être posé tel quel sur n'importe quel
hébergement de fichiers. Pour vérifier qu'il est intact : sha256sum --check SHA256SUMS

This folder holds the gallery, {works} works, the results and the data that they cite. Open index.html in a browser: no
server and no network are needed. The folder also works on any static host as it is. To check that nothing has changed:
sha256sum --check SHA256SUMS

  fr/, en/   pages in French and English        live/     the works, as the jury and the public saw them
  data/      files of the datasets              images/   still images        assets/   the look of the pages

A browser does not let a page on a disk read the files beside it. Each folder of live/ therefore holds _offline.js,
which carries the data that the work asks for; the data also lies beside it as it was handed in.
"""


class NotArchived(DomainError):
    """An edition that cannot be archived now, or a folder that cannot be written."""


@dataclass
class Archive:
    """An archive being written into a folder."""

    app: Flask
    folder: Path
    names: Names
    loaded: set[str] = field(default_factory=set)

    def write_page(self, address: str, language: str) -> list[str]:
        """Write a page, and what it loads; answer the pages that it links to."""
        name = self.names.page(address)
        assert name is not None
        start, page = f"{language}/{name}", self._answer(address, language).decode()
        links = list(addresses(page))
        for link in links:
            self._load(link)
        icons = (STATIC / "icons.svg").read_text()
        self.write(start, archived_page(page, lambda link: self.names.link(link, start, language), icons).encode())
        return [link for link in links if self.names.page(link) is not None]

    def _load(self, address: str) -> None:
        file = self.names.file(address)
        if file is None or file in self.loaded or ICON_FILE in file or file.startswith((LIVE, DATA, DOCUMENTS)):
            return
        self.loaded.add(file)
        content = self._answer(address.removeprefix(self.names.base_url), "en")
        self.write(file, content)

    def _answer(self, address: str, language: str) -> bytes:
        headers = {"Accept-Language": language, "Accept": "text/html,*/*"}
        # Read to the end at once, so that files which are served are closed.
        options: dict[str, Any] = {"headers": headers, "base_url": self.names.base_url, "buffered": True}
        # A context of its own: a request would else go on with the language and the session of the command.
        answer = Context().run(self.app.test_client().get, address, environ_overrides={IS_ARCHIVE: True}, **options)
        if answer.status_code != 200:
            raise NotArchived(_l("%(address)s answered %(status)s.", address=address, status=answer.status_code))
        return answer.data

    def write(self, name: str, content: bytes) -> None:
        """Write a file, by its path from the top."""
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def archive_edition(app: Flask, session: Session, *, edition: Edition, target: Path, now: datetime) -> int:
    """Write the public edition into `target`, a folder that is empty or not there yet; answer how many works it holds.

    The folder is there whole or not at all. Raises NotArchived.
    """
    if not results_are_public(edition, now):
        raise NotArchived(_l("The results of this edition are not public yet: nothing was written."))
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise NotArchived(_l("%(folder)s is not an empty folder: nothing was written.", folder=str(target)))
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".archive-", dir=target.parent) as name:
        folder = Path(name, "edition")
        folder.mkdir()
        count = _write(app, session, edition, folder, now)
        if target.exists():
            target.rmdir()
        folder.chmod(0o755)
        folder.rename(target)
    return count


def _write(app: Flask, session: Session, edition: Edition, folder: Path, now: datetime) -> int:
    entries, datasets = public_entries(session, edition), cited_datasets(session, edition, now)
    shelf = WorkShelf(app.extensions["hackaviz.content"], app.extensions["hackaviz.storage"], folder / LIVE)
    known = dict[str, str]()
    for entry in entries:
        known |= _names_of_work(entry, shelf.add(session, entry, now), now)
    known |= write_data(app.extensions["hackaviz.storage"], datasets, folder)
    known |= write_copies(app.extensions["hackaviz.storage"], copies_of_edition(session, edition), folder)
    known |= write_documents(session, edition, folder, now)
    seeds = _seeds(session, edition, len(entries), now)
    names = Names(
        edition=edition.slug,
        base_url=app.config["BASE_URL"],
        content_url=app.config["CONTENT_URL"],
        entries=frozenset(entry.public_id for entry in entries),
        datasets=frozenset(dataset.slug for dataset in datasets),
        pages=frozenset(seeds),
        known=known,
    )
    archive = Archive(app, folder, names)
    for style in STYLES:
        archive.write(f"{ASSETS}/{style}", (STATIC / style).read_bytes())
        archive.loaded.add(f"{ASSETS}/{style}")
    for language in LANGUAGES:
        _write_language(archive, seeds, language)
    _write_front(archive, edition, len(entries), now)
    return len(entries)


def _names_of_work(entry: Entry, first: str, now: datetime) -> dict[str, str]:
    """The addresses of a live work, which change every few hours, and where it stands instead."""
    assert entry.current_version is not None
    upload, names = entry.current_version.upload, dict[str, str]()
    for language, moment in product(LANGUAGES, (now, now + WINDOW)):
        with speaking(language):
            names |= {work_url(upload, moment): first, alone_url(upload, moment): first}
            names[download_url(upload, moment)] = f"{LIVE}/{entry.public_id}/{raw_path(upload)}"
    return names


def _seeds(session: Session, edition: Edition, works: int, now: datetime) -> list[str]:
    """The pages of the edition; entries and datasets are found from them."""
    here: dict[str, Any] = {"edition_slug": edition.slug}
    challenges = published_challenges(session, edition)
    return [
        url_for("editions.edition", **here),
        url_for("gallery.gallery", **here),
        *(url_for("gallery.gallery", **here, page=number) for number in range(1, -(-works // PAGE_SIZE) + 1)),
        *(url_for("briefs.challenge", **here, challenge_slug=challenge.slug) for challenge in challenges),
        *([url_for("editions.rules", **here)] if edition.current_rules else []),
        *(path for paths in gallery_registry().archived_paths for path in paths(session, edition, now)),
    ]


def _write_language(archive: Archive, seeds: Iterable[str], language: str) -> None:
    waiting, written = deque(seeds), set[str]()
    while waiting:
        address = waiting.popleft()
        name = archive.names.page(address)
        if name is not None and name not in written:
            written.add(name)
            waiting += archive.write_page(address.partition("#")[0], language)


def _write_front(archive: Archive, edition: Edition, works: int, now: datetime) -> None:
    """The first page, which says what this is and how to open it, and the list of SHA-256."""
    page = render_template(
        "submissions/gallery/archive.html", edition=edition, works=works, now=now, base_url=archive.names.base_url
    )
    archive.write("index.html", page.encode())
    archive.write("README.txt", README.format(title=edition.title.en, title_fr=edition.title.fr, works=works).encode())
    archive.write(SUMS, "".join(_sums(archive.folder)).encode())


def _sums(folder: Path) -> Iterator[str]:
    """Lines that `sha256sum --check` reads."""
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        yield f"{digest}  {path.relative_to(folder).as_posix()}\n"
