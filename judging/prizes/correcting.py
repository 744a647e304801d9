"""A payment to a winner that was recorded by mistake: taken back with a reason, so that the award is unpaid again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Conflict
from judging.prizes.locking import lock_award
from judging.prizes.models import Award, AwardPaymentReversal
from judging.prizes.posting import payment_key, unpay
from judging.prizes.winnings import winning_with


@dataclass(frozen=True)
class Correction:
    """Why something was wrong, who says so, and when."""

    reason: str
    actor: Any
    now: datetime


def take_payment_back(
    session: Session, *, edition: Edition, award: Award, reason: str, actor: Any, now: datetime
) -> list[AwardPaymentReversal]:
    """Correct a payment by its opposite, with the other slices of its tie: they were paid at once.

    The money is bound to the award again, and two people approve it anew. What was recorded stays, with its proof.
    Raises Conflict when nothing is paid, or it was taken back meanwhile.
    """
    lock_award(session, edition, award)
    if award.paid_on is None:
        raise Conflict(_l("This award is not paid, or its payment is taken back already. Nothing was changed."))
    winning = winning_with(session, edition, award)
    facts = {"entry": award.entry.code, "cents": winning.cents, "paid_on": award.paid_on.isoformat()}
    facts |= {"reference": award.payment_reference, "proof": award.proof_key, "reason": reason}
    correction = Correction(reason, actor, now)
    written = [_take_back(session, edition, each, correction) for each in winning.slices]
    record(session, "award.unpay", subject=winning.lead, actor=actor, now=now, edition_id=edition.id, **facts)
    session.flush()
    return written


def _take_back(session: Session, edition: Edition, award: Award, correction: Correction) -> AwardPaymentReversal:
    written = _write_down(session, edition, award, correction)
    acts: dict[str, Any] = {"actor": correction.actor, "now": correction.now}
    unpay(session, award, edition_id=edition.id, decision=correction.reason, **acts)
    award.paid_on, award.payment_reference, award.paid_content_sha256, award.payout_key = None, "", None, None
    award.proof_key, award.proof_name = None, ""
    session.flush()
    # Only now: what is paid keeps its approvals. The log has them for ever.
    award.approvals.clear()
    return written


def _write_down(session: Session, edition: Edition, award: Award, correction: Correction) -> AwardPaymentReversal:
    written = AwardPaymentReversal(
        edition_id=edition.id,
        award_id=award.id,
        payment_key=payment_key(award) if award.cents else None,
        payout_key=award.payout_key,
        prize_title=award.prize.title,
        entry_code=award.entry.code,
        cents=award.cents,
        paid_on=award.paid_on,
        payment_reference=award.payment_reference,
        proof_key=award.proof_key,
        proof_name=award.proof_name,
        reason=correction.reason,
        reversed_at=correction.now,
        reversed_by_id=correction.actor.id if correction.actor else None,
    )
    session.add(written)
    session.flush()
    return written
