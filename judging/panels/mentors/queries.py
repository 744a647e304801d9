"""Named reads of mentors."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from challenges.editions.models import Edition
from judging.panels.mentors.models import Mentor
from submissions.entries.models import Entry
from submissions.teams.models import Team


def mentors_of(session: Session, edition: Edition) -> Sequence[Mentor]:
    """Every mentor of an edition with their team, by name."""
    query = select(Mentor).join(Mentor.team).where(Team.edition_id == edition.id).options(joinedload(Mentor.team))
    return session.scalars(query.order_by(Mentor.name, Mentor.id)).all()


def mentors_of_entries(session: Session, edition: Edition) -> Mapping[int, set[str]]:
    """The addresses of the mentors of each handed-in entry's team: entry → addresses."""
    query = select(Entry.id, Mentor.email).join(Mentor, Mentor.team_id == Entry.team_id)
    handed_in = query.where(Entry.edition_id == edition.id, Entry.current_version_id.is_not(None))
    found = defaultdict[int, set[str]](set)
    for entry, email in session.execute(handed_in):
        found[entry].add(email)
    return found
