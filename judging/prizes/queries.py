"""Named reads of awards."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from challenges.editions.models import Edition
from challenges.sponsors.models import Pledge, Prize, PrizeRule, Sponsor
from challenges.sponsors.rules import PrizeKind
from hackaviz.accounts.models import Person
from judging.prizes.models import (
    Award,
    AwardApproval,
    AwardFunding,
    AwardPaymentReversal,
    PassedOver,
    ShareProposal,
)
from submissions.entries.models import Entry
from submissions.teams.models import Team, TeamMember


def awards_of(session: Session, edition: Edition) -> Sequence[Award]:
    """The awards of an edition with entry, team, prize, funding and approvals, prize by prize."""
    return session.scalars(_awards(edition)).all()


def _awards(edition: Edition) -> Select[Award]:
    return (
        select(Award)
        .join(Award.prize)
        .where(Prize.edition_id == edition.id)
        .options(
            joinedload(Award.prize),
            joinedload(Award.entry).joinedload(Entry.team),
            selectinload(Award.fundings).joinedload(AwardFunding.pledge).joinedload(Pledge.sponsor),
            selectinload(Award.approvals).joinedload(AwardApproval.person).selectinload(Person.roles),
            selectinload(Award.share_proposals).options(
                selectinload(ShareProposal.parts), selectinload(ShareProposal.consents)
            ),
        )
        .order_by(Prize.challenge_id.is_(None), Prize.challenge_id, Prize.place, Award.id)
    )


def payable_awards(session: Session, edition: Edition) -> Sequence[Award]:
    """The same, with all that a payment list says: challenge, members and approvals."""
    to_entry = joinedload(Award.entry)
    to_team = to_entry.joinedload(Entry.team)
    return session.scalars(
        _awards(edition).options(
            to_entry.joinedload(Entry.challenge), to_team.selectinload(Team.members).joinedload(TeamMember.person)
        )
    ).all()


def award_by_id(session: Session, edition: Edition, award_id: int) -> Award | None:
    """One award of an edition."""
    return session.scalar(
        select(Award)
        .join(Award.prize)
        .where(Award.id == award_id, Prize.edition_id == edition.id)
        .options(joinedload(Award.prize), joinedload(Award.entry).joinedload(Entry.team), selectinload(Award.fundings))
    )


def payments_taken_back(session: Session, edition: Edition) -> Sequence[AwardPaymentReversal]:
    """Payments to winners that were recorded by mistake, in the order in which they were taken back."""
    query = select(AwardPaymentReversal).where(AwardPaymentReversal.edition_id == edition.id)
    return session.scalars(query.order_by(AwardPaymentReversal.id)).all()


def reversed_payment(session: Session, edition: Edition, reversal_id: int) -> AwardPaymentReversal | None:
    """One of them."""
    query = select(AwardPaymentReversal).where(AwardPaymentReversal.edition_id == edition.id)
    return session.scalar(query.where(AwardPaymentReversal.id == reversal_id))


def paid_awards(session: Session, edition: Edition) -> Sequence[Award]:
    """The awards whose money has reached the winner."""
    query = select(Award).join(Award.prize).where(Prize.edition_id == edition.id)
    return session.scalars(query.where(Award.paid_on.is_not(None), Award.ledger_key.is_not(None))).all()


def fundings_from(session: Session, sponsor: Sponsor) -> Sequence[AwardFunding]:
    """Where a sponsor's money went, with award, prize, entry and team."""
    to_award = joinedload(AwardFunding.award)
    return session.scalars(
        select(AwardFunding)
        .join(AwardFunding.pledge)
        .where(Pledge.sponsor_id == sponsor.id)
        .options(
            joinedload(AwardFunding.pledge),
            to_award.joinedload(Award.prize),
            to_award.joinedload(Award.entry).joinedload(Entry.team),
        )
        .order_by(AwardFunding.id)
    ).all()


def passed_over_in(session: Session, edition: Edition) -> Sequence[PassedOver]:
    """Who did not get a prize that their place would have given them, with prize and entry."""
    query = select(PassedOver).join(PassedOver.prize).where(Prize.edition_id == edition.id)
    whole = (joinedload(PassedOver.prize), joinedload(PassedOver.entry).joinedload(Entry.team))
    return session.scalars(query.options(*whole).order_by(PassedOver.prize_id, PassedOver.id)).all()


def entries_with_a_prize(session: Session, edition: Edition, *, but: Collection[int] = ()) -> frozenset[int]:
    """The entries that hold a prize of the edition, mentions and these awards left out."""
    query = (
        select(Award.entry_id)
        .join(Award.prize)
        .outerjoin(Prize.rule)
        .where(Prize.edition_id == edition.id, Award.id.not_in(but))
        .where(PrizeRule.kind.is_distinct_from(PrizeKind.MENTION))
    )
    return frozenset(session.scalars(query))


def second_awards(session: Session, edition: Edition) -> frozenset[int]:
    """The awards to entries that had been given a prize of the edition before; mentions are none."""
    query = select(Award.id, Award.entry_id).join(Award.prize).outerjoin(Prize.rule).order_by(Award.id)
    of_edition = query.where(Prize.edition_id == edition.id, PrizeRule.kind.is_distinct_from(PrizeKind.MENTION))
    first: dict[int, int] = {}
    rows = session.execute(of_edition).all()
    return frozenset(award_id for award_id, entry_id in rows if first.setdefault(entry_id, award_id) != award_id)


def is_awarded(session: Session, prize: Prize) -> bool:
    """Whether somebody was given the prize or a part of it."""
    return session.scalar(select(Award.id).where(Award.prize_id == prize.id).limit(1)) is not None
