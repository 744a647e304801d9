"""Who may see a team and act for it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.editions.policy import may_organise
from hackaviz.accounts.models import Person
from hackaviz.kernel.errors import NotFound
from submissions.teams.models import Registration, Team, TeamInvitation
from submissions.teams.queries import registration_at, team_by_public_id
from submissions.teams.refusals import NotCaptain


def is_member(person: Any, team: Team) -> bool:
    """Whether a person has a seat in the team."""
    return bool(person.is_authenticated and any(member.person_id == person.id for member in team.members))


def is_captain(person: Any, team: Team) -> bool:
    """Whether a person answers for the team."""
    return any(member.is_captain and member.person_id == person.id for member in team.members)


def may_see(person: Any, team: Team) -> bool:
    """Its members and the organisers; a team is nobody else's business before the results."""
    return is_member(person, team) or may_organise(person, team.edition)


def find_own_team(session: Session, public_id: str, person: Any) -> Team:
    """The team at an address, for one of its members. Raises NotFound for everybody else."""
    team = team_by_public_id(session, public_id)
    if team is None or not is_member(person, team):
        raise _no_team()
    return team


def find_team(session: Session, public_id: str, person: Any) -> Team:
    """The team at an address, for its members and organisers. Raises NotFound for everybody else."""
    team = team_by_public_id(session, public_id)
    if team is None or not may_see(person, team):
        raise _no_team()
    return team


def find_team_of(session: Session, edition: Edition, public_id: str) -> Team:
    """A team of an edition, for its organisers. Raises NotFound."""
    team = team_by_public_id(session, public_id)
    if team is None or team.edition_id != edition.id:
        raise _no_team()
    return team


def require_captain(person: Any, team: Team) -> None:
    """Raises NotCaptain."""
    if not is_captain(person, team):
        raise NotCaptain


def _no_team() -> NotFound:
    return NotFound(_l("There is no team at this address, or it is not yours."))


def find_registration(session: Session, edition: Edition, person_public_id: str) -> Registration:
    """The registration of a person, for organisers. Raises NotFound."""
    registration = registration_at(session, edition, person_public_id)
    if registration is None:
        raise NotFound(_l("Nobody with this address is registered for this edition."))
    return registration


def find_member(team: Team, person_public_id: str) -> Person:
    """A member of the team. Raises NotFound."""
    people = (member.person for member in team.members)
    person = next((person for person in people if person.public_id == person_public_id), None)
    if person is None:
        raise NotFound(_l("This person is not in the team any more. Nothing was changed."))
    return person


def find_invitation(team: Team, invitation_id: int) -> TeamInvitation:
    """An invitation of the team. Raises NotFound."""
    invitation = next((each for each in team.invitations if each.id == invitation_id), None)
    if invitation is None:
        raise NotFound(_l("This invitation is not one of your team."))
    return invitation
