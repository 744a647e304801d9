"""The press kit: one ZIP with the news in both languages, images with credits, logos."""

import zipfile
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from shutil import copyfileobj
from typing import IO, Any

from flask import render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.queries import sponsors_of
from hackaviz.kernel.bilingual import LANGUAGES
from hackaviz.kernel.identifiers import slugify
from hackaviz.kernel.storage import Storage
from hackaviz.settings import ROOT
from hackaviz.web.language import speaking
from hackaviz.web.spreadsheets import csv_bytes
from judging.results.archives import room_for_zip
from judging.results.models import Publication
from judging.results.reading import ShownAward, awards_in, panels_in
from submissions.entries.models import Upload
from submissions.entries.queries import kept_from_public
from submissions.viewer.models import Preview

LOGO = ROOT / "hackaviz" / "static" / "mark.svg"
TEXTS = {"fr": "communique.md", "en": "press-release.md"}


@dataclass(frozen=True)
class Picture:
    """A still image of an awarded work, and what must stand beside it."""

    name: str
    key: str
    award: ShownAward


def press_kit(session: Session, edition: Edition, publication: Publication, storage: Storage) -> IO[bytes]:
    """The ZIP of a publication."""
    awards, hidden = awards_in(publication.snapshot), kept_from_public(session, edition)
    pictures = list(_pictures(session, [award for award in awards if award.entry["public_id"] not in hidden]))
    told = {"edition": edition, "publication": publication, "awards": awards, "hidden": hidden}
    told["panels"] = panels_in(publication.snapshot)
    packed = room_for_zip()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as kit:
        for name, text in _texts(told).items():
            kit.writestr(_dated(name), text)
        kit.writestr(_dated("images/credits.csv"), _credits(edition, pictures))
        stored = {f"images/{picture.name}": picture.key for picture in pictures} | _logos(session, edition)
        for name, key in stored.items():
            with storage.open(key) as stream, kit.open(_dated(name), "w") as member:
                copyfileobj(stream, member)
        kit.writestr(_dated("logos/hackaviz.svg"), LOGO.read_bytes())
    packed.seek(0)
    return packed


def _logos(session: Session, edition: Edition) -> dict[str, str]:
    """Name in the kit → key, for each sponsor that has a logo."""
    logos: dict[str, str] = {}
    for sponsor in sponsors_of(session, edition):
        if sponsor.logo_key:
            logos[_free_name(slugify(sponsor.name) or str(sponsor.id), logos)] = sponsor.logo_key
    return logos


def _free_name(stem: str, taken: Container[str]) -> str:
    """`logos/port.png`, then `logos/port-2.png` for another sponsor whose name is written alike."""
    later = (f"logos/{stem}-{number}.png" for number in count(2))
    return next(name for name in chain([f"logos/{stem}.png"], later) if name not in taken)


def _dated(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name)


def _texts(told: Mapping[str, Any]) -> Mapping[str, str]:
    texts = {}
    for language in LANGUAGES:
        with speaking(language):
            texts[TEXTS[language]] = render_template("judging/results/press/release.txt", language=language, **told)
    return texts


def _credits(edition: Edition, pictures: Sequence[Picture]) -> bytes:
    rows = [["file", "title", "team", "members", "edition", "text alternative"]]
    for each in pictures:
        entry = each.award.entry
        members = ", ".join(entry["members"])
        rows.append([each.name, entry["title"], entry["team"], members, edition.title.fr, entry["text_alternative"]])
    return csv_bytes(rows)


def _pictures(session: Session, awards: Sequence[ShownAward]) -> Iterator[Picture]:
    """One for each work, named by its code."""
    shown = {award.entry["upload"]: award for award in awards}
    query = select(Upload.public_id, Preview.large_key).join(Preview, Preview.upload_id == Upload.id)
    drawn = session.execute(query.where(Upload.public_id.in_(shown), Preview.large_key.is_not(None)))
    keys = {row.public_id: row.large_key for row in drawn}
    for upload, award in shown.items():
        if upload in keys:
            yield Picture(f"{award.entry['code']}.webp", keys[upload], award)
