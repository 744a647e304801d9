"""Named reads of registrations, teams and invitations."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.kernel.identifiers import token_digest
from hackaviz.web.paging import Page
from submissions.teams.models import DeadlineExtension, Eligibility, Registration, Team, TeamInvitation, TeamMember
from submissions.teams.rules import name_in_public

PAGE_SIZE = 50
WHOLE_TEAM = (
    joinedload(Team.edition).selectinload(Edition.rules_versions),
    joinedload(Team.challenge),
    selectinload(Team.members).joinedload(TeamMember.person),
    selectinload(Team.invitations),
    selectinload(Team.extensions).joinedload(DeadlineExtension.given_by),
)


@dataclass(frozen=True)
class ParticipantFilter:
    """What an organiser looks for among participants; `state` None means everybody."""

    state: Eligibility | None = None
    text: str = ""


def registration_of(session: Session, edition: Edition, person: Person) -> Registration | None:
    """A person's registration for an edition."""
    return session.scalar(_registrations(edition).where(Registration.person_id == person.id))


def registration_at(session: Session, edition: Edition, person_public_id: str) -> Registration | None:
    """The registration of the person with this identifier."""
    return session.scalar(_registrations(edition).join(Registration.person).where(Person.public_id == person_public_id))


def is_registered(session: Session, edition_slug: str, person: Person) -> bool:
    """Whether a person is registered for the edition at an address."""
    query = select(Registration.id).join(Registration.edition).where(Edition.slug == edition_slug)
    return session.scalar(query.where(Registration.person_id == person.id)) is not None


def registrations_of_members(session: Session, team: Team) -> dict[int, Registration]:
    """The registration of each member, by the number of the person."""
    people = [member.person_id for member in team.members]
    rows = session.scalars(_registrations(team.edition).where(Registration.person_id.in_(people)))
    return {registration.person_id: registration for registration in rows}


def _registrations(edition: Edition) -> Select[Registration]:
    whole = (joinedload(Registration.person), joinedload(Registration.rules_version))
    return select(Registration).where(Registration.edition_id == edition.id).options(*whole)


def participants(session: Session, edition: Edition, wanted: ParticipantFilter, number: int) -> Page[Registration]:
    """A page of registrations, by name."""
    query = _wanted(_registrations(edition).join(Registration.person), wanted)
    total = session.scalar(select(func.count()).select_from(query.with_only_columns(Registration.id).subquery())) or 0
    rows = session.scalars(
        query.order_by(Person.name, Registration.id).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, number, PAGE_SIZE, total)


def _wanted(query: Select[Registration], wanted: ParticipantFilter) -> Select[Registration]:
    if wanted.state is not None:
        query = query.where(Registration.eligibility == wanted.state, Registration.is_student)
    if wanted.text:
        fields = (Person.name, Person.email, Registration.school)
        query = query.where(or_(*(field.icontains(wanted.text, autoescape=True) for field in fields)))
    return query


def statuses_to_confirm(session: Session, edition: Edition) -> int:
    """How many students wait for an organiser's word."""
    stated = (Registration.eligibility == Eligibility.STATED, Registration.is_student)
    query = select(func.count(Registration.id)).where(Registration.edition_id == edition.id, *stated)
    return session.scalar(query) or 0


def team_of(session: Session, edition: Edition, person: Person) -> Team | None:
    """The team of a person in an edition."""
    query = select(Team).join(Team.members).options(*WHOLE_TEAM)
    return session.scalar(query.where(Team.edition_id == edition.id, TeamMember.person_id == person.id))


def team_by_public_id(session: Session, public_id: str) -> Team | None:
    """A team with its members, invitations, challenge and edition."""
    return session.scalar(select(Team).where(Team.public_id == public_id).options(*WHOLE_TEAM))


def teams_of(session: Session, edition: Edition) -> Sequence[Team]:
    """Every team of an edition, by name."""
    return session.scalars(
        select(Team).where(Team.edition_id == edition.id).options(*WHOLE_TEAM).order_by(Team.folded_name)
    ).all()


def names_in_public(session: Session, edition: Edition, team: Team | None = None) -> Mapping[int, list[str]]:
    """Team → its members in order of seats, named as the public may read them; one team, or all of the edition."""
    same_person = (Registration.person_id == TeamMember.person_id) & (Registration.edition_id == TeamMember.edition_id)
    query = (
        select(TeamMember.team_id, Person.name, Registration.is_minor)
        .join(Person, Person.id == TeamMember.person_id)
        .join(Registration, same_person, isouter=True)
        .where(TeamMember.edition_id == edition.id)
    )
    if team is not None:
        query = query.where(TeamMember.team_id == team.id)
    names = defaultdict[int, list[str]](list)
    for team_id, name, is_minor in session.execute(query.order_by(TeamMember.team_id, TeamMember.seat)):
        names[team_id].append(name_in_public(name, bool(is_minor)))
    return names


def registrations_of(session: Session, person: Person) -> Sequence[Registration]:
    """The editions a person takes part in, the newest first."""
    query = select(Registration).where(Registration.person_id == person.id).options(joinedload(Registration.edition))
    return session.scalars(query.order_by(Registration.id.desc())).all()


def locked_team(session: Session, team: Team) -> Team:
    """The team as it is now, its row locked until the end of the transaction, its members read after the lock."""
    session.flush()
    query = select(Team).where(Team.id == team.id).with_for_update().execution_options(populate_existing=True)
    locked = session.scalars(query).one()
    session.refresh(locked, ["members", "extensions"])
    return locked


def invitation_by_token(session: Session, token: str) -> TeamInvitation | None:
    """The invitation behind a link, whatever its state."""
    query = select(TeamInvitation).where(TeamInvitation.token_digest == token_digest(token))
    whole = joinedload(TeamInvitation.team).options(*WHOLE_TEAM)
    return session.scalar(query.options(whole))
