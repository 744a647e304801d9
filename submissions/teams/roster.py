"""Who sits in a team: taking a seat, leaving it, handing the captaincy over. Every verb locks the team first."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Invalid
from submissions.teams.models import Team, TeamMember
from submissions.teams.policy import require_captain
from submissions.teams.queries import locked_team, registration_of, team_of
from submissions.teams.refusals import (
    AlreadyInTeam,
    CaptainStays,
    EntryKeepsTeam,
    NotRegistered,
    RosterClosed,
    TeamFull,
)
from submissions.teams.rules import first_free_seat, roster_is_open, team_may_change


def require_newcomer(session: Session, *, edition: Edition, person: Person) -> None:
    """Raises NotRegistered or AlreadyInTeam: the person cannot take a seat in any team."""
    if registration_of(session, edition, person) is None:
        raise NotRegistered
    if team_of(session, edition, person) is not None:
        raise AlreadyInTeam


def require_open_roster(team: Team, now: datetime) -> None:
    """Raises RosterClosed once the team's deadline has passed."""
    if not team_may_change(team, now):
        raise RosterClosed


def require_teams_form(edition: Edition, now: datetime) -> None:
    """Raises RosterClosed when no team may form any more, or yet."""
    if not roster_is_open(edition, now):
        raise RosterClosed


def sit(session: Session, *, team: Team, person: Person, now: datetime, is_captain: bool = False) -> TeamMember:
    """Give a person the first free seat. Raises RosterClosed, NotRegistered, AlreadyInTeam or TeamFull."""
    require_open_roster(team, now)
    require_newcomer(session, edition=team.edition, person=person)
    # Lock first: two people who take the last seat together must not both see it free.
    team = locked_team(session, team)
    largest = team.edition.largest_team
    seat = first_free_seat({member.seat for member in team.members}, largest)
    if seat is None:
        raise TeamFull(largest)
    place = {"team_id": team.id, "edition_id": team.edition_id, "seat": seat}
    member = TeamMember(**place, person_id=person.id, is_captain=is_captain, joined_at=now)
    try:
        with session.begin_nested():
            session.add(member)
    except IntegrityError as error:
        require_newcomer(session, edition=team.edition, person=person)
        raise TeamFull(largest) from error
    session.refresh(team, ["members"])
    return member


def leave(session: Session, *, team: Team, actor: Person, now: datetime) -> None:
    """Leave the team. The captain hands over first; the last member dissolves the team with the act."""
    require_open_roster(team, now)
    team = locked_team(session, team)
    member = _seat_of(team, actor)
    if member.is_captain and len(team.members) > 1:
        raise CaptainStays
    record(session, "team.leave", subject=team, actor=actor, now=now, edition_id=team.edition_id, name=team.name)
    _empty(session, member)
    if not team.members:
        _dissolve(session, team)


def remove_member(session: Session, *, team: Team, person: Person, actor: Person, now: datetime) -> None:
    """Take a member's seat away: an act of the captain."""
    require_open_roster(team, now)
    team = locked_team(session, team)
    require_captain(actor, team)
    member = _seat_of(team, person)
    if member.is_captain:
        raise CaptainStays
    record(
        session, "team.remove_member", subject=team, actor=actor, now=now, edition_id=team.edition_id, person=person.id
    )
    _empty(session, member)


def hand_over(session: Session, *, team: Team, person: Person, actor: Person, now: datetime) -> None:
    """Make another member the captain."""
    require_open_roster(team, now)
    team = locked_team(session, team)
    require_captain(actor, team)
    heir = _seat_of(team, person)
    for member in team.members:
        member.is_captain = member is heir
    record(session, "team.hand_over", subject=team, actor=actor, now=now, edition_id=team.edition_id, captain=person.id)


def _empty(session: Session, member: TeamMember) -> None:
    team = member.team
    session.delete(member)
    session.flush()
    session.refresh(team, ["members"])


def _dissolve(session: Session, team: Team) -> None:
    try:
        with session.begin_nested():
            for invitation in team.invitations:
                session.delete(invitation)
            session.delete(team)
    except IntegrityError as error:
        raise EntryKeepsTeam from error


def _seat_of(team: Team, person: Person) -> TeamMember:
    member = next((member for member in team.members if member.person_id == person.id), None)
    if member is None:
        raise Invalid(_l("This person is not in the team any more. Nothing was changed."))
    return member
