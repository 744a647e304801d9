"""The terms by which challenges are ranked."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from challenges.editions.models import Edition
from judging.ranking.contest import Terms
from judging.scoring.method.models import MethodChoice


def choices_of(session: Session, edition: Edition) -> Sequence[MethodChoice]:
    """Every method that was named in an edition, the first one first."""
    query = select(MethodChoice).where(MethodChoice.edition_id == edition.id).order_by(MethodChoice.id)
    return session.scalars(query.options(joinedload(MethodChoice.challenge))).all()


def choice_for(choices: Sequence[MethodChoice], challenge_id: int | None) -> MethodChoice | None:
    """The choice in force for a challenge, or, for None, for the challenges that have none of their own."""
    concerned = [each for each in choices if each.challenge_id in {None, challenge_id}]
    return concerned[-1] if concerned else None


def terms_for(edition: Edition, choices: Sequence[MethodChoice], challenge_id: int | None) -> Terms:
    """The terms of a challenge. Where nobody named a method, the weighted mean ranks and equal scores share a place."""
    choice = choice_for(choices, challenge_id)
    if choice is None:
        return Terms(reviews_needed=edition.reviews_needed)
    return Terms(choice.method.value, choice.ties, edition.reviews_needed)
