"""What is still open of a prize: announced, not awarded, and nothing else decided about it."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from challenges.editions.models import Edition
from challenges.ledger.models import Transaction
from challenges.sponsors.models import Pledge, Prize
from challenges.sponsors.queries import prizes_of
from judging.prizes.outcomes.models import OutcomePart, PrizeOutcome


def open_cents(session: Session, prize: Prize) -> int:
    """What may still be awarded of a prize, or given back, over or on: money that went is not there twice."""
    return prize.cents - prize.awarded_cents - settled_cents(session, prize)


def settled_cents(session: Session, prize: Prize) -> int:
    """What went back or over, as far as the ledger has not taken that back. What moved on is announced elsewhere."""
    query = _settled().where(PrizeOutcome.prize_id == prize.id)
    return sum(int(cents) for _prize_id, cents in session.execute(query))


def _settled() -> Select[int, int]:
    back = aliased(Transaction)
    return (
        select(PrizeOutcome.prize_id, func.sum(OutcomePart.cents))
        .join(OutcomePart.outcome)
        .join(Transaction, Transaction.key == OutcomePart.transaction_key)
        .outerjoin(back, back.reverses_id == Transaction.id)
        .where(back.id.is_(None))
        .group_by(PrizeOutcome.prize_id)
    )


def open_prizes(session: Session, edition: Edition) -> list[tuple[Prize, int]]:
    """The prizes of an edition that are open, with how much of each is; prizes without money are not among them."""
    still = [(prize, prize.cents - prize.awarded_cents - gone) for prize, gone in settled_prizes(session, edition)]
    return [(prize, cents) for prize, cents in still if cents > 0]


def settled_prizes(session: Session, edition: Edition) -> list[tuple[Prize, int]]:
    """Every prize of an edition, with what of it went back or over."""
    gone = {prize_id: int(cents) for prize_id, cents in session.execute(_settled())}
    return [(prize, gone.get(prize.id, 0)) for prize in prizes_of(session, edition)]


def outcomes_in(session: Session, edition: Edition) -> Sequence[PrizeOutcome]:
    """What was decided about prizes that nobody gets, with the pledges whose money it was."""
    query = select(PrizeOutcome).join(PrizeOutcome.prize).where(Prize.edition_id == edition.id)
    parts = selectinload(PrizeOutcome.parts).joinedload(OutcomePart.pledge).joinedload(Pledge.sponsor)
    whole = (joinedload(PrizeOutcome.prize), joinedload(PrizeOutcome.target_prize), parts)
    return session.scalars(
        query.options(*whole, joinedload(PrizeOutcome.target_edition)).order_by(PrizeOutcome.id)
    ).all()


def outcome_by_key(session: Session, request_key: str) -> PrizeOutcome | None:
    """The decision that a form has made already."""
    return session.scalar(select(PrizeOutcome).where(PrizeOutcome.request_key == request_key))
