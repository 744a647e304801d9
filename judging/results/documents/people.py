"""Who took part in an edition, in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from submissions.teams.models import Registration, Team, TeamMember


@dataclass(frozen=True)
class People:
    """Heads, and teams."""

    registered: int
    students: int
    in_teams: int
    teams: int


def people_of(session: Session, edition: Edition) -> People:
    """How many people and teams an edition has."""
    registered = select(func.count(Registration.id)).where(Registration.edition_id == edition.id)
    members = select(func.count(TeamMember.id)).where(TeamMember.edition_id == edition.id)
    teams = select(func.count(Team.id)).where(Team.edition_id == edition.id)
    queries = (registered, registered.where(Registration.is_student), members, teams)
    return People(*(session.scalar(query) or 0 for query in queries))


def schools_of(session: Session, edition: Edition) -> Sequence[tuple[str, int]]:
    """The schools that registered people state, with how many, the largest first."""
    count = func.count(Registration.id)
    query = select(Registration.school, count).where(Registration.edition_id == edition.id)
    rows = session.execute(query.group_by(Registration.school).order_by(count.desc(), Registration.school))
    return [(school, number) for school, number in rows]
