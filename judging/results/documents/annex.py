"""The annex of the minutes: who gets how much from whom, and what became of every pledge."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from challenges.briefs.queries import challenges_of
from challenges.editions.models import Edition
from challenges.ledger.models import Line, Transaction
from challenges.ledger.queries import LedgerFilter, exported_lines, figures_of_pledges
from challenges.sponsors.forms import CUSTODY_LABELS
from challenges.sponsors.queries import pledges_of, prizes_of
from challenges.sponsors.wording import ACTS
from hackaviz.kernel.documents import render_pdf
from hackaviz.web.language import speaking
from hackaviz.web.templating import local_date, money
from judging.prizes.models import Award
from judging.prizes.queries import awards_of
from judging.prizes.standing import standing_approvals
from judging.results.documents.wording import as_it_stood, base_values, day, in_a_row, listing, moment, prize_words
from judging.results.queries import publications_of
from judging.sealing.queries import seals_of

TEMPLATE = "judging/results/documents/tables.typ"


def annex(session: Session, edition: Edition, language: str, now: datetime) -> bytes:
    """The annex as PDF, with a place to sign for the organisation and for each carrier."""
    with speaking(language):
        at = as_it_stood(session, edition, now)
        return render_pdf(TEMPLATE, _values(session, edition, at), at=at)


def _values(session: Session, edition: Edition, at: datetime) -> dict[str, Any]:
    awards = awards_of(session, edition)
    carriers = sorted({pledge.carrier_name for pledge in pledges_of(session, edition) if pledge.carrier_name})
    return base_values(edition, _("Annex to the minutes: the money"), at) | {
        "facts": _facts(session, edition),
        "note": "",
        "tables": [
            _prizes(session, edition, awards),
            _payouts(awards, edition),
            _pools(session, edition),
            _decisions(session, edition),
        ],
        "signatures_title": _("Signatures"),
        "signatures": [
            _("For the organisation, %(name)s", name=edition.organiser_name),
            *(_("For the carrier, %(name)s", name=name) for name in carriers),
        ],
        "date": _("Date"),
        "sign": _("signature"),
    }


def _facts(session: Session, edition: Edition) -> list[list[str]]:
    seals, published = seals_of(session, edition), publications_of(session, edition)
    standing = next((each for each in published if each.withdrawn_at is None), None)
    announced = sum(prize.cents for prize in prizes_of(session, edition))
    return [
        [_("Organised by"), edition.organiser_name],
        [_("Seal of the result"), _("seal %(number)s", number=seals[0].number) if seals else _("none yet")],
        [_("Results public from"), moment(standing.public_at, edition) if standing else _("no date yet")],
        [_("Announced"), money(announced)],
        [_("Awarded"), money(sum(award.cents for award in awards_of(session, edition)))],
    ]


def _prizes(session: Session, edition: Edition, awards: Sequence[Award]) -> dict[str, Any]:
    won: dict[int, list[Award]] = {}
    for award in awards:
        won.setdefault(award.prize_id, []).append(award)
    challenges = {challenge.id: challenge for challenge in challenges_of(session, edition)}
    rows = [
        [
            prize_words(prize, challenges.get(prize.challenge_id or 0)),
            _winners(won.get(prize.id, [])),
            money(prize.cents),
            money(sum(award.cents for award in won.get(prize.id, []))),
        ]
        for prize in prizes_of(session, edition)
    ]
    head = [_("Prize"), _("Work and team"), _("Announced"), _("Awarded")]
    return listing(_("Prizes"), head, rows, _("No prize was announced."), numbers=[2, 3])


def _winners(awards: Sequence[Award]) -> str:
    shown = [f"{award.entry.code} · {award.entry.title} ({award.entry.team.name})" for award in awards]
    return ", ".join(shown) or _("not awarded")


def _payouts(awards: Sequence[Award], edition: Edition) -> dict[str, Any]:
    rows = [line for award in awards for line in _parts(award, edition)]
    head = [_("Award"), _("Paid by"), _("Approved by"), _("Paid on"), _("Amount")]
    return listing(_("Who pays what"), head, rows, _("Nothing is awarded yet."), numbers=[4])


def _parts(award: Award, edition: Edition) -> Iterator[list[str]]:
    zone = edition.time_zone
    approved = [f"{each.person.name}, {local_date(each.approved_at, zone)}" for each in standing_approvals(award)]
    for funding in sorted(award.fundings, key=lambda each: each.pledge_id):
        payer = f"{funding.pledge.sponsor.name} · {funding.pledge.name} ({CUSTODY_LABELS[funding.pledge.custody]})"
        what = f"{prize_words(award.prize, award.entry.challenge)}, {award.entry.code}"
        paid = " · ".join(each for each in (day(award.paid_on), award.payment_reference) if each)
        yield [what, payer, in_a_row(approved) or "–", paid, money(funding.cents)]


def _pools(session: Session, edition: Edition) -> dict[str, Any]:
    pledges = pledges_of(session, edition)
    figures = figures_of_pledges(session, [pledge.id for pledge in pledges])

    def sums(values: Sequence[Any]) -> list[str]:
        names = ("promised", "at_hand", "awarded", "paid", "refunded", "carried_over", "costs", "left")
        return [money(sum(getattr(each, name) for each in values)) for name in names]

    rows = [[f"{each.sponsor.name} · {each.name}", *sums([figures[each.id]])] for each in pledges]
    if rows:
        rows.append([_("Total"), *sums(list(figures.values()))])
    head = [_("Pledge"), _("Promised"), _("Received"), _("Awarded"), _("of which paid")]
    head += [_("Given back"), _("Carried over"), _("Costs"), _("Left")]
    note = _("Received = awarded + given back + carried over + costs + left, to the cent.") if rows else ""
    return listing(
        _("Pools"), head, rows, _("Nothing was promised."), numbers=list(range(1, len(head))), note=note, small=True
    )


def _decisions(session: Session, edition: Edition) -> dict[str, Any]:
    givers = {pledge.id: pledge.sponsor.name for pledge in pledges_of(session, edition)}
    lines = exported_lines(session, edition, LedgerFilter())
    acts = [(act, list(moved)) for act, moved in groupby(lines, key=lambda line: line.transaction)]
    rows = [_decision(act, moved, givers) for act, moved in acts if act.decision]
    head = [_("Date"), _("Ledger act"), _("Pledge"), _("Decision"), _("Amount")]
    return listing(_("Decisions about money"), head, rows, _("No money was moved by a decision."), numbers=[4])


def _decision(act: Transaction, moved: Sequence[Line], givers: Mapping[int, str]) -> list[str]:
    what = f"{ACTS[act.kind]} {_('no. %(number)s', number=act.id)}"
    if act.reverses_id is not None:
        what = f"{what} · {_('takes back no. %(number)s', number=act.reverses_id)}"
    arrived = [line for line in moved if line.cents > 0]
    whose = in_a_row(sorted({givers[line.account.pledge_id] for line in arrived}))
    return [day(act.happened_on), what, whose, act.decision, money(sum(line.cents for line in arrived))]
