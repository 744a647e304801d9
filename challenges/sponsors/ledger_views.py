"""The ledger of an edition, for its organisers: to read, to filter, to save, and to correct by reversal."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from challenges.ledger.checks import CHECKS as LEDGER_CHECKS
from challenges.ledger.models import Line
from challenges.ledger.queries import (
    LedgerFilter,
    exported_lines,
    figures_of_edition,
    transaction_by_id,
    transactions,
)
from challenges.ledger.rules import TransactionKind
from challenges.sponsors import pools
from challenges.sponsors.carrying import carry_over
from challenges.sponsors.checks import CHECKS
from challenges.sponsors.models import Pledge
from challenges.sponsors.policy import find_pledge, other_editions
from challenges.sponsors.pool_forms import ReasonForm, ReleaseForm
from challenges.sponsors.queries import pledges_of, prizes_of
from challenges.sponsors.registry import sponsor_registry
from challenges.sponsors.wording import ACTS, account_words, figure_rows, moves_shown
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.addresses import row_number
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.doctor import declare_checks
from hackaviz.web.once import makes_once
from hackaviz.web.paging import asked_page
from hackaviz.web.spreadsheets import spreadsheet

blueprint = Blueprint("ledger", __name__, url_prefix="/editions/<edition_slug>/organise")
Page = tuple[str, int] | str | Response


def register(app: Flask) -> None:
    """Add the pages, their link, and what must always hold."""
    app.register_blueprint(blueprint)
    declare_checks(app, {**LEDGER_CHECKS, **CHECKS})
    edition_registry(app).organiser_links.append(OrganiserLink(Section.MONEY, _l("Ledger"), "ledger.ledger", order=42))


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


def _act() -> dict[str, Any]:
    return {"actor": current_user, "now": request_now()}


def _wanted() -> LedgerFilter:
    """What the address asks for; what makes no sense asks for nothing."""
    return LedgerFilter(
        pledge_id=request.args.get("pledge", type=row_number),
        kind=request.args.get("kind", type=TransactionKind),
        since=request.args.get("since", type=date.fromisoformat),
        until=request.args.get("until", type=date.fromisoformat),
    )


def _names(edition: Edition) -> Mapping[int, str]:
    return {each.id: f"{each.sponsor.name} · {each.name}" for each in pledges_of(current_session(), edition)}


def _announced(edition: Edition) -> int:
    return sum(prize.cents for prize in prizes_of(current_session(), edition))


@blueprint.get("/ledger")
@audience("organiser")
def ledger(edition_slug: str) -> Page:
    """Every act with money, the newest first."""
    session, edition, wanted = current_session(), _edition(edition_slug), _wanted()
    names = _names(edition)
    page = transactions(session, edition, wanted, asked_page())
    return render_template(
        "challenges/sponsors/ledger.html",
        edition=edition,
        page=page,
        wanted=wanted,
        names=names,
        acts=ACTS,
        moves={each.id: list(moves_shown(each, names)) for each in page.rows},
        money_rows=figure_rows(figures_of_edition(session, edition), _announced(edition)),
        may_be_taken_back=pools.may_be_taken_back,
        payment_pages=sponsor_registry().payment_pages(session, edition),
    )


@blueprint.get("/ledger.csv")
@audience("organiser")
def export(edition_slug: str) -> Page:
    """The lines that are looked for, as CSV."""
    edition = _edition(edition_slug)
    lines = exported_lines(current_session(), edition, _wanted())
    return spreadsheet(f"ledger-{edition.slug}.csv", _rows(lines, _names(edition)))


def _rows(lines: Sequence[Line], names: Mapping[int, str]) -> Iterator[list[str | int | Decimal]]:
    columns = (
        _("Number"),
        _("Date"),
        _("Ledger act"),
        _("Pledge"),
        _("Account"),
        _("Amount in euros"),
        _("Takes back"),
    )
    yield [*columns, _("Decision"), _("Reference")]
    for line in lines:
        act, account = line.transaction, line.account
        yield [
            act.id,
            act.happened_on.isoformat(),
            str(ACTS[act.kind]),
            names[account.pledge_id],
            str(account_words(account)),
            Decimal(line.cents).scaleb(-2),
            act.reverses_id or "",
            act.decision,
            str(act.details.get("reference", "")),
        ]


@blueprint.route("/ledger/<int:transaction_id>/take-back", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def take_back(edition_slug: str, transaction_id: int) -> Page:
    """Correct an act by its opposite, with the reason."""
    edition, form = _edition(edition_slug), ReasonForm()
    act = transaction_by_id(current_session(), edition, transaction_id)
    if act is None or not pools.may_be_taken_back(act):
        raise NotFound(_l("There is nothing to take back at this address."))
    moves = list(moves_shown(act, _names(edition)))
    if form.accepts(
        lambda: pools.take_back(current_session(), transaction=act, decision=form.reason.data or "", **_act())
    ):
        flash(_("It is taken back. Both stay in the ledger."), "ok")
        return redirect(url_for(".ledger", edition_slug=edition_slug))
    context = {"edition": edition, "form": form, "act": act, "acts": ACTS, "moves": moves}
    return render_template("challenges/sponsors/take_back.html", **context), form.status


@blueprint.route("/pledges/<int:pledge_id>/release", methods=["GET", "POST"])
@audience("organiser")
def release(edition_slug: str, pledge_id: int) -> Page:
    """Give back what is left of a pledge, carry it over, or spend it on costs."""
    session, edition, form = current_session(), _edition(edition_slug), ReleaseForm()
    pledge = find_pledge(session, edition, pledge_id)
    others = {each.slug: each for each in other_editions(session, edition, current_user)}
    form.offer(pledge, list(others.values()))
    if form.accepts(lambda: _let_go(pledge, form.release(), others.get(form.edition.data))):
        flash(_("It is recorded, with the decision."), "ok")
        return redirect(url_for("sponsors.pledge", edition_slug=edition_slug, pledge_id=pledge_id))
    context = {"edition": edition, "form": form, "pledge": pledge}
    return render_template("challenges/sponsors/release.html", **context), form.status


def _let_go(pledge: Pledge, leaving: pools.Release, target: Edition | None) -> None:
    if leaving.way is TransactionKind.CARRY_OVER:
        carry_over(current_session(), source=pledge, edition=target, leaving=leaving, **_act())
    else:
        pools.release(current_session(), pledge=pledge, release=leaving, **_act())
