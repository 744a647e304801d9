"""The budget of an edition in its report: pledges, agreements, subsidies, gifts."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.ledger.queries import figures_of_edition, figures_of_pledges
from challenges.sponsors.agreements.forms import KINDS
from challenges.sponsors.agreements.models import Contribution
from challenges.sponsors.agreements.queries import agreements_of
from challenges.sponsors.gifts.queries import gifts_of
from challenges.sponsors.queries import pledges_of, prizes_of
from challenges.sponsors.subsidies.forms import STATES
from challenges.sponsors.subsidies.models import Subsidy
from challenges.sponsors.subsidies.queries import subsidies_of
from challenges.sponsors.subsidies.rules import WHOLE
from hackaviz.web.templating import money
from judging.results.documents.wording import day, in_a_row, listing, words


def money_facts(session: Session, edition: Edition) -> list[list[str]]:
    """The sums of an edition, each for itself."""
    figures = figures_of_edition(session, edition)
    return [
        [_("Prizes announced"), money(sum(prize.cents for prize in prizes_of(session, edition)))],
        [_("Promised by sponsors"), money(figures.promised)],
        [_("Received, or held ready"), money(figures.at_hand)],
        [_("Awarded to winners"), money(figures.awarded)],
        [_("of which paid"), money(figures.paid)],
        [_("Left"), money(figures.left)],
    ]


def budget_tables(session: Session, edition: Edition) -> list[dict[str, Any]]:
    """Who brought what."""
    return [
        _pledges(session, edition),
        _agreements(session, edition),
        _subsidies(session, edition),
        _gifts(session, edition),
    ]


def _pledges(session: Session, edition: Edition) -> dict[str, Any]:
    pledges = pledges_of(session, edition)
    figures = figures_of_pledges(session, [pledge.id for pledge in pledges])
    rows = [
        [
            each.sponsor.name,
            *(money(cents) for cents in (figures[each.id].promised, figures[each.id].awarded, figures[each.id].left)),
        ]
        for each in pledges
    ]
    head = [_("Sponsor"), _("Promised"), _("Awarded"), _("Left")]
    return listing(_("Sponsors’ money"), head, rows, _("Nothing was promised."), numbers=[1, 2, 3])


def _agreements(session: Session, edition: Edition) -> dict[str, Any]:
    agreements = agreements_of(session, edition)
    rows = [
        [
            agreement.reference,
            _("%(name)s (carrier)", name=party.name) if party.is_carrier else party.name,
            day(party.signed_on),
            in_a_row([_brought(each) for each in party.contributions]) or "–",
            money(cents) if (cents := sum(each.cents or 0 for each in party.contributions)) else "–",
        ]
        for agreement in agreements
        for party in agreement.parties
    ]
    head = [_("Agreement"), _("Party"), _("Signed on"), _("Brings"), _("of which money")]
    titles = [f"{each.reference}, {words(each.title)}." for each in agreements]
    note = " ".join([*titles, _("What a party means to bring; what arrived is in the pledges.")]) if rows else ""
    return listing(_("Agreements"), head, rows, _("No agreement is recorded."), numbers=[4], note=note)


def _brought(contribution: Contribution) -> str:
    return _("%(kind)s: %(text)s", kind=KINDS[contribution.kind], text=contribution.description)


def _subsidies(session: Session, edition: Edition) -> dict[str, Any]:
    head = [_("Asked of, for"), _("State"), _("Cost without tax"), _("with tax"), _("Rate"), _("Requested")]
    head += [_("Granted"), _("Received")]
    note = _("What is only requested is not money.")
    rows = [_subsidy(each) for each in subsidies_of(session, edition)]
    none = _("No subsidy was requested.")
    return listing(_("Subsidies"), head, rows, none, numbers=[2, 3, 4, 5, 6, 7], note=note if rows else "", small=True)


def _subsidy(subsidy: Subsidy) -> list[str]:
    share = _("%(share)s%%", share=f"{100 * subsidy.rate / WHOLE:g}")
    return [
        f"{subsidy.funder}, {subsidy.purpose}",
        str(STATES[subsidy.state]),
        money(subsidy.cost_without_tax_cents),
        money(subsidy.cost_with_tax_cents),
        share,
        money(subsidy.requested_cents),
        money(subsidy.granted_cents) if subsidy.granted_cents else "–",
        money(subsidy.received_cents) if subsidy.received_cents else "–",
    ]


def _gifts(session: Session, edition: Edition) -> dict[str, Any]:
    rows = [
        [gift.sponsor.name, words(gift.title), money(gift.stated_cents) if gift.stated_cents else _("not stated")]
        for gift in gifts_of(session, edition)
    ]
    head = [_("Sponsor"), _("Gift"), _("Stated value")]
    note = _("A stated value is what the giver says; it is added to no sum.") if rows else ""
    return listing(_("Gifts in kind"), head, rows, _("No gift in kind."), numbers=[2], note=note)
