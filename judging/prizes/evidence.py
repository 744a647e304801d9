"""What must always hold of payments to winners: as two people approved, as the ledger has them, proved and logged."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from challenges.editions.models import Edition
from challenges.ledger.models import Transaction
from challenges.ledger.queries import transaction_by_key
from challenges.ledger.rules import Custody
from challenges.sponsors.models import Pledge
from hackaviz.kernel.audit import Action
from judging.prizes.models import Award, AwardFunding, AwardPaymentReversal
from judging.prizes.posting import payment_key
from judging.prizes.queries import awards_of
from judging.prizes.standing import content_of
from judging.prizes.winnings import Winning, winnings_of

# Those from before two people approved each are not known in full.
PAID = (Award.paid_on.is_not(None), Award.paid_content_sha256.is_not(None))


def payments_unproved(session: Session) -> Iterator[str]:
    """Awards that their sponsors paid, without a file that shows it."""
    query = select(Award.id).join(AwardFunding, AwardFunding.award_id == Award.id)
    query = query.join(Pledge, Pledge.id == AwardFunding.pledge_id).where(Pledge.custody == Custody.DIRECT)
    for number in session.scalars(query.where(*PAID, Award.proof_key.is_(None)).distinct()):
        yield f"award {number} is paid directly, without a proof"


def payments_unlogged(session: Session) -> Iterator[str]:
    """Paid awards that nobody paid or that others approved, as far as the log knows; it has one act for a tie."""
    query = select(Action).where(Action.subject_type == Award.__tablename__).order_by(Action.id)
    acts = session.scalars(query).all()
    approved = {(act.subject_id, act.actor_id) for act in acts if act.verb == "award.approve"}
    paid = {act.subject_id: act.details for act in acts if act.verb == "award.pay"}
    for winning in _paid_winnings(session):
        slices = [each.id for each in winning.slices]
        told = next((paid[number] for number in slices if number in paid), None)
        if told is None:
            yield f"award {winning.id} is paid, and the log has no award.pay of it"
        elif told.get("proof") != winning.lead.proof_key:
            yield f"the proof of award {winning.id} is not the one that the log has"
        for person in sorted({each.person_id for each in winning.lead.approvals}):
            if approved.isdisjoint((number, person) for number in slices):
                yield f"award {winning.id} is paid, and the log has no award.approve of it by person {person}"


def payments_otherwise_approved(session: Session) -> Iterator[str]:
    """Paid awards that are no longer what was approved: another entry, prize, sum, payer or share."""
    for winning in _paid_winnings(session):
        for award in winning.slices:
            if content_of(award) != award.paid_content_sha256:
                yield f"award {award.id} is paid, and is not what was approved"


def payments_otherwise_recorded(session: Session) -> Iterator[str]:
    """Paid awards whose day or reference is another in the ledger, or that cannot be told from later payments."""
    for award in session.scalars(select(Award).where(Award.paid_on.is_not(None))):
        written = transaction_by_key(session, payment_key(award)) if award.ledger_key else None
        told = (award.paid_on, award.payment_reference)
        if written and (written.happened_on, written.details.get("reference", "")) != told:
            yield f"award {award.id} is paid on {award.paid_on}, and on {written.happened_on} in the ledger"
        if award.payout_key is None:
            yield f"the payment of award {award.id} has no key"


def payments_taken_back_still(session: Session) -> Iterator[str]:
    """Payments that are written down as taken back, and stand in the ledger or with their award."""
    back = aliased(Transaction)
    stands = select(AwardPaymentReversal.id).join(Transaction, Transaction.key == AwardPaymentReversal.payment_key)
    query = stands.outerjoin(back, back.reverses_id == Transaction.id).where(back.id.is_(None))
    for number in session.scalars(query):
        yield f"payment taken back {number} still stands in the ledger"
    query = select(AwardPaymentReversal.id).join(Award, Award.payout_key == AwardPaymentReversal.payout_key)
    for number in session.scalars(query):
        yield f"payment taken back {number} still stands with its award"


def _paid_winnings(session: Session) -> Iterator[Winning]:
    for edition in session.scalars(select(Edition)):
        for winning in winnings_of(awards_of(session, edition)):
            if winning.paid_on and winning.lead.paid_content_sha256:
                yield winning


CHECKS = {
    "payments-proved": payments_unproved,
    "payments-logged": payments_unlogged,
    "payments-as-approved": payments_otherwise_approved,
    "payments-as-recorded": payments_otherwise_recorded,
    "payments-taken-back": payments_taken_back_still,
}
