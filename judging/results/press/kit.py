"""The press kit: one ZIP with the news in both languages, images with credits, logos."""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

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


def press_kit(session: Session, edition: Edition, publication: Publication, storage: Storage) -> BinaryIO:
    """The ZIP of a publication."""
    awards = awards_in(publication.snapshot)
    pictures = list(_pictures(session, edition, awards))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as kit:
        for name, content in _texts(edition, publication, awards, pictures).items():
            kit.writestr(_dated(name), content)
        stored = {f"images/{picture.name}": picture.key for picture in pictures} | _logos(session, edition)
        for name, key in stored.items():
            with storage.open(key) as stream:
                kit.writestr(_dated(name), stream.read())
        kit.writestr(_dated("logos/hackaviz.svg"), LOGO.read_bytes())
    packed.seek(0)
    return packed


def _logos(session: Session, edition: Edition) -> dict[str, str]:
    """Name in the kit → key, for each sponsor that has a logo."""
    with_logo = [sponsor for sponsor in sponsors_of(session, edition) if sponsor.logo_key]
    return {f"logos/{slugify(each.name) or each.id}.png": str(each.logo_key) for each in with_logo}


def _dated(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name)


def _texts(
    edition: Edition, publication: Publication, awards: Sequence[ShownAward], pictures: Sequence[Picture]
) -> Mapping[str, str]:
    texts = {}
    for language in LANGUAGES:
        with speaking(language):
            told = {"edition": edition, "publication": publication, "awards": awards, "language": language}
            told |= {"panels": panels_in(publication.snapshot)}
            texts[TEXTS[language]] = render_template("judging/results/press/release.txt", **told)
    return texts | {"images/credits.csv": _credits(edition, pictures)}


def _credits(edition: Edition, pictures: Sequence[Picture]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["file", "title", "team", "members", "edition", "text alternative"])
    for each in pictures:
        entry = each.award.entry
        members = ", ".join(entry["members"])
        writer.writerow(
            [each.name, entry["title"], entry["team"], members, edition.title.fr, entry["text_alternative"]]
        )
    return text.getvalue()


def _pictures(session: Session, edition: Edition, awards: Sequence[ShownAward]) -> Iterator[Picture]:
    """One for each work, named by its code; works whose team does not agree to be shown are left out."""
    hidden = kept_from_public(session, edition)
    shown = {award.entry["upload"]: award for award in awards if award.entry["public_id"] not in hidden}
    query = select(Upload.public_id, Preview.large_key).join(Preview, Preview.upload_id == Upload.id)
    drawn = session.execute(query.where(Upload.public_id.in_(shown), Preview.large_key.is_not(None)))
    keys = {row.public_id: row.large_key for row in drawn}
    for upload, award in shown.items():
        if upload in keys:
            yield Picture(f"{award.entry['code']}.webp", keys[upload], award)
