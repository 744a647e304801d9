"""Named reads of what people state for prizes, and of who takes part hors concours."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.eligibility.models import HorsConcours, PledgeRule, PrizeStatement
from challenges.sponsors.eligibility.rules import Conditions
from challenges.sponsors.models import Pledge, Prize, PrizeRule
from hackaviz.accounts.models import Person


def conditions_in(session: Session, edition: Edition) -> Sequence[Conditions]:
    """The conditions of the prizes of an edition and of the pledges that pay them, where there are any."""
    of_prizes = select(PrizeRule).join(PrizeRule.prize).where(Prize.edition_id == edition.id)
    of_pledges = select(PledgeRule).join(Pledge, Pledge.id == PledgeRule.pledge_id)
    own = of_pledges.where(Pledge.edition_id == edition.id)
    return [*session.scalars(of_prizes), *session.scalars(own)]


def statement_of(session: Session, edition: Edition, person: Person) -> PrizeStatement | None:
    """What a person stated."""
    return statements_of(session, edition.id, [person.id]).get(person.id)


def statements_of(session: Session, edition_id: int, people: Collection[int]) -> Mapping[int, PrizeStatement]:
    """Person → what they stated."""
    query = select(PrizeStatement).where(PrizeStatement.edition_id == edition_id, PrizeStatement.person_id.in_(people))
    return {each.person_id: each for each in session.scalars(query)}


def statements_by(session: Session, person: Person) -> Sequence[tuple[str, PrizeStatement]]:
    """What a person stated, edition by edition (its slug)."""
    query = select(Edition.slug, PrizeStatement).join(Edition, Edition.id == PrizeStatement.edition_id)
    rows = session.execute(query.where(PrizeStatement.person_id == person.id).order_by(PrizeStatement.id))
    return [(slug, statement) for slug, statement in rows]


def hors_concours_in(session: Session, edition_id: int) -> Mapping[int, HorsConcours]:
    """Person → the organisers' decision that they take part hors concours."""
    query = select(HorsConcours).where(HorsConcours.edition_id == edition_id)
    return {each.person_id: each for each in session.scalars(query)}


def hors_concours_of(session: Session, person: Person) -> Sequence[tuple[str, HorsConcours]]:
    """The decisions that a person takes part hors concours, edition by edition (its slug)."""
    query = select(Edition.slug, HorsConcours).join(Edition, Edition.id == HorsConcours.edition_id)
    rows = session.execute(query.where(HorsConcours.person_id == person.id).order_by(HorsConcours.id))
    return [(slug, decided) for slug, decided in rows]
