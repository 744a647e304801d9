"""Guardians in a person's copy of their data, and when their names are forgotten."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from judging.prizes.models import Award, Guardian
from judging.prizes.shares.queries import sharers_in, winnings_shared_by

FORGOTTEN = "—"


def export_guardians(session: Session, person: Person) -> list[dict[str, Any]]:
    """Who consented for a person under 18, edition by edition, as plain JSON values."""
    query = select(Edition.slug, Guardian).join(Edition, Edition.id == Guardian.edition_id)
    rows = session.execute(query.where(Guardian.person_id == person.id).order_by(Guardian.id))
    return [{"edition": slug, "name": each.name, "consented_at": each.consented_at.isoformat()} for slug, each in rows]


def forget_guardians(session: Session, person: Person, _now: datetime) -> None:
    """Remove the names of the guardians of a person who leaves; who still receives money keeps theirs until then."""
    for guardian in session.scalars(select(Guardian).where(Guardian.person_id == person.id)):
        edition = session.get_one(Edition, guardian.edition_id)
        if all(each.paid_on or not each.cents for each in winnings_shared_by(session, edition, person)):
            guardian.name = FORGOTTEN


def forget_paid_guardians(session: Session, award: Award, now: datetime) -> None:
    """Once an award is paid, remove the names of the guardians of those whose accounts are closed."""
    for person in sharers_in(session, [award])[award.id]:
        if person.closed_at is not None:
            forget_guardians(session, person, now)
