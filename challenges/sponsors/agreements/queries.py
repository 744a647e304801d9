"""Named reads of agreements."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from challenges.editions.models import Edition
from challenges.sponsors.agreements.models import Agreement, AgreementParty, Contribution


def agreements_of(session: Session, edition: Edition) -> Sequence[Agreement]:
    """The agreements of an edition with parties and contributions."""
    return session.scalars(_whole(edition).order_by(Agreement.id)).all()


def agreement_by_id(session: Session, edition: Edition, agreement_id: int) -> Agreement | None:
    """An agreement of an edition, whole."""
    return session.scalar(_whole(edition).where(Agreement.id == agreement_id))


def party_by_id(session: Session, agreement: Agreement, party_id: int) -> AgreementParty | None:
    """A party of an agreement."""
    query = select(AgreementParty).where(AgreementParty.id == party_id, AgreementParty.agreement_id == agreement.id)
    return session.scalar(query)


def contribution_by_id(session: Session, party: AgreementParty, contribution_id: int) -> Contribution | None:
    """What a party brings."""
    query = select(Contribution).where(Contribution.id == contribution_id, Contribution.party_id == party.id)
    return session.scalar(query)


def _whole(edition: Edition) -> Select[Agreement]:
    parties = selectinload(Agreement.parties).selectinload(AgreementParty.contributions)
    return select(Agreement).where(Agreement.edition_id == edition.id).options(parties)
