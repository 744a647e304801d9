"""The pages of sponsors, pledges, payments and prizes, for organisers and for a sponsor's contact."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from challenges.editions.days import today_in
from challenges.editions.models import Edition
from challenges.editions.navigation import current_edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, PagePart, Section, WaitingItem, edition_registry
from challenges.ledger.queries import figures_of_edition, figures_of_pledges, statement_of
from challenges.ledger.rules import sum_of
from challenges.sponsors import logo_views, queries, service
from challenges.sponsors.forms import (
    CUSTODY_LABELS,
    ContactForm,
    PaymentForm,
    PledgeForm,
    SponsorForm,
    challenge_label,
)
from challenges.sponsors.models import Pledge
from challenges.sponsors.policy import (
    find_pledge,
    find_sponsor,
    represents_a_sponsor,
    sponsors_represented_by,
)
from challenges.sponsors.registry import sponsor_registry
from challenges.sponsors.rules import direct_state, expected_cents, late_cents, least_promise
from challenges.sponsors.wording import ACTS, DIRECT_STATES, account_words, figure_rows
from hackaviz.accounts.models import Role
from hackaviz.accounts.queries import open_invitations
from hackaviz.accounts.registry import RolePage, account_registry
from hackaviz.accounts.service import invite
from hackaviz.web.access import audience, declare_audience
from hackaviz.web.changing import hold
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from hackaviz.web.templating import Link, Navigation, money, navigation_source

blueprint = logo_views.blueprint
Page = tuple[str, int] | str | Response


def register(app: Flask) -> None:
    """Add the pages, and what this room shows on the edition's."""
    app.register_blueprint(blueprint)
    declare_audience(app, "sponsor-contact", represents_a_sponsor)
    registry = edition_registry(app)
    registry.waiting.append(_unpaid_pledges)
    registry.organiser_links += [
        OrganiserLink(Section.MONEY, _l("Sponsors"), "sponsors.sponsors", order=40, further=("pledges",)),
        OrganiserLink(Section.MONEY, _l("Prizes"), "sponsors.prizes", order=41),
    ]
    registry.dashboard_parts.append(PagePart(50, "challenges/sponsors/_money.html", _money_part))
    navigation_source(app, _add_link)
    account_registry(app).role_pages[Role.SPONSOR] = RolePage(_l("Your sponsorship"), "sponsors.sponsorship")
    registry.page_parts.append(PagePart(60, "challenges/sponsors/_public.html", _public_part))


def _add_link(navigation: Navigation) -> None:
    edition = current_edition()
    if edition is not None and current_user.is_authenticated and sponsors_represented_by(current_user, edition):
        url = url_for("sponsors.sponsorship", edition_slug=edition.slug)
        navigation.account.append(Link(_("Your sponsorship"), url, request.endpoint == "sponsors.sponsorship"))


def _accounts(session: Session, edition: Edition) -> dict[str, Any]:
    sponsors = queries.sponsors_of(session, edition)
    pledges = [pledge for sponsor in sponsors for pledge in sponsor.pledges]
    announced = sum(prize.cents for prize in queries.prizes_of(session, edition))
    return {
        "sponsors": sponsors,
        "money_rows": figure_rows(figures_of_edition(session, edition), announced),
        "over_promised": announced - sum(pledge.promised_cents for pledge in pledges),
        "direct_states": _direct_states(session, pledges),
        "purposes": queries.purposes_of(session, pledges),
        "named": queries.prizes_named(session, pledges),
        "labels": _labels(session, edition),
        "custody_labels": CUSTODY_LABELS,
        "announced": announced,
    }


def _direct_states(session: Session, pledges: Sequence[Pledge]) -> dict[int, tuple[str, Any]]:
    """Pledges whose sponsor pays winners itself → how far it is, as a kind of pill and a word."""
    figures = figures_of_pledges(session, [pledge.id for pledge in pledges if pledge.is_direct])
    return {pledge_id: DIRECT_STATES[direct_state(each)] for pledge_id, each in figures.items()}


def _labels(session: Session, edition: Edition) -> dict[int, str]:
    return {choice.id: challenge_label(choice) for choice in sponsor_registry().challenges(session, edition)}


def _money_part(session: Session, edition: Edition, _now: datetime) -> dict[str, Any] | None:
    accounts = _accounts(session, edition)
    return accounts if accounts["sponsors"] else None


def _public_part(session: Session, edition: Edition, _now: datetime) -> dict[str, Any] | None:
    sponsors = queries.sponsors_of(session, edition)
    return {"sponsors": sponsors} if sponsors else None


def _unpaid_pledges(session: Session, edition: Edition, now: datetime) -> list[WaitingItem]:
    today = today_in(edition, now)
    unpaid = [pledge for pledge in queries.pledges_of(session, edition) if expected_cents(pledge)]
    late = sum(late_cents(pledge, pledge.due_on, pledge.instalments, today) for pledge in unpaid)
    return [
        WaitingItem(
            count=len(unpaid),
            label=ngettext("pledge not fully paid", "pledges not fully paid", len(unpaid)),
            url=url_for("sponsors.sponsors", edition_slug=edition.slug),
            detail=_(
                "%(amount)s expected, of which %(late)s late",
                amount=money(sum(map(expected_cents, unpaid))),
                late=money(late),
            ),
            is_late=bool(late),
        )
    ]


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


def _render(template: str, edition: Edition, **context: Any) -> str:
    return render_template(f"challenges/sponsors/{template}.html", edition=edition, **context)


def _act() -> dict[str, Any]:
    return {"actor": current_user, "now": request_now()}


