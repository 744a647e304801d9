"""Certificates: the organisers' page that has them made, the member's own file, the page that verifies one."""

import zipfile
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import IO, Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.navigation import show_edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from hackaviz.accounts.models import Person
from hackaviz.accounts.registry import account_registry
from hackaviz.kernel.identifiers import slugify
from hackaviz.kernel.jobs import Work
from hackaviz.kernel.storage import Storage
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import after_commit, current_session
from hackaviz.web.jobs import declare_work, wake
from hackaviz.web.storage import current_storage
from judging.results.archives import as_zip, room_for_zip
from judging.results.certificates import queries, service
from judging.results.certificates.models import Certificate
from judging.results.certificates.policy import find_certificate, find_own_certificate, own_certificate
from judging.results.documents.letter import numbered_awards
from judging.results.documents.policy import find_standing
from judging.results.queries import public_results, standing_publication
from judging.results.reading import told_of
from judging.sealing.views import as_file
from submissions.entries.queries import entry_of_team
from submissions.teams.models import Team
from submissions.teams.registry import team_registry
from submissions.teams.rules import name_in_public

blueprint = Blueprint("certificates", __name__)
Page = str | Response
PDF = "application/pdf"


def register(app: Flask) -> None:
    """Add the pages, their job, and what a member who leaves takes along."""
    app.register_blueprint(blueprint)
    edition_registry(app).organiser_links.append(
        OrganiserLink(Section.RESULTS, _l("Certificates"), "certificates.organise", order=84)
    )
    storage: Storage = app.extensions["hackaviz.storage"]
    make = partial(service.make_due_certificates, storage=storage)
    declare_work(app, Work("certificates", make, service.release_claims))
    account_registry(app).exports["certificates"] = service.export_certificates
    account_registry(app).erasers.append(_forget)
    team_registry(app).parts.append(_team_part)


def _forget(session: Session, person: Person, now: datetime) -> None:
    for certificate in queries.certificates_of_person(session, person):
        for key in certificate.files.values():
            after_commit(partial(current_storage().delete, key))
    service.forget_certificates(session, person, now)


def _team_part(session: Session, team: Team, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """The certificates and award letters of a team, once the results are public."""
    publication, entry = public_results(session, team.edition, now), entry_of_team(session, team)
    if publication is None or entry is None:
        return None
    awards = numbered_awards(publication).items()
    won = [(number, each.prize) for number, each in awards if each.entry["public_id"] == entry.public_id]
    mine = own_certificate(session, team.edition, current_user, now) if current_user.is_authenticated else None
    context = {"letters": won, "certificate": mine}
    return ("judging/results/certificates/_team_part.html", context) if any(context.values()) else None


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


@blueprint.get("/editions/<edition_slug>/organise/certificates")
@audience("organiser")
def organise(edition_slug: str) -> Page:
    """How many certificates are made, and those that are."""
    session, edition = current_session(), _edition(edition_slug)
    publication = standing_publication(session, edition)
    shown: dict[str, Any] = {"publication": publication, "progress": None}
    if publication is not None:
        shown["progress"] = queries.progress_of(session, publication)
        shown["are_missing"] = bool(queries.without_certificate(session, publication))
    return render_template("judging/results/certificates/organise.html", edition=edition, **shown)


@blueprint.post("/editions/<edition_slug>/organise/certificates")
@audience("organiser")
def ask(edition_slug: str) -> Page:
    """Have them made in the background."""
    session = current_session()
    publication = find_standing(session, _edition(edition_slug))
    service.ask_for_certificates(session, publication=publication, actor=current_user, now=request_now())
    wake("certificates")
    flash(_("The certificates are being made. You can leave this page."), "ok")
    return redirect(url_for(".organise", edition_slug=edition_slug))


@blueprint.get("/editions/<edition_slug>/organise/certificates-<any(fr, en):language>.zip")
@audience("organiser")
def archive(edition_slug: str, language: str) -> Page:
    """All that are made, in one file."""
    session = current_session()
    publication = find_standing(session, _edition(edition_slug))
    packed = _pack(queries.made_certificates(session, publication), language)
    return as_zip(packed, f"{edition_slug}-{language}.zip")


def _pack(certificates: Sequence[Certificate], language: str) -> IO[bytes]:
    packed = room_for_zip()
    with zipfile.ZipFile(packed, "w") as archive:
        for each in certificates:
            if language in each.files:
                name = f"{each.entry.code}-{slugify(each.person.name)}-{each.public_id}.pdf"
                with current_storage().open(each.files[language]) as stream:
                    archive.writestr(zipfile.ZipInfo(name), stream.read())
    packed.seek(0)
    return packed


@blueprint.get("/editions/<edition_slug>/certificate-<any(fr, en):language>.pdf")
@audience("registered")
def own(edition_slug: str, language: str) -> Page:
    """The certificate of whoever asks."""
    certificate = find_own_certificate(current_session(), _edition(edition_slug), current_user, request_now())
    with current_storage().open(certificate.files[language]) as stream:
        return as_file(stream.read(), f"{edition_slug}-{language}.pdf", PDF)


@blueprint.get("/certificates/<public_id>")
@audience("public")
def verify(public_id: str) -> Page:
    """What a certificate says, and whether it still holds."""
    session = current_session()
    certificate, newest = find_certificate(session, public_id, request_now())
    edition, entry = certificate.publication.edition, certificate.entry
    show_edition(edition)
    told, holds = (told_of(each.snapshot, entry.public_id) for each in (certificate.publication, newest))
    name = name_in_public(certificate.person.name, queries.is_minor(session, certificate))
    context = {"edition": edition, "certificate": certificate, "name": name, "told": told, "holds": holds}
    return render_template("judging/results/certificates/verify.html", newest=newest, **context)
