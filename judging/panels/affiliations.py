"""Where jurors and teams belong, read for the detection of conflicts; and what each knows, read for assignments."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.catalogue.models import Dataset
from challenges.editions.models import Edition
from challenges.sponsors.queries import pledges_of, purposes_of
from hackaviz.accounts.models import EditionRole, Person, Role
from judging.panels.models import Bid
from judging.panels.rules import Affiliation, Pair
from submissions.entries.models import Citation, Entry
from submissions.teams.models import Registration, Team, TeamMember


def affiliations_of_jurors(session: Session, edition: Edition, jurors: Sequence[Person]) -> list[Affiliation]:
    """Each juror's address, schools and teams of other editions, and the sponsors of this one they speak for."""
    people = [juror.id for juror in jurors]
    schools = _sets(
        session, select(Registration.person_id, Registration.school).where(Registration.person_id.in_(people))
    )
    teams = _past_teams(session, edition, people)
    roles = select(EditionRole.person_id, EditionRole.sponsor_id).where(
        EditionRole.person_id.in_(people), EditionRole.edition_id == edition.id, EditionRole.role == Role.SPONSOR
    )
    sponsors = _sets(session, roles)
    return [
        Affiliation(each.id, each.email, *(frozenset(known[each.id]) for known in (schools, teams, sponsors)))
        for each in jurors
    ]


def affiliations_of_teams(session: Session, edition: Edition) -> Mapping[int, list[Affiliation]]:
    """The members of the team of each handed-in entry: entry → affiliations."""
    query = (
        select(Entry.id, Person.id, Person.email, Registration.school, Team.school)
        .join(Team, Team.id == Entry.team_id)
        .join(TeamMember, TeamMember.team_id == Entry.team_id)
        .join(Person, Person.id == TeamMember.person_id)
        .outerjoin(
            Registration, (Registration.person_id == Person.id) & (Registration.edition_id == TeamMember.edition_id)
        )
        .where(Entry.edition_id == edition.id, Entry.current_version_id.is_not(None))
    )
    rows = session.execute(query).all()
    teams = _past_teams(session, edition, [row[1] for row in rows])
    members = defaultdict[int, list[Affiliation]](list)
    for entry, person, email, *schools in rows:
        named = frozenset(school or "" for school in schools)
        members[entry].append(Affiliation(person, email, named, frozenset(teams[person])))
    return members


def sponsors_of_entries(session: Session, edition: Edition) -> Mapping[int, frozenset[int]]:
    """Who pays for the challenge of each handed-in entry by a pledge that names it: entry → sponsors."""
    pledges = pledges_of(session, edition)
    purposes = purposes_of(session, pledges)
    payers = defaultdict[int, set[int]](set)
    for pledge in pledges:
        for challenge in purposes.get(pledge.id, ()):
            payers[challenge].add(pledge.sponsor_id)
    query = select(Entry.id, Entry.challenge_id).where(Entry.edition_id == edition.id)
    rows = session.execute(query.where(Entry.current_version_id.is_not(None)))
    return {entry: frozenset(payers.get(challenge, ())) for entry, challenge in rows}


def themes_of_entries(session: Session, edition: Edition) -> Mapping[int, set[str]]:
    """The themes of the datasets that each entry cites: entry → codes."""
    query = select(Citation.entry_id, Dataset.theme).join(Citation.dataset).join(Citation.entry)
    return _sets(session, query.where(Entry.edition_id == edition.id))


def wishes_of(session: Session, edition: Edition) -> dict[Pair, int]:
    """What jurors would like to review, or rather not: (juror, entry) → 1 or -1."""
    query = select(Bid.juror_id, Bid.entry_id, Bid.wish).join(Entry, Entry.id == Bid.entry_id)
    rows = session.execute(query.where(Entry.edition_id == edition.id))
    return {(juror, entry): wish for juror, entry, wish in rows}


def _past_teams(session: Session, edition: Edition, people: Sequence[int]) -> Mapping[int, set[Any]]:
    query = select(TeamMember.person_id, TeamMember.team_id)
    return _sets(session, query.where(TeamMember.person_id.in_(people), TeamMember.edition_id != edition.id))


def _sets(session: Session, query: Any) -> Mapping[int, set[Any]]:
    found = defaultdict[int, set[Any]](set)
    for key, value in session.execute(query):
        found[key].add(value)
    return found
