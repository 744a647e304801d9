"""Deciding about a prize that nobody gets: its money goes back, over, or to another prize, each with a decision."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.days import require_happened
from challenges.editions.models import Edition
from challenges.editions.rules import results_are_public
from challenges.ledger.rules import TransactionKind
from challenges.ledger.service import KeyTaken
from challenges.sponsors.carrying import carry_over
from challenges.sponsors.models import Pledge, Prize
from challenges.sponsors.pools import Release, release
from challenges.sponsors.prizes import move_between
from challenges.sponsors.reducing import Reduction, reduce_pledge
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Conflict, Invalid
from hackaviz.kernel.money import split_by_largest_remainder
from judging.prizes.locking import lock_awards
from judging.prizes.models import Award, AwardFunding
from judging.prizes.outcomes.flows import flow_of
from judging.prizes.outcomes.models import OutcomePart, PrizeOutcome
from judging.prizes.outcomes.queries import open_cents, outcome_by_key
from judging.prizes.outcomes.rules import Way
from judging.prizes.pools import pools_for
from judging.prizes.posting import rebind
from judging.prizes.queries import awards_of
from judging.prizes.shares.rules import dealt


@dataclass(frozen=True)
class Settlement:
    """What becomes of a prize's money, when and by which decision. A form sent twice carries one key."""

    way: Way
    happened_on: date
    decision: str
    request_key: str
    target_edition: Edition | None = None
    target_prize: Prize | None = None


def settle_prize(
    session: Session, *, edition: Edition, prize: Prize, settlement: Settlement, actor: Any, now: datetime
) -> PrizeOutcome:
    """Send what nobody gets of a prize where the decision says, along the pledges that would have paid it.

    Raises Invalid when nothing is left, a target is missing or the day is to come, CannotFund when the pledges could
    not have paid it, Conflict when the other prize cannot take the money, or when everybody would see it before the
    results.
    """
    lock_awards(session, edition)
    lock_row(session, prize)
    known = outcome_by_key(session, settlement.request_key)
    if known is not None:
        return _same(known, prize, settlement)
    require_happened(settlement.happened_on, edition=edition, now=now, field="happened_on")
    _refuse_telling(edition, settlement, now)
    cents = open_cents(session, prize)
    if cents <= 0:
        raise Invalid(_l("Nothing is left of this prize: it is awarded, or its money is decided about."))
    flow = flow_of(session, edition, prize)
    outcome = _outcome(prize, settlement, cents, actor, now)
    keys = _ACTS[settlement.way](session, outcome, settlement, flow=flow, actor=actor, now=now)
    outcome.parts = [OutcomePart(pledge=each, cents=part, transaction_key=keys.get(each.id)) for each, part in flow]
    session.add(outcome)
    record(
        session, f"prize.{settlement.way}", subject=prize, actor=actor, now=now, edition_id=edition.id,
        prize=prize.title.as_dict(), cents=cents, decision=settlement.decision,
    )  # fmt: skip
    session.flush()
    return outcome


def _refuse_telling(edition: Edition, settlement: Settlement, now: datetime) -> None:
    """A changed prize is dated on its public page, and a sponsor of another edition is listed there."""
    if settlement.way is not Way.REFUND and not results_are_public(edition, now):
        raise Conflict(
            _l(
                "Everybody would see this before the results, and know that nobody gets the prize. "
                "Nothing was changed. Publish the results first."
            )
        )


# Whose money a prize is: pledges with their cents.
Flow = list[tuple[Pledge, int]]


def _same(known: PrizeOutcome, prize: Prize, settlement: Settlement) -> PrizeOutcome:
    told = (known.prize_id, known.way, known.decision, known.target_edition, known.target_prize)
    asked = (prize.id, settlement.way, settlement.decision, settlement.target_edition, settlement.target_prize)
    if told != asked:
        raise KeyTaken
    return known


def _outcome(prize: Prize, settlement: Settlement, cents: int, actor: Any, now: datetime) -> PrizeOutcome:
    return PrizeOutcome(
        prize=prize,
        way=settlement.way,
        cents=cents,
        target_edition=settlement.target_edition if settlement.way is Way.CARRY_OVER else None,
        target_prize=settlement.target_prize if settlement.way is Way.MOVE else None,
        decision=settlement.decision,
        decided_at=now,
        decided_by_id=actor.id if actor else None,
        request_key=settlement.request_key,
    )


