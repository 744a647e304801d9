"""What a pledge is given for, under which conditions, and when its money is expected."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.sponsors.eligibility.models import PledgeRule
from challenges.sponsors.eligibility.rules import ConditionTerms
from challenges.sponsors.eligibility.service import require_whole
from challenges.sponsors.models import Instalment, Pledge, PledgePrize
from challenges.sponsors.service import dedicate
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Conflict, Invalid

EVERYBODY = ConditionTerms()


@dataclass(frozen=True)
class Purpose:
    """Any prize of these challenges, and these prizes; without either, any prize. Costs only where said.

    Teams that do not meet the conditions are not paid; nothing checks the other ones, which are words.
    """

    challenge_ids: Collection[int]
    prize_ids: Collection[int]
    may_pay_costs: bool
    other_conditions: str
    conditions: ConditionTerms = EVERYBODY


def set_purpose(session: Session, *, pledge: Pledge, purpose: Purpose, actor: Any, now: datetime) -> None:
    """Write down what the giver decided.

    Raises Conflict while money of the pledge is awarded or spent, Invalid for an age without its day.
    """
    require_whole(purpose.conditions)
    lock_row(session, pledge)
    if pledge.allocated_cents or pledge.released_cents:
        raise Conflict(_l("Money of this pledge is awarded or spent already: its purpose stays as it was given."))
    dedicate(session, pledge, purpose.challenge_ids)
    session.execute(delete(PledgePrize).where(PledgePrize.pledge_id == pledge.id))
    session.add_all(PledgePrize(pledge_id=pledge.id, prize_id=prize_id) for prize_id in sorted(purpose.prize_ids))
    pledge.may_pay_costs, pledge.other_conditions = purpose.may_pay_costs, purpose.other_conditions
    set_conditions(pledge, purpose.conditions)
    record(
        session,
        "pledge.purpose",
        subject=pledge,
        actor=actor,
        now=now,
        edition_id=pledge.edition_id,
        name=pledge.name,
        challenges=sorted(purpose.challenge_ids),
        prizes=sorted(purpose.prize_ids),
        conditions=pledge.conditions.as_dict(),
        text=purpose.other_conditions,
    )


def conditions_of(pledge: Pledge) -> ConditionTerms:
    """The conditions of its giver."""
    names = (field.name for field in fields(ConditionTerms))
    return ConditionTerms(**{name: getattr(pledge.rule, name) for name in names}) if pledge.rule else EVERYBODY


def set_conditions(pledge: Pledge, conditions: ConditionTerms) -> None:
    """Let a pledge pay only teams that meet these conditions."""
    if conditions == EVERYBODY:
        pledge.rule = None
        return
    pledge.rule = pledge.rule or PledgeRule()
    for name, value in asdict(conditions).items():
        setattr(pledge.rule, name, value)


def expect_instalment(
    session: Session, *, pledge: Pledge, due_on: date, cents: int, actor: Any, now: datetime
) -> Instalment:
    """Add a part to the schedule. Raises Invalid beyond the promise, or for a day that has one."""
    lock_row(session, pledge)
    planned = sum(each.cents for each in pledge.instalments)
    if planned + cents > pledge.promised_cents:
        raise Invalid(_l("The schedule would be more than the promise."), field="cents")
    added = Instalment(pledge_id=pledge.id, due_on=due_on, cents=cents)
    try:
        with session.begin_nested():
            session.add(added)
    except IntegrityError as error:
        raise Invalid(_l("Something is expected on that day already."), field="due_on") from error
    session.expire(pledge, ["instalments"])
    _record(session, "pledge.expect", added, actor, now)
    return added


def drop_instalment(session: Session, *, instalment: Instalment, actor: Any, now: datetime) -> None:
    """Take a part off the schedule; the log keeps it."""
    pledge = instalment.pledge
    _record(session, "pledge.drop_expected", instalment, actor, now)
    pledge.instalments.remove(instalment)
    session.flush()


def _record(session: Session, verb: str, part: Instalment, actor: Any, now: datetime) -> None:
    pledge = part.pledge
    facts = {"name": pledge.name, "due_on": part.due_on.isoformat(), "cents": part.cents}
    record(session, verb, subject=pledge, actor=actor, now=now, edition_id=pledge.edition_id, **facts)