@blueprint.get("/editions/<edition_slug>/organise/sponsors")
@audience("organiser")
def sponsors(edition_slug: str) -> Page:
    """Every sponsor and pledge, with sums."""
    edition = _edition(edition_slug)
    today = today_in(edition, request_now())
    return _render("sponsors", edition, today=today, **_accounts(current_session(), edition))


@blueprint.route("/editions/<edition_slug>/organise/sponsors/new", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def new_sponsor(edition_slug: str) -> Page:
    """Add a sponsor."""
    edition, form = _edition(edition_slug), SponsorForm()
    if form.accepts(lambda: service.add_sponsor(current_session(), edition=edition, details=form.details(), **_act())):
        flash(_("The sponsor is added. Now record what it promised."), "ok")
        return redirect(url_for(".sponsors", edition_slug=edition_slug))
    return _render("sponsor_form", edition, form=form, sponsor=None), form.status


@blueprint.route("/editions/<edition_slug>/organise/sponsors/<int:sponsor_id>", methods=["GET", "POST"])
@audience("organiser")
def sponsor(edition_slug: str, sponsor_id: int) -> Page:
    """What is said of a sponsor, its contacts and pledges."""
    edition = _edition(edition_slug)
    shown = find_sponsor(current_session(), edition, sponsor_id)
    hold(shown)
    form = SponsorForm.of(shown)
    if form.accepts(
        lambda: service.describe_sponsor(current_session(), sponsor=shown, details=form.details(), **_act())
    ):
        flash(_("The sponsor's presentation is saved."), "ok")
        return redirect(url_for(".sponsors", edition_slug=edition_slug))
    return _render("sponsor_form", edition, form=form, sponsor=shown), form.status


@blueprint.route("/editions/<edition_slug>/organise/sponsors/<int:sponsor_id>/contacts", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def contacts(edition_slug: str, sponsor_id: int) -> Page:
    """Who may see what this sponsor promised and paid; invite another person."""
    edition, form, session = _edition(edition_slug), ContactForm(), current_session()
    shown = find_sponsor(session, edition, sponsor_id)
    who = {"email": form.email.data, "name": form.name.data, "role": Role.SPONSOR, "sponsor_id": shown.id}
    if form.accepts(lambda: invite(session, edition=edition, **who, **_act())):
        flash(_("The invitation is on its way to %(email)s.", email=form.email.data), "ok")
        return redirect(url_for(".contacts", edition_slug=edition_slug, sponsor_id=sponsor_id))
    people = queries.contacts_of(session, shown)
    waiting = [each for each in open_invitations(session, edition.id, Role.SPONSOR) if each.sponsor_id == shown.id]
    return _render("contacts", edition, form=form, sponsor=shown, people=people, waiting=waiting), form.status


@blueprint.route("/editions/<edition_slug>/organise/sponsors/<int:sponsor_id>/pledges/new", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def new_pledge(edition_slug: str, sponsor_id: int) -> Page:
    """Record a promise."""
    edition, form = _edition(edition_slug), PledgeForm()
    giver = find_sponsor(current_session(), edition, sponsor_id)
    form.offer(sponsor_registry().challenges(current_session(), edition))
    if form.accepts(lambda: service.pledge(current_session(), sponsor=giver, terms=form.terms(), **_act())):
        flash(_("The pledge is recorded."), "ok")
        return redirect(url_for(".sponsors", edition_slug=edition_slug))
    return _render("pledge_form", edition, form=form, sponsor=giver), form.status


@blueprint.route("/editions/<edition_slug>/organise/pledges/<int:pledge_id>", methods=["GET", "POST"])
@audience("organiser")
def pledge(edition_slug: str, pledge_id: int) -> Page:
    """What arrived for a pledge; record another payment."""
    edition, form = _edition(edition_slug), PaymentForm()
    promised = find_pledge(current_session(), edition, pledge_id)
    if form.accepts(
        lambda: service.record_payment(current_session(), pledge=promised, payment=form.payment(), **_act())
    ):
        flash(_("The payment is recorded."), "ok")
        return redirect(url_for(".pledge", edition_slug=edition_slug, pledge_id=pledge_id))
    return _render("pledge", edition, form=form, **_statement(edition, promised)), form.status


def _statement(edition: Edition, pledge: Pledge) -> dict[str, Any]:
    session = current_session()
    return {
        "pledge": pledge,
        "money_rows": figure_rows(
            figures_of_pledges(session, [pledge.id])[pledge.id],
            queries.announced_for(session, edition, [pledge])[pledge.id],
            of_pledge=True,
        ),
        "least": least_promise(pledge),
        "purpose": queries.purpose_of(session, pledge),
        "labels": _labels(session, edition),
        "prizes": {prize.id: prize for prize in queries.prizes_of(session, edition)},
        "statement": statement_of(session, pledge.id),
        "acts": ACTS,
        "account_words": account_words,
    }


@blueprint.get("/editions/<edition_slug>/sponsorship")
@audience("sponsor-contact")
def sponsorship(edition_slug: str) -> Page:
    """What a sponsor promised and paid, and to whom it went, for its contact."""
    edition = _edition(edition_slug)
    session, spending = current_session(), sponsor_registry().spending
    mine = [find_sponsor(session, edition, number) for number in sponsors_represented_by(current_user, edition)]
    pledges = [pledge for giver in mine for pledge in giver.pledges]
    figures = figures_of_pledges(session, [pledge.id for pledge in pledges])
    statements = [
        (
            giver,
            figure_rows(sum_of(figures[pledge.id] for pledge in giver.pledges)),
            spending(session, giver, request_now()),
        )
        for giver in mine
    ]
    context = {"announced": queries.announced_for(session, edition, pledges), "papers": sponsor_registry().statements}
    return _render(
        "sponsorship", edition, statements=statements, figures=figures, custody_labels=CUSTODY_LABELS, **context
    )
