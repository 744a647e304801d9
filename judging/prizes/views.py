"""The organiser's pages of awards."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, Section, WaitingItem, edition_registry
from challenges.editions.rules import results_are_public
from challenges.ledger.queries import figures_of_edition
from challenges.sponsors.eligibility.wording import ground_words
from challenges.sponsors.models import Prize, Sponsor
from challenges.sponsors.queries import pledges_of, prize_by_id, prizes_of
from challenges.sponsors.registry import Spending, sponsor_registry
from challenges.sponsors.rules import PrizeKind
from challenges.sponsors.wording import KINDS, figure_rows
from hackaviz.web.access import audience
from hackaviz.web.addresses import row_number
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, refuse
from hackaviz.web.doctor import declare_checks
from hackaviz.web.once import makes_once
from hackaviz.web.templating import money
from judging.panels.registry import panel_registry
from judging.prizes import commands, queries, service
from judging.prizes.checks import CHECKS
from judging.prizes.evidence import CHECKS as EVIDENCE
from judging.prizes.forms import AwardForm, funding_form
from judging.prizes.outcomes.queries import open_cents, open_prizes, outcomes_in
from judging.prizes.panel_results import panel_results
from judging.prizes.policy import find_award
from judging.prizes.pools import paid_against_wishes, pools_for, withheld_from
from judging.prizes.proposing import follows_from_ranking, may_win, propose, proposed_together
from judging.prizes.shares.queries import shares_in
from judging.prizes.standing import rankings_now
from judging.prizes.winnings import winnings_of
from submissions.entries.queries import handed_in_entries

blueprint = Blueprint("prizes", __name__, url_prefix="/editions/<edition_slug>/organise/awards")
Page = tuple[str, int] | str | Response


def register(app: Flask) -> None:
    """Add the pages, the commands, the organiser's link, and what sponsors learn of their money."""
    app.register_blueprint(blueprint)
    app.cli.add_command(commands.prizes)
    editions = edition_registry(app)
    editions.organiser_links.append(OrganiserLink(Section.RESULTS, _l("Awards"), "prizes.awards", order=80))
    editions.waiting.append(_unpaid)
    sponsor_registry(app).spending = spending
    sponsor_registry(app).is_awarded = queries.is_awarded
    panel_registry(app).may_win = may_win
    declare_checks(app, {**CHECKS, **EVIDENCE})


def _unpaid(session: Session, edition: Edition, now: datetime) -> list[WaitingItem]:
    if not results_are_public(edition, now):
        return []
    won = winnings_of(queries.awards_of(session, edition))
    unpaid = [each.cents for each in won if each.cents and not each.paid_on]
    label = ngettext("prize to pay to its winners", "prizes to pay to their winners", len(unpaid))
    url = url_for("prizes.awards", edition_slug=edition.slug)
    return [WaitingItem(len(unpaid), label, url, detail=_("%(amount)s in all", amount=money(sum(unpaid))))]


def spending(session: Session, sponsor: Sponsor, now: datetime) -> Sequence[Spending]:
    """Where a sponsor's money went; nothing while results are under embargo."""
    if not results_are_public(sponsor.edition, now):
        return ()
    return [
        Spending(
            pledge_name=funding.pledge.name,
            prize_title=funding.award.prize.title,
            cents=funding.cents,
            entry_title=funding.award.entry.title,
            team=funding.award.entry.team.name,
            entry_url=url_for("gallery.entry", public_id=funding.award.entry.public_id),
            paid_on=funding.award.paid_on,
        )
        for funding in queries.fundings_from(session, sponsor)
    ]


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


def _act() -> dict[str, Any]:
    return {"actor": current_user, "now": request_now()}


def _back(edition_slug: str) -> Response:
    return redirect(url_for(".awards", edition_slug=edition_slug))


def _awards_page(edition: Edition, **context: Any) -> str:
    session = current_session()
    awards = queries.awards_of(session, edition)
    winnings, announced = winnings_of(awards), prizes_of(session, edition)
    proposal = propose(session, edition)
    return render_template(
        "judging/prizes/awards.html",
        edition=edition,
        awards=awards,
        winnings=winnings,
        shares=shares_in(session, winnings),
        replaced=service.replaced_by_ranking(awards),
        staying=[each for each in winnings if each.paid_on and follows_from_ranking(each.prize)],
        prizes=announced,
        proposal=proposal,
        is_as_proposed=service.is_as_proposed(proposal, awards),
        proposed_together=proposed_together,
        passed_over=queries.passed_over_in(session, edition),
        open_prizes=open_prizes(session, edition),
        panel_results=panel_results(session, edition, request_now()),
        outcomes=outcomes_in(session, edition),
        ground_words=ground_words,
        kinds=KINDS,
        numbers={each.id: each.number for each in sponsor_registry().challenges(session, edition)},
        entries={entry.id: entry for entry in handed_in_entries(session, edition)},
        money_rows=figure_rows(figures_of_edition(session, edition), sum(prize.cents for prize in announced)),
        taken_back=queries.payments_taken_back(session, edition),
        rankings=rankings_now(session, edition),
        withheld={each.award_id: [each] for each in paid_against_wishes(session, awards)},
        **context,
    )


