"""What the accountant pays: who, how much, from which pools, why. No bank details: none are stored."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from flask_babel import gettext as _

from challenges.sponsors.forms import CUSTODY_LABELS
from hackaviz.web.templating import localized
from judging.prizes.models import Award
from judging.prizes.standing import Rankings, is_approved, is_funded, is_void
from submissions.teams.models import Team

Row = Sequence[str | int | Decimal]


def payment_rows(awards: Iterable[Award], rankings: Rankings) -> Iterator[Row]:
    """A line of titles, then one for each award and pledge; awards that are void or not funded are left out."""
    yield [
        _("Award"),
        _("Prize"),
        _("Challenge"),
        _("Entry"),
        _("Title"),
        _("Team"),
        _("Captain"),
        _("Members"),
        _("Amount in euros"),
        _("Sponsor"),
        _("Pledge"),
        _("Where the money goes"),
        _("Approvals"),
        _("Paid on"),
        _("Reference"),
    ]
    for award in awards:
        if is_funded(award) and not is_void(award, rankings):
            yield from _lines(award)


def _lines(award: Award) -> Iterator[Row]:
    prize, entry, team = award.prize, award.entry, award.entry.team
    challenge = entry.challenge.number if prize.challenge_id else ""
    for funding in sorted(award.fundings, key=lambda each: each.pledge_id):
        yield [
            award.id,
            str(localized(prize.title)),
            challenge,
            entry.code,
            entry.title,
            team.name,
            team.captain.name,
            _members(team),
            Decimal(funding.cents).scaleb(-2),
            funding.pledge.sponsor.name,
            funding.pledge.name,
            str(CUSTODY_LABELS[funding.pledge.custody]),
            _("approved") if is_approved(award) else _("not yet"),
            award.paid_on.isoformat() if award.paid_on else "",
            award.payment_reference,
        ]


def _members(team: Team) -> str:
    return ", ".join(member.person.name for member in team.members)
