"""What must always hold of awards: within the prize, funded within the award, and bound so in the ledger."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from challenges.sponsors.models import Prize
from judging.prizes.models import Award
from judging.prizes.posting import bound_parts


def prizes_out_of_step(session: Session) -> Iterator[str]:
    """Prizes whose awarded sum is not that of their awards, or is more than was announced."""
    given = select(func.coalesce(func.sum(Award.cents), 0)).where(Award.prize_id == Prize.id).scalar_subquery()
    for number, kept, cents, announced in session.execute(select(Prize.id, Prize.awarded_cents, given, Prize.cents)):
        if kept != cents or cents > announced:
            yield f"prize {number} says {kept} cents awarded, its awards {cents}, of {announced} announced"


def awards_out_of_step(session: Session) -> Iterator[str]:
    """Awards that are funded beyond their sum, paid without being funded, or bound otherwise in the ledger."""
    for award in session.scalars(select(Award).options(selectinload(Award.fundings))):
        parts = {funding.pledge_id: funding.cents for funding in award.fundings}
        if sum(parts.values()) > award.cents or (award.paid_on and sum(parts.values()) != award.cents):
            yield f"award {award.id} of {award.cents} cents is funded with {sum(parts.values())}"
        if parts != bound_parts(session, award):
            yield f"the ledger does not bind award {award.id} as it is funded"


CHECKS = {"prizes-awarded": prizes_out_of_step, "awards-in-ledger": awards_out_of_step}
