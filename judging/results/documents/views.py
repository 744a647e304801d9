"""The organisers' page of documents, and the documents themselves for those whom they are about."""

from typing import Any

from flask import Blueprint, Flask, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from challenges.editions.rules import results_are_public
from challenges.sponsors.models import Sponsor
from challenges.sponsors.policy import find_sponsor
from challenges.sponsors.queries import sponsors_of
from challenges.sponsors.registry import sponsor_registry
from hackaviz.kernel.bilingual import LANGUAGES
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from judging.results.documents.annex import annex
from judging.results.documents.letter import award_letter, numbered_awards
from judging.results.documents.policy import find_award, find_own_award, find_own_sponsor, find_standing
from judging.results.documents.report import report
from judging.results.documents.statement import statement
from judging.results.queries import standing_publication
from judging.sealing.queries import seals_of
from judging.sealing.views import as_file

blueprint = Blueprint("documents", __name__, url_prefix="/editions/<edition_slug>")
PDF = "application/pdf"


def register(app: Flask) -> None:
    """Add the pages, the organisers' link, and the statement on the pages of sponsors."""
    app.register_blueprint(blueprint)
    edition_registry(app).organiser_links.append(
        OrganiserLink(Section.RESULTS, _l("Documents"), "documents.documents", order=83)
    )
    sponsor_registry(app).statements = statement_links


def statement_links(edition: Edition, sponsor: Sponsor) -> list[tuple[str, str]]:
    """The statement of a sponsor for its contacts: language and address."""
    facts: dict[str, Any] = {"edition_slug": edition.slug, "sponsor_id": sponsor.id}
    return [(each, url_for("documents.own_statement", language=each, **facts)) for each in LANGUAGES]


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


def _pdf(content: bytes, *parts: Any) -> Response:
    return as_file(content, f"{'-'.join(str(part) for part in parts)}.pdf", PDF)


@blueprint.get("/organise/documents")
@audience("organiser")
def documents(edition_slug: str) -> str:
    """Every document that can be made now, in both languages."""
    session, edition = current_session(), _edition(edition_slug)
    publication = standing_publication(session, edition)
    return render_template(
        "judging/results/documents/documents.html",
        edition=edition,
        sponsors=sponsors_of(session, edition),
        seals=seals_of(session, edition),
        awards=numbered_awards(publication) if publication else {},
        is_public=results_are_public(edition, request_now()),
        publication=publication,
    )


@blueprint.get("/organise/documents/annex-<any(fr, en):language>.pdf")
@audience("organiser")
def annex_file(edition_slug: str, language: str) -> Response:
    """The annex of the minutes."""
    pdf = annex(current_session(), _edition(edition_slug), language, request_now())
    return _pdf(pdf, edition_slug, "annex", language)


@blueprint.get("/organise/documents/report-<any(fr, en):language>.pdf")
@audience("organiser")
def report_file(edition_slug: str, language: str) -> Response:
    """The report of the edition."""
    pdf = report(current_session(), _edition(edition_slug), language, request_now())
    return _pdf(pdf, edition_slug, "report", language)


@blueprint.get("/organise/documents/sponsors/<int:sponsor_id>/statement-<any(fr, en):language>.pdf")
@audience("organiser")
def statement_file(edition_slug: str, sponsor_id: int, language: str) -> Response:
    """The statement of a sponsor, with winners: for organisers."""
    edition = _edition(edition_slug)
    return _statement(current_session(), edition, find_sponsor(current_session(), edition, sponsor_id), language, True)


@blueprint.get("/sponsorship/<int:sponsor_id>/statement-<any(fr, en):language>.pdf")
@audience("sponsor-contact")
def own_statement(edition_slug: str, sponsor_id: int, language: str) -> Response:
    """The same for the sponsor's contacts: winners once the results are public."""
    edition = _edition(edition_slug)
    sponsor = find_own_sponsor(current_session(), edition, sponsor_id, current_user)
    return _statement(current_session(), edition, sponsor, language, results_are_public(edition, request_now()))


def _statement(session: Session, edition: Edition, sponsor: Sponsor, language: str, names_winners: bool) -> Response:
    pdf = statement(session, edition, sponsor, language, names_winners=names_winners, now=request_now())
    return _pdf(pdf, edition.slug, "sponsor", sponsor.id, language)


@blueprint.get("/organise/documents/awards/<int:number>-<any(fr, en):language>.pdf")
@audience("organiser")
def letter_file(edition_slug: str, number: int, language: str) -> Response:
    """An award letter, to sign and to send."""
    edition = _edition(edition_slug)
    publication = find_standing(current_session(), edition)
    letter = award_letter(edition, publication, find_award(publication, number), language)
    return _pdf(letter, edition_slug, "award", number, language)


@blueprint.get("/award-letters/<int:number>-<any(fr, en):language>.pdf")
@audience("registered")
def own_letter(edition_slug: str, number: int, language: str) -> Response:
    """The same for the members of the team, once the results are public."""
    edition = _edition(edition_slug)
    publication, award = find_own_award(current_session(), edition, number, current_user, request_now())
    return _pdf(award_letter(edition, publication, award, language), edition_slug, "award", number, language)
