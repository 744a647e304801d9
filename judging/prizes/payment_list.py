"""What the accountant pays: who, how much, from which pools, why. No bank details: none are stored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from flask_babel import gettext as _

from challenges.sponsors.forms import CUSTODY_LABELS
from challenges.sponsors.wording import KINDS
from hackaviz.web.templating import localized
from judging.prizes.models import Award
from judging.prizes.shares.queries import MemberShare
from judging.prizes.shares.rules import dealt
from judging.prizes.standing import Rankings, is_approved, is_funded, is_void

Row = Sequence[str | int | Decimal]


def payment_rows(
    awards: Iterable[Award], rankings: Rankings, shares: Mapping[int, Sequence[MemberShare]]
) -> Iterator[Row]:
    """A line of titles, then one for each award, member and pledge; awards that are void or not funded are left out.

    `shares` are those of each award.
    """
    yield [
        _("Award"),
        _("Prize"),
        _("Why"),
        _("Challenge"),
        _("Entry"),
        _("Title"),
        _("Team"),
        _("Captain"),
        _("Paid to"),
        _("Guardian"),
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
            yield from _lines(award, {share.person.id: share for share in shares[award.id]})


def _lines(award: Award, shares: Mapping[int, MemberShare]) -> Iterator[Row]:
    prize, entry, team = award.prize, award.entry, award.entry.team
    challenge = entry.challenge.number if prize.challenge_id else ""
    fundings = {each.pledge_id: each for each in sorted(award.fundings, key=lambda each: each.pledge_id)}
    cells = dealt(
        {person: share.cents for person, share in shares.items()},
        {pledge: funding.cents for pledge, funding in fundings.items()},
    )
    for (person, pledge), cents in cells.items():
        share, funding = shares[person], fundings[pledge]
        yield [
            award.id,
            str(localized(prize.title)),
            award.decision or str(KINDS[prize.kind]),
            challenge,
            entry.code,
            entry.title,
            team.name,
            team.captain.name,
            share.person.name,
            _guardian(share),
            Decimal(cents).scaleb(-2),
            funding.pledge.sponsor.name,
            funding.pledge.name,
            str(CUSTODY_LABELS[funding.pledge.custody]),
            _("approved") if is_approved(award) else _("not yet"),
            award.paid_on.isoformat() if award.paid_on else "",
            award.payment_reference,
        ]


def _guardian(share: MemberShare) -> str:
    if share.guardian is not None:
        return share.guardian.name
    return _("none yet, under 18") if share.is_minor else ""
