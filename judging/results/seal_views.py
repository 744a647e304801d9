"""The sealed file of published results, for whoever wants to compute them again."""

from datetime import datetime

from flask import Flask, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from judging.results.queries import public_publications
from judging.results.views import blueprint
from judging.sealing.models import Seal
from judging.sealing.queries import seal_by_number
from judging.sealing.views import as_file
from submissions.gallery.registry import ArchivedFile, gallery_registry


def register(app: Flask) -> None:
    """The file, on the blueprint of results, and its copy in archives."""
    gallery_registry(app).archived_files.append(_archived)


@blueprint.get("/results/seal-<int:number>.json")
@audience("public")
def public_seal(edition_slug: str, number: int) -> Response:
    """The public form of the seal of a publication whose embargo is over."""
    session = current_session()
    edition = find_edition(session, edition_slug, current_user)
    found = next((each for each in _public_seals(session, edition, request_now()) if each.number == number), None)
    if found is None:
        raise NotFound(_l("There is no such seal of these results."))
    return as_file(found.public, _name(edition, found), "application/json")


def _archived(session: Session, edition: Edition, now: datetime) -> list[ArchivedFile]:
    """The sealed files of public results: whoever has the archive computes them again."""
    return [
        ArchivedFile(
            url_for("results.public_seal", edition_slug=edition.slug, number=seal.number),
            _name(edition, seal),
            seal.public.encode(),
        )
        for seal in _public_seals(session, edition, now)
    ]


def _public_seals(session: Session, edition: Edition, now: datetime) -> list[Seal]:
    numbers = {
        each.snapshot["seal"]["number"]
        for each in public_publications(session, edition, now)
        if each.snapshot.get("seal")
    }
    return [seal for number in sorted(numbers) if (seal := seal_by_number(session, edition, number))]


def _name(edition: Edition, seal: Seal) -> str:
    return f"{edition.slug}-{seal.number}.json"
