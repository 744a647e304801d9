"""What the accountant pays: who, how much, from which pools, why. No bank details: none are stored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from flask_babel import gettext as _

from challenges.sponsors.forms import CUSTODY_LABELS
from challenges.sponsors.wording import KINDS
from hackaviz.web.templating import localized
from judging.prizes.shares.queries import MemberShare
from judging.prizes.shares.rules import dealt
from judging.prizes.standing import Rankings
from judging.prizes.winnings import Winning

Row = Sequence[str | int | Decimal]


def payment_rows(
    winnings: Iterable[Winning], rankings: Rankings, shares: Mapping[int, Sequence[MemberShare]]
) -> Iterator[Row]:
    """A line of titles, then one for each winning, member and pledge; what is void or not funded is left out.

    `shares` are those of each winning.
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
    for winning in winnings:
        if winning.is_funded and not winning.is_void(rankings):
            yield from _lines(winning, {share.person.id: share for share in shares[winning.id]})


def _lines(winning: Winning, shares: Mapping[int, MemberShare]) -> Iterator[Row]:
    prize, entry, team = winning.prize, winning.entry, winning.entry.team
    challenge = entry.challenge.number if prize.challenge_id else ""
    pledges = {pledge.id: pledge for pledge, _cents in winning.payers}
    cells = dealt(
        {person: share.cents for person, share in shares.items()},
        {pledge.id: cents for pledge, cents in winning.payers},
    )
    for (person, pledge_id), cents in cells.items():
        share, pledge = shares[person], pledges[pledge_id]
        yield [
            winning.id,
            str(localized(winning.title)),
            winning.lead.decision or str(KINDS[prize.kind]),
            challenge,
            entry.code,
            entry.title,
            team.name,
            team.captain.name,
            share.person.name,
            _guardian(share),
            Decimal(cents).scaleb(-2),
            pledge.sponsor.name,
            pledge.name,
            str(CUSTODY_LABELS[pledge.custody]),
            _("approved") if winning.is_approved else _("not yet"),
            winning.paid_on.isoformat() if winning.paid_on else "",
            winning.lead.payment_reference,
        ]


def _guardian(share: MemberShare) -> str:
    if share.guardian is not None:
        return share.guardian.name
    return _("none yet, under 18") if share.is_minor else ""
