"""Two people at once, on both databases, each in a thread and transaction of their own."""

import pytest

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from submissions.teams import service
from submissions.teams.models import TeamInvitation, TeamMember
from submissions.teams.refusals import AlreadyInTeam, InvitationUnusable, NameTaken, TeamFull
from tests.factories import make_edition, make_person, make_team, register

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def edition(session, now):
    return make_edition(session, now=now, largest_team=2)


def make_guest(session, edition):
    person = make_person(session)
    register(session, edition, person)
    return person


def invite(session, team, person, now):
    service.invite_member(session, team=team, email=person.email, actor=team.captain, now=now)
    session.flush()
    return team.invitations[-1].id


def joining(invitation_id, person_id, now):
    def join(own):
        invitation, person = own.get_one(TeamInvitation, invitation_id), own.get_one(Person, person_id)
        return service.join(own, invitation=invitation, actor=person, now=now).seat

    return join


def test_of_two_people_after_the_last_seat_exactly_one_gets_it(session, edition, now, race):
    team, one, other = make_team(session, edition), make_guest(session, edition), make_guest(session, edition)
    acts = [joining(invite(session, team, person, now), person.id, now) for person in (one, other)]
    answers = race(*acts)
    assert 2 in answers
    assert [type(answer) for answer in answers if answer != 2] == [TeamFull]
    assert len(team.members) == 2


def test_one_link_opened_twice_gives_one_seat(session, edition, now, race):
    edition.largest_team = 5
    team, one, other = make_team(session, edition), make_guest(session, edition), make_guest(session, edition)
    invitation_id = invite(session, team, one, now)
    answers = race(joining(invitation_id, one.id, now), joining(invitation_id, other.id, now))
    assert [type(answer) for answer in answers if answer != 2] == [InvitationUnusable]
    assert len(team.members) == 2


def test_one_person_who_joins_two_teams_at_once_is_in_one(session, edition, now, race):
    guest = make_guest(session, edition)
    teams = [make_team(session, edition), make_team(session, edition)]
    answers = race(*(joining(invite(session, team, guest, now), guest.id, now) for team in teams))
    assert [type(answer) for answer in answers if answer != 2] == [AlreadyInTeam]
    assert session.query(TeamMember).filter_by(person_id=guest.id).count() == 1


def test_one_name_asked_for_twice_at_once_is_given_once(session, edition, now, race):
    people = [make_guest(session, edition).id, make_guest(session, edition).id]
    edition_id = edition.id

    def creating(person_id):
        def create(own):
            edition, person = own.get_one(Edition, edition_id), own.get_one(Person, person_id)
            return service.create_team(own, edition=edition, name="Quais", actor=person, now=now).name

        return create

    answers = race(*(creating(person_id) for person_id in people))
    assert sorted(type(answer) for answer in answers if answer != "Quais") == [NameTaken]
