"""Named reads of published results."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.editions.rules import results_are_public
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import Action
from judging.results.models import Publication


def publications_of(session: Session, edition: Edition) -> Sequence[Publication]:
    """Every publication of an edition, the newest first, withdrawn and coming ones included."""
    query = select(Publication).where(Publication.edition_id == edition.id)
    return session.scalars(query.order_by(Publication.number.desc())).all()


def public_publications(session: Session, edition: Edition, now: datetime) -> Sequence[Publication]:
    """What the public may see: publications whose embargo is over, the newest first; none before."""
    if not results_are_public(edition, now):
        return ()
    return [
        publication
        for publication in publications_of(session, edition)
        if publication.withdrawn_at is None and publication.public_at <= now
    ]


def public_results(session: Session, edition: Edition, now: datetime) -> Publication | None:
    """The publication that is in force for the public."""
    return next(iter(public_publications(session, edition, now)), None)


def waiting_publication(session: Session, edition: Edition, now: datetime) -> Publication | None:
    """A publication that is scheduled and still under embargo."""
    return next(
        (
            publication
            for publication in publications_of(session, edition)
            if publication.withdrawn_at is None and publication.public_at > now
        ),
        None,
    )


@dataclass(frozen=True)
class Withdrawal:
    """A date that was taken back: `because` says what changed ("method", "marks"), or else `by` who took it back."""

    publication: Publication
    because: str
    by: str


def last_withdrawal(session: Session, edition: Edition) -> Withdrawal | None:
    """How the newest publication lost its date; None where it has one, and before there is any."""
    newest = next(iter(publications_of(session, edition)), None)
    if newest is None or newest.withdrawn_at is None:
        return None
    query = select(Action.details, Person.name).outerjoin(Person, Person.id == Action.actor_id)
    of_it = query.where(Action.subject_type == Publication.__tablename__, Action.subject_id == newest.id)
    details, name = session.execute(of_it.where(Action.verb == "results.withdraw")).one()
    return Withdrawal(newest, details.get("because", ""), name or "")


def standing_publication(session: Session, edition: Edition) -> Publication | None:
    """The newest publication that is not withdrawn, under embargo or public: for organisers."""
    query = select(Publication).where(Publication.edition_id == edition.id, Publication.withdrawn_at.is_(None))
    return session.scalars(query.order_by(Publication.number.desc()).limit(1)).first()
