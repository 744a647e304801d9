"""What organisers do with mentors."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from hackaviz.accounts.models import Person
from hackaviz.accounts.rules import normalise_email
from hackaviz.kernel.audit import record
from judging.panels.mentors.models import Mentor
from judging.panels.service import lock_panel
from submissions.teams.models import Team


def note_mentor(session: Session, *, team: Team, email: str, name: str, actor: Person, now: datetime) -> Mentor:
    """Note that somebody helps a team; noting twice changes the name alone.

    Where they are a juror, or become one, the link is shown as a possible conflict, and keeps them from the entry until
    an organiser settles it.
    """
    lock_panel(session, team.edition)
    address = normalise_email(email)
    mentor = session.scalar(select(Mentor).where(Mentor.team_id == team.id, Mentor.email == address))
    if mentor is None:
        mentor = Mentor(team=team, email=address, noted_at=now, noted_by_id=actor.id)
        session.add(mentor)
    mentor.name = name
    _record(session, "mentor.note", mentor, actor=actor, now=now)
    return mentor


def remove_mentor(session: Session, *, mentor: Mentor, actor: Person, now: datetime) -> None:
    """Forget a mentor who was noted by mistake; a conflict that was declared stays."""
    lock_panel(session, mentor.team.edition)
    _record(session, "mentor.remove", mentor, actor=actor, now=now)
    session.delete(mentor)


def _record(session: Session, verb: str, mentor: Mentor, **acted: Any) -> None:
    record(session, verb, subject=mentor.team, edition_id=mentor.team.edition_id, **acted)


def forget_person(session: Session, person: Person, _now: datetime) -> None:
    """Remove the notes that name a person whose account is closed."""
    for mentor in session.scalars(select(Mentor).where(Mentor.email == person.email)):
        session.delete(mentor)


def export_notes(session: Session, person: Person) -> list[dict[str, Any]]:
    """The teams that a person is noted to help, for their copy of their data."""
    query = select(Mentor).where(Mentor.email == person.email).order_by(Mentor.id)
    return [
        {
            "edition": each.team.edition.slug,
            "team": each.team.name,
            "name": each.name,
            "noted_at": each.noted_at.isoformat(),
        }
        for each in session.scalars(query)
    ]
