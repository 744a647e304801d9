"""Which pledge may pay which award: purpose and conditions of the giver, as the rules of funding take them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.eligibility.rules import Member, Obstacle, unmet
from challenges.sponsors.eligibility.wording import unmet_words
from challenges.sponsors.models import Pledge, Prize
from challenges.sponsors.queries import prizes_named, purposes_of
from challenges.sponsors.rules import may_pay
from judging.prizes.funding import Pool
from judging.prizes.models import Award
from submissions.entries.models import Entry
from submissions.teams.winnable import members_of_teams


@dataclass(frozen=True)
class Wishes:
    """What givers decided: pledge → challenges and single prizes; and team → its members, as far as that matters."""

    challenges: Mapping[int, frozenset[int]]
    prizes: Mapping[int, frozenset[int]]
    members: Mapping[int, Sequence[Member]]

    def is_meant_for(self, pledge: Pledge, award: Award) -> bool:
        """Whether a pledge was given for such a prize, whoever wins it."""
        return may_pay(award.prize, self.challenges.get(pledge.id, ()), self.prizes.get(pledge.id, ()))

    def unmet(self, pledge: Pledge, award: Award) -> list[Obstacle]:
        """Which conditions of its giver the winner does not meet."""
        return unmet(pledge.rule, self.members.get(award.entry.team_id, ()))

    def reasons(self, pledge: Pledge, award: Award) -> list[str]:
        """The same in words, with the members."""
        return unmet_words(pledge.rule, self.members.get(award.entry.team_id, ()))


@dataclass(frozen=True)
class Withheld:
    """A pledge that was given for such a prize and cannot pay this winner, and why.

    The award may be gone, with all that could not be funded, before anybody reads this.
    """

    pledge: Pledge
    award_id: int
    prize: Prize
    entry: Entry
    reasons: Sequence[str]


def wishes_about(session: Session, pledges: Sequence[Pledge], awards: Sequence[Award]) -> Wishes:
    """What the givers of these pledges, all of one edition, decided that matters for these awards."""
    members: Mapping[int, Sequence[Member]] = {}
    if any(pledge.rule for pledge in pledges):
        edition = session.get_one(Edition, pledges[0].edition_id)
        members = members_of_teams(session, edition, {award.entry.team_id for award in awards})
    return Wishes(purposes_of(session, pledges), prizes_named(session, pledges), members)


def pools_for(session: Session, pledges: Sequence[Pledge], awards: Sequence[Award]) -> list[Pool]:
    """The free money of each pledge, with the awards that it may pay."""
    wishes = wishes_about(session, pledges, awards)
    return [
        Pool(
            pledge.id,
            pledge.left_cents,
            needs=frozenset(
                award.id for award in awards if wishes.is_meant_for(pledge, award) and not wishes.unmet(pledge, award)
            ),
        )
        for pledge in pledges
    ]


def withheld_from(session: Session, pledges: Sequence[Pledge], awards: Sequence[Award]) -> list[Withheld]:
    """The pledges that would pay these awards, had other teams won them."""
    wishes = wishes_about(session, pledges, awards)
    return [
        Withheld(pledge, award.id, award.prize, award.entry, reasons)
        for pledge in pledges
        for award in awards
        if wishes.is_meant_for(pledge, award) and (reasons := wishes.reasons(pledge, award))
    ]


def paid_against_wishes(session: Session, awards: Sequence[Award]) -> list[Withheld]:
    """What is to pay these awards, all of one edition, although its giver's conditions are no longer met.

    What is paid stays paid.
    """
    awards = [award for award in awards if award.paid_on is None]
    pledges = list({part.pledge_id: part.pledge for award in awards for part in award.fundings}.values())
    wishes = wishes_about(session, pledges, awards)
    return [
        Withheld(part.pledge, award.id, award.prize, award.entry, reasons)
        for award in awards
        for part in award.fundings
        if (reasons := wishes.reasons(part.pledge, award))
    ]
