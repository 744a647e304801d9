"""What must always hold of payments to winners: a proof where the sponsor paid, and acts in the log."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.ledger.rules import Custody
from challenges.sponsors.models import Pledge
from hackaviz.kernel.audit import is_logged
from judging.prizes.models import Award, AwardFunding

# Those from before two people approved each are not known in full.
PAID = (Award.paid_on.is_not(None), Award.paid_content_sha256.is_not(None))


def payments_unproved(session: Session) -> Iterator[str]:
    """Awards that their sponsors paid, without a file that shows it."""
    query = select(Award.id).join(AwardFunding, AwardFunding.award_id == Award.id)
    query = query.join(Pledge, Pledge.id == AwardFunding.pledge_id).where(Pledge.custody == Custody.DIRECT)
    for number in session.scalars(query.where(*PAID, Award.proof_key.is_(None)).distinct()):
        yield f"award {number} is paid directly, without a proof"


def payments_unlogged(session: Session) -> Iterator[str]:
    """Paid awards that nobody approved or paid, as far as the log knows."""
    for verb in ("award.approve", "award.pay"):
        for number in session.scalars(select(Award.id).where(*PAID, ~is_logged(Award, verb))):
            yield f"award {number} is paid, and the log has no {verb} of it"


CHECKS = {"payments-proved": payments_unproved, "payments-logged": payments_unlogged}
