"""Money that leaves a pool other than by a prize, and acts that are taken back: each with the decision behind it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.days import require_happened
from challenges.ledger.models import Transaction
from challenges.ledger.queries import transaction_by_key
from challenges.ledger.rules import AccountKind, Move, TransactionKind
from challenges.ledger.service import Posting, post, reverse
from challenges.sponsors.models import CarriedPledge, PaymentReversal, Pledge, PledgePayment
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Conflict, Invalid

# Where each way out of a pool leads.
WAYS_OUT = {
    TransactionKind.REFUND: AccountKind.REFUNDED,
    TransactionKind.CARRY_OVER: AccountKind.CARRIED_OVER,
    TransactionKind.COST: AccountKind.COSTS,
}
REVERSIBLE = frozenset({TransactionKind.RECEIPT, TransactionKind.REDUCTION, *WAYS_OUT})


@dataclass(frozen=True)
class Release:
    """Money that leaves a pool: which way, how much, when, by which decision. A form sent twice carries one key."""

    way: TransactionKind
    cents: int
    happened_on: date
    decision: str
    reference: str
    request_key: str


def release(session: Session, *, pledge: Pledge, release: Release, actor: Any, now: datetime) -> Transaction:
    """Give money back to the giver, carry it over to another edition, or spend it on costs.

    The same `request_key` again gives the transaction that it made, and records nothing. Raises KeyTaken when that one
    says something else, Invalid for more than is left, a day to come, costs when the money was not given for them, or
    giving back what never came.
    """
    # Lock first: an award and a refund of the same euros wait for each other here.
    lock_row(session, pledge)
    _refuse_way(pledge, release.way)
    posting = Posting(
        kind=release.way,
        key=f"release/{release.request_key}",
        edition_id=pledge.edition_id,
        moves=[Move(pledge.id, AccountKind.HELD, WAYS_OUT[release.way], release.cents)],
        happened_on=release.happened_on,
        decision=release.decision,
        details={"reference": release.reference},
    )
    if transaction_by_key(session, posting.key) is not None:
        return post(session, posting=posting, actor=actor, now=now)
    require_happened(release.happened_on, edition=pledge.sponsor.edition, now=now, field="happened_on")
    if release.cents > pledge.left_cents:
        raise Invalid(_l("More than is left of this pledge. Check the amount."), field="cents")
    written = post(session, posting=posting, actor=actor, now=now)
    record(
        session, f"pledge.{release.way}", subject=pledge, actor=actor, now=now, edition_id=pledge.edition_id,
        name=pledge.name, cents=release.cents, decision=release.decision,
    )  # fmt: skip
    session.refresh(pledge)
    return written


def may_leave(pledge: Pledge, way: TransactionKind) -> bool:
    """Whether money of a pledge may leave it so: costs only where it was given for them, back only what came."""
    if way is TransactionKind.COST:
        return pledge.may_pay_costs
    return way is not TransactionKind.REFUND or not pledge.is_direct


def _refuse_way(pledge: Pledge, way: TransactionKind) -> None:
    if may_leave(pledge, way):
        return
    if way is TransactionKind.COST:
        raise Invalid(_l("This money was not given for costs."), field="way")
    raise Invalid(_l("This money never came: there is nothing to give back. Reduce the promise."), field="way")


def may_be_taken_back(transaction: Transaction) -> bool:
    """Whether an organiser may reverse it here: awards and their payments are taken back where they are made."""
    return transaction.kind in REVERSIBLE and transaction.reversed_by is None


def take_back(session: Session, *, transaction: Transaction, decision: str, actor: Any, now: datetime) -> Transaction:
    """Correct what was recorded by mistake, by its opposite and with the reason.

    Raises Conflict for what is not corrected here, AlreadyReversed, or Overdrawn when the money went on meanwhile.
    """
    if transaction.kind not in REVERSIBLE:
        raise Conflict(
            _l("This cannot be taken back here. Awards and payments to winners are taken back on the page of awards.")
        )
    if session.scalar(select(CarriedPledge.pledge_id).where(CarriedPledge.transaction_key == transaction.key)):
        raise Conflict(_l("This money opened a pledge in another edition. Carry it over from there to this one."))
    pledge = session.get_one(Pledge, transaction.lines[0].account.pledge_id)
    lock_row(session, pledge)
    back = reverse(session, transaction=transaction, decision=decision, actor=actor, now=now)
    if transaction.kind is TransactionKind.RECEIPT:
        _take_payment_back(session, transaction, decision, actor, now)
    record(
        session, "ledger.reverse", subject=back, actor=actor, now=now, edition_id=pledge.edition_id,
        name=pledge.name, decision=decision, reverses=transaction.id,
    )  # fmt: skip
    session.refresh(pledge)
    return back


def _take_payment_back(session: Session, receipt: Transaction, reason: str, actor: Any, now: datetime) -> None:
    request_key = receipt.key.removeprefix("receipt/")
    payment = session.scalars(select(PledgePayment).where(PledgePayment.request_key == request_key)).one()
    reversed_by_id = actor.id if actor is not None else None
    session.add(PaymentReversal(payment_id=payment.id, reason=reason, reversed_at=now, reversed_by_id=reversed_by_id))
    session.flush()
    session.expire(payment)
