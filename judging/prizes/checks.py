"""What must always hold of awards: within the prize, funded as the givers meant, bound and paid so in the ledger."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, selectinload

from challenges.editions.models import Edition
from challenges.ledger.models import Account, Transaction
from challenges.ledger.rules import AccountKind, TransactionKind
from challenges.sponsors.models import Prize, PrizeRule
from challenges.sponsors.queries import pledges_of
from challenges.sponsors.rules import PrizeKind
from judging.prizes.models import Award, AwardApproval, AwardFunding
from judging.prizes.outcomes.queries import settled_prizes
from judging.prizes.pools import wishes_about
from judging.prizes.posting import bound_parts, payment_key
from judging.prizes.queries import awards_of
from judging.prizes.standing import APPROVALS_NEEDED


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


def bound_otherwise(session: Session) -> Iterator[str]:
    """Pledges that hold more or less money bound than the awards that are not paid yet take from them."""
    taken = (
        select(func.coalesce(func.sum(AwardFunding.cents), 0))
        .join(Award, Award.id == AwardFunding.award_id)
        .where(AwardFunding.pledge_id == Account.pledge_id, Award.paid_on.is_(None))
        .scalar_subquery()
    )
    bound = select(Account.pledge_id, Account.balance_cents, taken).where(Account.kind == AccountKind.AWARDED)
    for pledge_id, cents, wanted in session.execute(bound):
        if cents != wanted:
            yield f"pledge {pledge_id} holds {cents} cents bound, its unpaid awards take {wanted}"


def payments_out_of_step(session: Session) -> Iterator[str]:
    """Awards that are paid on their page and not in the ledger, or the other way round, and payments of no award."""
    back = aliased(Transaction)
    query = select(Transaction.key).where(Transaction.kind == TransactionKind.PAYMENT)
    paid = set(session.scalars(query.where(~select(back.id).where(back.reverses_id == Transaction.id).exists())))
    for award in session.scalars(select(Award)):
        key = payment_key(award)
        if (award.paid_on is not None and award.cents > 0) != (key in paid):
            yield f"award {award.id} is paid on {award.paid_on}, the ledger says otherwise"
        paid.discard(key)
    for key in sorted(paid):
        yield f"the ledger has a payment of no award: {key}"


def fundings_against_purpose(session: Session) -> Iterator[str]:
    """Awards that are funded by a pledge which was given for something else, or for other teams and is not paid yet."""
    for edition in session.scalars(select(Edition)):
        awards = awards_of(session, edition)
        wishes = wishes_about(session, pledges_of(session, edition), awards)
        for part in (part for award in awards for part in award.fundings):
            if not wishes.is_meant_for(part.pledge, part.award):
                yield f"award {part.award_id} is funded by pledge {part.pledge_id}, which was not given for it"
            # What is paid stays paid: people may have taken back since what they stated of themselves.
            elif part.award.paid_on is None and (why := wishes.unmet(part.pledge, part.award)):
                grounds = ", ".join(each.ground for each in why)
                yield f"award {part.award_id} is funded by pledge {part.pledge_id}, against its conditions: {grounds}"


def payments_unapproved(session: Session) -> Iterator[str]:
    """Paid awards of which fewer than two people had approved what was paid; those from before are not known."""
    approved = AwardApproval.content_sha256 == Award.paid_content_sha256
    query = (
        select(Award.id, func.count(AwardApproval.person_id.distinct()))
        .outerjoin(AwardApproval, (AwardApproval.award_id == Award.id) & approved)
        .where(Award.paid_on.is_not(None), Award.paid_content_sha256.is_not(None))
        .group_by(Award.id)
        .having(func.count(AwardApproval.person_id.distinct()) < APPROVALS_NEEDED)
    )
    for number, people in session.execute(query):
        yield f"award {number} is paid, approved by {people}"


def gifts_divided(session: Session) -> Iterator[str]:
    """Gifts in kind that went to several entries, or that were added to money."""
    query = select(Award.prize_id, func.count(Award.id), func.sum(Award.cents)).join(Award.prize).join(Prize.rule)
    for number, entries, cents in session.execute(
        query.where(PrizeRule.kind == PrizeKind.IN_KIND).group_by(Award.prize_id)
    ):
        if entries > 1 or cents:
            yield f"the gift of prize {number} went to {entries} entries, with {cents} cents"


def prizes_spent_twice(session: Session) -> Iterator[str]:
    """Prizes of which more is awarded, given back and carried over than was announced."""
    for edition in session.scalars(select(Edition)):
        for prize, cents in settled_prizes(session, edition):
            if prize.awarded_cents + cents > prize.cents:
                yield f"prize {prize.id}: {prize.awarded_cents} cents awarded and {cents} gone, of {prize.cents}"


CHECKS = {
    "awards-approved": payments_unapproved,
    "gifts-whole": gifts_divided,
    "prizes-settled": prizes_spent_twice,
    "prizes-awarded": prizes_out_of_step,
    "awards-in-ledger": awards_out_of_step,
    "awards-bound": bound_otherwise,
    "awards-paid": payments_out_of_step,
    "awards-purpose": fundings_against_purpose,
}
