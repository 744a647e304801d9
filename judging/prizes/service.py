"""Awarding prizes: proposed from the ranking, funded from pledges, changed with a trace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.eligibility.wording import ground_words
from challenges.sponsors.models import Pledge, Prize
from challenges.sponsors.queries import pledges_of
from challenges.sponsors.rules import PrizeKind
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Conflict, DomainError, Invalid
from judging.prizes.funding import Need, Shortfall, fund
from judging.prizes.locking import lock_award, lock_awards
from judging.prizes.models import Award, AwardFunding
from judging.prizes.outcomes.queries import open_cents
from judging.prizes.pools import Withheld, pools_for, withheld_from
from judging.prizes.posting import rebind, unbind
from judging.prizes.proposing import follows_from_ranking, grounds_in, propose, record_passes
from judging.prizes.queries import awards_of
from judging.prizes.rules import Deal
from judging.prizes.standing import rankings_now, stand_on
from judging.prizes.winnings import winning_with
from submissions.entries.models import Entry


class CannotFund(DomainError):
    """The pledges cannot pay the awards: which awards compete, who may pay them, who would if the winners met the
    conditions, how much is missing.
    """

    code = "cannot-fund"

    def __init__(
        self,
        shortfall: Shortfall,
        prizes: Sequence[Prize],
        pledges: Sequence[Pledge],
        withheld: Sequence[Withheld] = (),
    ) -> None:
        super().__init__(_l("The pledges cannot pay these awards. Nothing was changed."))
        self.missing_cents = shortfall.cents
        self.prizes = prizes
        self.pledges = pledges
        self.withheld = withheld


def award_by_ranking(session: Session, *, edition: Edition, actor: Any, now: datetime) -> Sequence[Award]:
    """Replace the awards that follow from a ranking by those that follow from it now, and fund them.

    What people decided stays, and so does what is paid. Raises CannotFund when the pledges cannot pay; then nothing
    is changed.
    """
    lock_awards(session, edition)
    deal = propose(session, edition)
    for award in replaced_by_ranking(awards_of(session, edition)):
        unbind(session, award, actor=actor, now=now)
        session.delete(award)
    session.flush()
    decided_by_id = actor.id if actor else None
    made = [
        Award(prize_id=each.prize, entry_id=each.entry, cents=each.cents, decided_at=now, decided_by_id=decided_by_id)
        for each in deal.shares
    ]
    session.add_all(made)
    _flush_awards(session)
    record_passes(session, edition, deal.passes, now)
    _stand_on_ranking(session, edition, made)
    fund_awards(session, edition=edition, actor=actor, now=now)
    return awards_of(session, edition)


def replaced_by_ranking(awards: Sequence[Award]) -> list[Award]:
    """Those that awarding by the ranking replaces: what it decides about and is not paid."""
    return [award for award in awards if follows_from_ranking(award.prize) and award.paid_on is None]


def is_as_proposed(deal: Deal, awards: Sequence[Award]) -> bool:
    """Whether awarding by the ranking would give what is given already."""
    given = {(award.prize_id, award.entry_id, award.cents) for award in replaced_by_ranking(awards)}
    return given == {(share.prize, share.entry, share.cents) for share in deal.shares}


@dataclass(frozen=True)
class Given:
    """What is given by decision: cents of a prize, who decided and why, and whether obstacles are set aside."""

    cents: int
    decision: str = ""
    although: bool = False


def give_award(
    session: Session, *, edition: Edition, prize: Prize, entry: Entry, given: Given, actor: Any, now: datetime
) -> Award:
    """Give a prize, or a part of it, by decision.

    Raises Invalid beyond what the prize still has, without a decision where a panel or a sponsor decides, or when the
    entry may not have the prize and the decision does not set that aside.
    """
    lock_awards(session, edition)
    _refuse_beyond(session, prize, given)
    if prize.challenge_id not in {None, entry.challenge_id}:
        raise Invalid(_l("This entry answers another challenge than this prize."), field="entry")
    why = grounds_in(session, edition, [prize]).get((prize.id, entry.id), ())
    if why and not given.although:
        words = ", ".join(ground_words(ground) for ground in why)
        raise Invalid(_l("This entry cannot win this prize: %(grounds)s.", grounds=words), field="entry")
    decided_by_id = actor.id if actor else None
    made = Award(
        prize=prize, entry=entry, cents=given.cents, decision=given.decision, decided_at=now,
        decided_by_id=decided_by_id,
    )  # fmt: skip
    session.add(made)
    _flush_awards(session)
    _stand_on_ranking(session, edition, [made])
    record(
        session, "award.give", subject=made, actor=actor, now=now, edition_id=edition.id,
        prize=prize.title.as_dict(), entry=entry.code, cents=given.cents, decision=given.decision, although=list(why),
    )  # fmt: skip
    return made


def _refuse_beyond(session: Session, prize: Prize, given: Given) -> None:
    if prize.kind is not PrizeKind.PLACE and not given.decision:
        raise Invalid(_l("Write the decision: who decided, when, on which result."), field="decision")
    if given.cents > open_cents(session, prize):
        raise Invalid(_l("More than is left of this prize."), field="cents")
    if not given.cents and prize.cents:
        raise Invalid(_l("The amount must be more than zero."), field="cents")


def _stand_on_ranking(session: Session, edition: Edition, made: Sequence[Award]) -> None:
    rankings = rankings_now(session, edition)
    for award in made:
        stand_on(award, rankings)


def take_back(session: Session, *, edition: Edition, award: Award, actor: Any, now: datetime) -> None:
    """Take an award back, with the other slices of its tie; their money is free. Raises Conflict when it is paid."""
    lock_award(session, edition, award)
    winning = winning_with(session, edition, award)
    if winning.paid_on:
        raise Conflict(_l("This award is paid. It cannot be taken back here."))
    record(
        session, "award.take_back", subject=winning.lead, actor=actor, now=now, edition_id=edition.id,
        prize=winning.prizes, entry=winning.entry.code, cents=winning.cents,
    )  # fmt: skip
    for each in winning.slices:
        unbind(session, each, actor=actor, now=now)
        session.delete(each)
    session.flush()


def fund_awards(session: Session, *, edition: Edition, actor: Any, now: datetime) -> None:
    """Fund every unpaid award anew from the pledges. Raises CannotFund when they cannot pay all of them."""
    lock_awards(session, edition)
    awards = [award for award in awards_of(session, edition) if award.paid_on is None]
    for award in awards:
        award.fundings.clear()
    session.flush()
    for pledge in (pledges := pledges_of(session, edition)):
        session.refresh(pledge)
    needs = [Need(award.id, award.prize.challenge_id, award.cents) for award in awards if award.cents]
    try:
        fundings = fund(needs, pools_for(session, pledges, awards))
    except Shortfall as shortfall:
        raise _cannot_fund(session, shortfall, pledges, awards) from shortfall
    session.add_all(AwardFunding(award_id=f.need, pledge_id=f.pool, cents=f.cents) for f in fundings)
    record(
        session, "award.fund", subject=edition, actor=actor, now=now, edition_id=edition.id,
        awards=len(needs), cents=sum(need.cents for need in needs),
    )  # fmt: skip
    session.flush()
    session.expire_all()
    rebind(session, awards, edition_id=edition.id, actor=actor, now=now)


def _cannot_fund(
    session: Session, shortfall: Shortfall, pledges: Sequence[Pledge], awards: Sequence[Award]
) -> CannotFund:
    short = [award for award in awards if award.id in shortfall.needs]
    able = [pledge for pledge in pledges if pledge.id in shortfall.pools]
    return CannotFund(shortfall, [award.prize for award in short], able, withheld_from(session, pledges, short))


def set_funding(
    session: Session, *, edition: Edition, award: Award, cents_by_pledge: Mapping[int, int], actor: Any, now: datetime
) -> None:
    """Choose who pays an award. Raises Invalid unless the parts sum to it, suit each purpose and are held."""
    lock_award(session, edition, award)
    if award.paid_on:
        raise Conflict(_l("This award is paid. Who paid it cannot be changed."))
    if sum(cents_by_pledge.values()) != award.cents:
        raise Invalid(_l("The parts must add up to the award, to the cent."))
    award.fundings.clear()
    session.flush()
    pledges = {pledge.id: pledge for pledge in pledges_of(session, edition)}
    for pledge_id, cents in cents_by_pledge.items():
        pledge = pledges[pledge_id]
        session.refresh(pledge)
        _check_part(session, pledge, award, cents)
        award.fundings.append(AwardFunding(pledge=pledge, cents=cents))
    record(
        session, "award.set_funding", subject=award, actor=actor, now=now, edition_id=edition.id,
        parts={pledges[pledge_id].name: cents for pledge_id, cents in cents_by_pledge.items()},
    )  # fmt: skip
    session.flush()
    rebind(session, [award], edition_id=edition.id, actor=actor, now=now)


def _check_part(session: Session, pledge: Pledge, award: Award, cents: int) -> None:
    [pool], withheld = pools_for(session, [pledge], [award]), withheld_from(session, [pledge], [award])
    field = f"pledge_{pledge.id}"
    if withheld:
        why = "; ".join(withheld[0].reasons)
        raise Invalid(_l("“%(name)s” cannot pay this team. %(why)s.", name=pledge.name, why=why), field=field)
    if not pool.may_pay(Need(award.id, award.prize.challenge_id, cents)):
        raise Invalid(_l("“%(name)s” was not given for this prize.", name=pledge.name), field=field)
    if cents > pool.cents:
        raise Invalid(_l("“%(name)s” does not hold that much.", name=pledge.name), field=field)


def _flush_awards(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        raise Conflict(_l("This prize cannot be given: it is given already, or more than was announced.")) from error