def _refund(
    session: Session, outcome: PrizeOutcome, settlement: Settlement, *, flow: Flow, actor: Any, now: datetime
) -> Mapping[int, str]:
    acts = {"actor": actor, "now": now}
    return {
        pledge.id: (
            reduce_pledge(session, pledge=pledge, reduction=_kept(settlement, pledge, cents), **acts)
            if pledge.is_direct
            else release(session, pledge=pledge, release=_leaving(outcome, settlement, pledge, cents), **acts)
        ).key
        for pledge, cents in flow
    }


def _kept(settlement: Settlement, pledge: Pledge, cents: int) -> Reduction:
    """What a sponsor that pays directly still promises: of its money nothing came that could go back."""
    key = f"{settlement.request_key}-{pledge.id}"
    return Reduction(pledge.promised_cents - cents, settlement.happened_on, settlement.decision, key)


def _carry_over(
    session: Session, outcome: PrizeOutcome, settlement: Settlement, *, flow: Flow, actor: Any, now: datetime
) -> Mapping[int, str]:
    keys = {}
    for pledge, cents in flow:
        leaving = _leaving(outcome, settlement, pledge, cents)
        target = settlement.target_edition
        written = carry_over(session, source=pledge, edition=target, leaving=leaving, actor=actor, now=now)
        keys[pledge.id] = written.key
    return keys


def _leaving(outcome: PrizeOutcome, settlement: Settlement, pledge: Pledge, cents: int) -> Release:
    way = TransactionKind.REFUND if settlement.way is Way.REFUND else TransactionKind.CARRY_OVER
    return Release(
        way=way,
        cents=cents,
        happened_on=settlement.happened_on,
        decision=settlement.decision,
        reference=outcome.prize.title.in_language("fr")[:160],
        request_key=f"{settlement.request_key}-{pledge.id}",
    )


def _move(
    session: Session, outcome: PrizeOutcome, settlement: Settlement, *, flow: Flow, actor: Any, now: datetime
) -> Mapping[int, str]:
    """Add the money to the awards of another prize, paid by the same pledges: new acts of the ledger bind it."""
    target, edition = settlement.target_prize, outcome.prize.edition_id
    if target is None:
        raise Invalid(_l("Choose the prize that the money goes to."), field="target")
    awards = [award for award in awards_of(session, session.get_one(Edition, edition)) if award.prize_id == target.id]
    if not awards or any(award.paid_on for award in awards):
        raise Conflict(_l("Money goes to a prize that is awarded and not paid yet. Award that prize first."))
    pools = pools_for(session, [pledge for pledge, _cents in flow], awards)
    if any(award.id not in (pool.needs or ()) for pool in pools for award in awards):
        raise Conflict(_l("This money was not given for that prize. Choose another, or give it back."))
    move_between(session, source=outcome.prize, target=target, cents=outcome.cents, actor=actor, now=now)
    _raise(session, awards, outcome.cents, {pledge.id: cents for pledge, cents in flow})
    rebind(session, awards, edition_id=edition, actor=actor, now=now, decision=settlement.decision)
    return {}


def _raise(session: Session, awards: Sequence[Award], cents: int, flow: Mapping[int, int]) -> None:
    """Share more money between the awards of a prize as they share it now."""
    more = split_by_largest_remainder(cents, [award.cents for award in awards])
    by_id = {award.id: award for award in awards}
    for award, part in zip(awards, more, strict=True):
        award.cents += part
    session.flush()
    for (award_id, pledge_id), part in dealt(dict(zip(by_id, more, strict=True)), flow).items():
        _add_funding(by_id[award_id].fundings, pledge_id, part)
    session.flush()


def _add_funding(fundings: list[AwardFunding], pledge_id: int, cents: int) -> None:
    known = next((each for each in fundings if each.pledge_id == pledge_id), None)
    if known is None:
        fundings.append(AwardFunding(pledge_id=pledge_id, cents=cents))
    else:
        known.cents += cents


_ACTS: Mapping[Way, Callable[..., Mapping[int, str]]] = {
    Way.REFUND: _refund,
    Way.CARRY_OVER: _carry_over,
    Way.MOVE: _move,
}
