"""A promise that becomes less, or is withdrawn: a slip of the keyboard, or a sponsor who gives less than it said."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.days import require_happened
from challenges.ledger.models import Transaction
from challenges.ledger.queries import lines_by_place, transaction_by_key
from challenges.ledger.rules import AccountKind, TransactionKind, reduced
from challenges.ledger.service import Posting, post
from challenges.sponsors.models import Pledge
from challenges.sponsors.rules import least_promise
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Invalid


@dataclass(frozen=True)
class Reduction:
    """What is promised from now on, since when, by which decision. A form sent twice carries one key."""

    promised_cents: int
    happened_on: date
    decision: str
    request_key: str


def reduce_pledge(session: Session, *, pledge: Pledge, reduction: Reduction, actor: Any, now: datetime) -> Transaction:
    """Let a promise be less; the schedule is shortened from its end. The same `request_key` again changes nothing.

    Raises Invalid for more than is promised, less than was received, awarded or spent, or a day to come; KeyTaken.
    """
    lock_row(session, pledge)
    posting = _posting(session, pledge, reduction)
    if transaction_by_key(session, posting.key) is not None:
        return post(session, posting=posting, actor=actor, now=now)
    require_happened(reduction.happened_on, edition=pledge.sponsor.edition, now=now, field="happened_on")
    _refuse_impossible(pledge, reduction)
    before = pledge.promised_cents
    written = post(session, posting=posting, actor=actor, now=now)
    session.refresh(pledge)
    _shorten_schedule(pledge)
    record(
        session, "pledge.reduce", subject=pledge, actor=actor, now=now, edition_id=pledge.edition_id,
        name=pledge.name, before=before, after=pledge.promised_cents, decision=reduction.decision,
    )  # fmt: skip
    session.flush()
    return written


def _posting(session: Session, pledge: Pledge, reduction: Reduction) -> Posting:
    key = f"reduction/{reduction.request_key}"
    # Of a form that comes again: what it took off then.
    known = lines_by_place(session, key).get((pledge.id, AccountKind.SPONSOR))
    cents = known or max(1, pledge.promised_cents - reduction.promised_cents)
    return Posting(
        kind=TransactionKind.REDUCTION,
        key=key,
        edition_id=pledge.edition_id,
        moves=reduced(pledge.id, pledge.custody, cents),
        happened_on=reduction.happened_on,
        decision=reduction.decision,
        details={"promised_cents": reduction.promised_cents},
    )


def _refuse_impossible(pledge: Pledge, reduction: Reduction) -> None:
    if reduction.promised_cents >= pledge.promised_cents:
        raise Invalid(_l("This is not less than is promised now. For more, record another pledge."), field="cents")
    if reduction.promised_cents < least_promise(pledge):
        raise Invalid(
            _l("Less than was received, awarded or spent of it. Take that back first, or write a larger amount."),
            field="cents",
        )


def _shorten_schedule(pledge: Pledge) -> None:
    beyond = sum(part.cents for part in pledge.instalments) - pledge.promised_cents
    for part in sorted(pledge.instalments, key=lambda each: each.due_on, reverse=True):
        cut = min(max(0, beyond), part.cents)
        beyond -= cut
        if cut == part.cents:
            pledge.instalments.remove(part)
        else:
            part.cents -= cut
