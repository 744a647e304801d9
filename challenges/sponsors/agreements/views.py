"""The organisers' pages of agreements."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from challenges.sponsors.agreements import queries, service
from challenges.sponsors.agreements.forms import KINDS, AgreementForm, ContributionForm, PartyForm
from challenges.sponsors.agreements.models import Agreement, AgreementParty
from challenges.sponsors.agreements.rules import ContributionKind
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.changing import hold
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.forms import bilingual
from hackaviz.web.once import makes_once

blueprint = Blueprint("agreements", __name__, url_prefix="/editions/<edition_slug>/organise/agreements")
Page = tuple[str, int] | str | Response
FOLDER = "challenges/sponsors/agreements"


def register(app: Flask) -> None:
    """Add the pages and their link."""
    app.register_blueprint(blueprint)
    edition_registry(app).organiser_links.append(
        OrganiserLink(Section.MONEY, _l("Agreements"), "agreements.agreements", order=43)
    )


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


def _act() -> dict[str, Any]:
    return {"actor": current_user, "now": request_now()}


def _found(row: Any) -> Any:
    if row is None:
        raise NotFound(_l("This edition has nothing at this address."))
    return row


def _agreement(edition: Edition, agreement_id: int) -> Agreement:
    agreement: Agreement = _found(queries.agreement_by_id(current_session(), edition, agreement_id))
    return agreement


def _party(edition: Edition, agreement_id: int, party_id: int) -> AgreementParty:
    agreement = _agreement(edition, agreement_id)
    party: AgreementParty = _found(queries.party_by_id(current_session(), agreement, party_id))
    return party


def _back(edition_slug: str) -> Response:
    return redirect(url_for(".agreements", edition_slug=edition_slug))


@blueprint.get("")
@audience("organiser")
def agreements(edition_slug: str) -> Page:
    """Every agreement with its parties, signatures and contributions."""
    edition = _edition(edition_slug)
    found = queries.agreements_of(current_session(), edition)
    return render_template(f"{FOLDER}/agreements.html", edition=edition, agreements=found, kinds=KINDS)


@blueprint.route("/new", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def new(edition_slug: str) -> Page:
    """Enter an agreement."""
    edition, form = _edition(edition_slug), AgreementForm()
    if form.accepts(
        lambda: service.write_agreement(
            current_session(),
            edition=edition,
            title=bilingual(form, "title"),
            reference=form.reference.data or "",
            **_act(),
        )
    ):
        flash(_("The agreement is there. Now name its parties."), "ok")
        return _back(edition_slug)
    return render_template(f"{FOLDER}/new.html", edition=edition, form=form), form.status


@blueprint.route("/<int:agreement_id>/parties/new", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def new_party(edition_slug: str, agreement_id: int) -> Page:
    """Name a party."""
    edition = _edition(edition_slug)
    return _party_page(edition, _agreement(edition, agreement_id), None)


@blueprint.route("/<int:agreement_id>/parties/<int:party_id>", methods=["GET", "POST"])
@audience("organiser")
def party(edition_slug: str, agreement_id: int, party_id: int) -> Page:
    """Change a party, or note that it signed."""
    edition = _edition(edition_slug)
    named = _party(edition, agreement_id, party_id)
    hold(named)
    return _party_page(edition, named.agreement, named)


def _party_page(edition: Edition, agreement: Agreement, named: AgreementParty | None) -> Page:
    form = PartyForm.of(named)
    about: dict[str, Any] = {"agreement": agreement, "party": named}
    if form.accepts(lambda: service.name_party(current_session(), **about, details=form.details(), **_act())):
        flash(_("The party is saved."), "ok")
        return _back(edition.slug)
    return render_template(f"{FOLDER}/party.html", edition=edition, form=form, **about), form.status


@blueprint.route("/<int:agreement_id>/parties/<int:party_id>/contributions", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def contribute(edition_slug: str, agreement_id: int, party_id: int) -> Page:
    """Note what a party brings."""
    edition, form = _edition(edition_slug), ContributionForm()
    bringer = _party(edition, agreement_id, party_id)
    form.offer()
    if form.accepts(
        lambda: service.contribute(
            current_session(),
            party=bringer,
            kind=ContributionKind(form.kind.data),
            description=form.description.data or "",
            cents=form.cents.data,
            **_act(),
        )
    ):
        flash(_("The contribution is noted."), "ok")
        return _back(edition_slug)
    return render_template(f"{FOLDER}/contribute.html", edition=edition, form=form, party=bringer), form.status


@blueprint.post("/<int:agreement_id>/parties/<int:party_id>/contributions/<int:contribution_id>/withdraw")
@audience("organiser")
@makes_once
def withdraw_contribution(edition_slug: str, agreement_id: int, party_id: int, contribution_id: int) -> Page:
    """Take back what a party was said to bring."""
    bringer = _party(_edition(edition_slug), agreement_id, party_id)
    brought = _found(queries.contribution_by_id(current_session(), bringer, contribution_id))
    service.withdraw_contribution(current_session(), contribution=brought, **_act())
    flash(_("The contribution is withdrawn. The log keeps it."), "ok")
    return _back(edition_slug)