@blueprint.get("")
@audience("organiser")
def awards(edition_slug: str) -> Page:
    """What was awarded, and what follows from the ranking."""
    return _awards_page(_edition(edition_slug))


@blueprint.post("/by-ranking")
@audience("organiser")
@makes_once
def award_by_ranking(edition_slug: str) -> Page:
    """Award and fund every challenge's prizes as the ranking says."""
    edition = _edition(edition_slug)
    try:
        service.award_by_ranking(current_session(), edition=edition, **_act())
    except service.CannotFund as error:
        return _cannot_fund(edition_slug, error)
    flash(_("The prizes are awarded by the ranking, and funded to the cent."), "ok")
    return _back(edition_slug)


@blueprint.post("/funding")
@audience("organiser")
def fund_all(edition_slug: str) -> Page:
    """Fund every unpaid award anew."""
    edition = _edition(edition_slug)
    try:
        service.fund_awards(current_session(), edition=edition, **_act())
    except service.CannotFund as error:
        return _cannot_fund(edition_slug, error)
    flash(_("Every award is funded to the cent."), "ok")
    return _back(edition_slug)


def _cannot_fund(edition_slug: str, error: service.CannotFund) -> Page:
    refuse()
    return _awards_page(_edition(edition_slug), shortfall=error), 409


def _asked_award(session: Session, edition: Edition) -> dict[str, Any]:
    """What the address asks to give, as a link beside a panel's result does."""
    prize = prize_by_id(session, edition, request.args.get("prize", 0, type=row_number))
    cents = open_cents(session, prize) if prize is not None else None
    entry, decision = request.args.get("entry", type=row_number), request.args.get("decision", "")
    return {"prize": prize.id if prize else None, "entry": entry, "cents": cents or None, "decision": decision}


@blueprint.route("/new", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def give(edition_slug: str) -> Page:
    """Give a prize by decision."""
    session, edition = current_session(), _edition(edition_slug)
    form = AwardForm(**_asked_award(session, edition))
    prizes = {prize.id: prize for prize in prizes_of(session, edition) if _is_open(session, prize)}
    entries = {entry.id: entry for entry in handed_in_entries(session, edition)}
    form.offer(list(prizes.values()), list(entries.values()))
    if form.accepts(
        lambda: service.give_award(
            session,
            edition=edition,
            prize=prizes[form.prize.data],
            entry=entries[form.entry.data],
            given=form.given(),
            **_act(),
        )
    ):
        flash(_("The award is given. Choose who pays it."), "ok")
        return _back(edition_slug)
    return render_template("judging/prizes/give.html", edition=edition, form=form), form.status


def _is_open(session: Session, prize: Prize) -> bool:
    if prize.kind is PrizeKind.IN_KIND:
        return not queries.is_awarded(session, prize)
    return not prize.cents or open_cents(session, prize) > 0


@blueprint.post("/<int:award_id>/take-back")
@audience("organiser")
@makes_once
def take_back(edition_slug: str, award_id: int) -> Page:
    """Take an award back."""
    edition = _edition(edition_slug)
    award = find_award(current_session(), edition, award_id)
    service.take_back(current_session(), edition=edition, award=award, **_act())
    flash(_("The award is taken back. Its money is free again."), "ok")
    return _back(edition_slug)


@blueprint.route("/<int:award_id>/funding", methods=["GET", "POST"])
@audience("organiser")
def funding(edition_slug: str, award_id: int) -> Page:
    """Choose who pays an award."""
    session, edition = current_session(), _edition(edition_slug)
    award = find_award(session, edition, award_id)
    pledges = pledges_of(session, edition)
    able = {pool.id for pool in pools_for(session, pledges, [award]) if award.id in (pool.needs or ())}
    payers = [pledge for pledge in pledges if pledge.id in able]
    form = funding_form(award, payers)
    if form.accepts(
        lambda: service.set_funding(session, edition=edition, award=award, cents_by_pledge=form.parts(), **_act())
    ):
        flash(_("Who pays this award is saved."), "ok")
        return _back(edition_slug)
    withheld = withheld_from(session, pledges, [award])
    context = {"edition": edition, "form": form, "award": award, "payers": payers, "withheld": withheld}
    return render_template("judging/prizes/funding.html", **context), form.status
