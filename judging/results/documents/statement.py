"""The statement of a sponsor: promised, received, spent on which prize and team, left; what its theme brought forth."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.ledger.queries import figures_of_pledges
from challenges.ledger.rules import Figures
from challenges.sponsors.forms import CUSTODY_LABELS
from challenges.sponsors.gifts.models import Gift
from challenges.sponsors.gifts.queries import gifts_of
from challenges.sponsors.models import Pledge, Sponsor
from challenges.sponsors.queries import pledges_of, prizes_named, prizes_of, purposes_of
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.documents import render_pdf
from hackaviz.web.language import speaking
from hackaviz.web.templating import money
from judging.prizes.models import AwardFunding
from judging.prizes.queries import fundings_from
from judging.results.documents.wording import as_it_stood, base_values, day, listing, prize_words, words
from submissions.entries.models import Entry
from submissions.entries.queries import handed_in_entries

TEMPLATE = "judging/results/documents/tables.typ"


def statement(
    session: Session, edition: Edition, sponsor: Sponsor, language: str, *, names_winners: bool, now: datetime
) -> bytes:
    """The statement as PDF. Before the results are public it names teams and works only where `names_winners`."""
    with speaking(language):
        at = as_it_stood(session, edition, now)
        return render_pdf(TEMPLATE, _values(session, edition, sponsor, names_winners, at), at=at)


def _values(session: Session, edition: Edition, sponsor: Sponsor, names_winners: bool, at: datetime) -> dict[str, Any]:
    pledges = [pledge for pledge in pledges_of(session, edition) if pledge.sponsor_id == sponsor.id]
    figures = figures_of_pledges(session, [pledge.id for pledge in pledges])
    tables = [_pledges(pledges, figures)]
    if names_winners:
        tables.append(_spent(fundings_from(session, sponsor)))
    tables.append(_gifts([gift for gift in gifts_of(session, edition) if gift.sponsor_id == sponsor.id]))
    entries = _of_theme(session, edition, pledges) if names_winners else []
    if names_winners:
        tables += [_entries(entries), _datasets(entries)]
    hidden = "" if names_winners else _("Teams, works and what they won are added once the results are public.")
    return base_values(edition, _("Statement: %(sponsor)s", sponsor=sponsor.name), at) | {
        "facts": _facts(edition, sponsor, list(figures.values())),
        "note": hidden,
        "tables": tables,
        "signatures": [],
    }


def _facts(edition: Edition, sponsor: Sponsor, figures: Sequence[Figures]) -> list[list[str]]:
    def total(name: str) -> str:
        return money(sum(getattr(each, name) for each in figures))

    given_back = sum(each.refunded + each.carried_over + each.costs for each in figures)
    return [
        [_("Sponsor"), sponsor.name],
        [_("Organised by"), edition.organiser_name],
        [_("Promised"), total("promised")],
        [_("Received, or held ready"), total("at_hand")],
        [_("Awarded to winners"), total("awarded")],
        [_("of which paid"), total("paid")],
        [_("Given back, carried over or spent on costs"), money(given_back)],
        [_("Left"), total("left")],
    ]


def _pledges(pledges: Sequence[Pledge], figures: Mapping[int, Figures]) -> dict[str, Any]:
    head = [_("Pledge"), _("Where the money goes"), _("Promised"), _("Received"), _("Awarded"), _("Left")]
    rows = [[pledge.name, _custody(pledge), *(money(each) for each in _sums(figures[pledge.id]))] for pledge in pledges]
    none = _("This sponsor promised no money.")
    return listing(_("Pledges"), head, rows, none, numbers=[2, 3, 4, 5])


def _custody(pledge: Pledge) -> str:
    label = str(CUSTODY_LABELS[pledge.custody])
    return f"{label} ({pledge.carrier_name})" if pledge.carrier_name else label


def _sums(figures: Figures) -> list[int]:
    return [figures.promised, figures.at_hand, figures.awarded, figures.left]


def _spent(fundings: Sequence[AwardFunding]) -> dict[str, Any]:
    rows = [
        [
            prize_words(each.award.prize, each.award.entry.challenge),
            f"{each.award.entry.title} ({each.award.entry.team.name})",
            each.pledge.name,
            day(each.award.paid_on),
            money(each.cents),
        ]
        for each in fundings
    ]
    head = [_("Prize"), _("Work and team"), _("Pledge"), _("Paid on"), _("Amount")]
    return listing(_("What the money paid"), head, rows, _("No prize was paid from it yet."), numbers=[4])


def _gifts(gifts: Sequence[Gift]) -> dict[str, Any]:
    rows = [
        [words(gift.title), money(gift.stated_cents) if gift.stated_cents else _("not stated"), day(gift.received_on)]
        for gift in gifts
    ]
    note = _("A stated value is what the giver says; it is added to no sum.") if rows else ""
    head = [_("Gift"), _("Stated value"), _("Received on")]
    return listing(_("Gifts in kind"), head, rows, _("No gift in kind."), numbers=[1], note=note)


def _of_theme(session: Session, edition: Edition, pledges: Sequence[Pledge]) -> list[Entry]:
    """The entries of the challenges that the money is given for, directly or by a prize; else of all of them."""
    asked, named = purposes_of(session, pledges), prizes_named(session, pledges)
    of_prize = {prize.id: prize.challenge_id for prize in prizes_of(session, edition)}
    challenges = {challenge for each in asked.values() for challenge in each}
    challenges |= {number for each in named.values() for prize in each if (number := of_prize.get(prize))}
    entries = handed_in_entries(session, edition)
    return [entry for entry in entries if not challenges or entry.challenge_id in challenges]


def _entries(entries: Sequence[Entry]) -> dict[str, Any]:
    rows = [[entry.title, entry.team.name, words(entry.challenge.title)] for entry in entries]
    title = ngettext("%(num)s entry of the theme", "%(num)s entries of the theme", len(rows))
    return listing(title, [_("Work"), _("Team"), _("Challenge")], rows, _("No entry was handed in."))


def _datasets(entries: Sequence[Entry]) -> dict[str, Any]:
    used = used_datasets(entries)
    title = ngettext("%(num)s dataset used in them", "%(num)s datasets used in them", len(used))
    rows = [[name, str(count)] for name, count in used]
    return listing(title, [_("Dataset"), _("Entries")], rows, _("No dataset was cited."), numbers=[1])


def used_datasets(entries: Sequence[Entry]) -> list[tuple[str, int]]:
    """The datasets that the versions that count cite, as they were called then, the most used first."""
    cited = [each for entry in entries if entry.current_version for each in entry.current_version.manifest["citations"]]
    titles = {each["dataset"]: words(Bilingual(**each["title"])) for each in cited}
    counts = Counter(each["dataset"] for each in cited)
    return sorted(((titles[slug], count) for slug, count in counts.items()), key=lambda row: (-row[1], row[0]))
