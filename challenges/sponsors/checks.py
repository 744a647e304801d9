"""What must always hold of pledges: their sums, and the same sums in the ledger."""

from collections.abc import Iterator

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from challenges.ledger.models import Account, Transaction
from challenges.ledger.queries import figures_of_pledges
from challenges.sponsors.models import Instalment, PaymentReversal, Pledge, PledgePayment


def wrong_receipts(session: Session) -> Iterator[str]:
    """Pledges whose received sum is not that of their payments, those taken back left out."""
    standing = select(func.coalesce(func.sum(PledgePayment.cents), 0)).where(PledgePayment.pledge_id == Pledge.id)
    standing = standing.where(PledgePayment.id.not_in(select(PaymentReversal.payment_id)))
    arrived = standing.correlate(Pledge).scalar_subquery()
    for name, kept, cents in session.execute(
        select(Pledge.name, Pledge.received_cents, arrived).where(Pledge.received_cents != arrived)
    ):
        yield f"“{name}” says {kept} cents received, its payments {cents}"


def pledges_out_of_step(session: Session) -> Iterator[str]:
    """Pledges of which the ledger says something else."""
    pledges = session.scalars(select(Pledge)).all()
    figures = figures_of_pledges(session, [pledge.id for pledge in pledges])
    for pledge in pledges:
        told = figures[pledge.id]
        ledger = (told.promised, told.at_hand, told.awarded, told.released)
        kept = (pledge.promised_cents, pledge.held_cents, pledge.allocated_cents, pledge.released_cents)
        if ledger != kept:
            yield f"“{pledge.name}” says promised, held, awarded, released {kept}, the ledger {ledger}"


def receipts_out_of_step(session: Session) -> Iterator[str]:
    """Payments of sponsors that the ledger does not have, or has on another day."""
    in_ledger = Transaction.key == literal("receipt/") + PledgePayment.request_key
    query = select(PledgePayment.id, PledgePayment.received_on, Transaction.happened_on).outerjoin(
        Transaction, in_ledger
    )
    for number, kept, told in session.execute(
        query.where(Transaction.happened_on.is_distinct_from(PledgePayment.received_on))
    ):
        yield f"payment {number} arrived on {kept}, in the ledger on {told}"


def held_by_others(session: Session) -> Iterator[str]:
    """Pledges of which the ledger says that somebody else holds the money."""
    query = select(Pledge.name, Pledge.custody, Account.custody).join(Account, Account.pledge_id == Pledge.id)
    for name, kept, told in session.execute(query.where(Account.custody != Pledge.custody).distinct()):
        yield f"“{name}” is held by {kept}, in the ledger by {told}"


def schedules_beyond_promises(session: Session) -> Iterator[str]:
    """Pledges that expect more than was promised."""
    query = select(Pledge.name).join(Instalment, Instalment.pledge_id == Pledge.id)
    for name in session.scalars(query.group_by(Pledge.id).having(func.sum(Instalment.cents) > Pledge.promised_cents)):
        yield f"the schedule of “{name}” is more than its promise"


CHECKS = {
    "pledges-received": wrong_receipts,
    "pledges-in-ledger": pledges_out_of_step,
    "receipts-in-ledger": receipts_out_of_step,
    "pledges-held": held_by_others,
    "pledges-scheduled": schedules_beyond_promises,
}
