"""More time for one team: who gives it, what holds, what stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from hackaviz.accounts.models import Role
from hackaviz.kernel.audit import Action
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.mail import OutgoingMail
from hackaviz.web.forms import local
from submissions.entries.refusals import TooLate
from submissions.entries.service import cite, start_entry
from submissions.teams import roster
from submissions.teams.extensions import give_extension
from submissions.teams.refusals import RosterClosed
from submissions.teams.rules import team_deadline
from tests.factories import (
    grant,
    make_challenge,
    make_dataset,
    make_edition,
    make_entry,
    make_person,
    make_team,
    sign_in,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def team(session, now):
    edition = make_edition(session, now=now)
    people = [make_person(session), make_person(session)]
    return make_team(session, edition, people, challenge=make_challenge(session, edition))


@pytest.fixture
def extend(in_app, session, team, now):
    """Gives the team some hours more than all others."""

    def extend(hours, at=now, reason="A fire alarm."):
        closes_at = team.edition.submission_closes_at + hours * HOUR
        facts = {"closes_at": closes_at, "reason": reason, "actor": make_person(session), "now": at}
        give_extension(session, team=team, **facts)
        session.refresh(team, ["extensions"])

    return extend


def test_the_last_extension_holds_and_earlier_ones_stay(team, extend):
    deadline = team.edition.submission_closes_at
    extend(3)
    extend(1)
    assert team_deadline(team) == deadline + HOUR
    assert [each.closes_at - deadline for each in team.extensions] == [3 * HOUR, HOUR]


@pytest.mark.parametrize(
    "statement", ["UPDATE deadline_extensions SET reason = 'x'", "DELETE FROM deadline_extensions"]
)
def test_the_database_itself_keeps_what_was_given(session, extend, statement):
    extend(1)
    session.commit()
    with pytest.raises(DBAPIError):
        session.execute(text(statement))
    session.rollback()


def test_it_is_logged_and_written_to_every_member(session, team, extend):
    extend(1)
    logged = session.scalars(select(Action).where(Action.verb == "team.extend")).one()
    assert logged.details["reason"] == "A fire alarm."
    letters = session.scalars(select(OutgoingMail)).all()
    assert {letter.recipient for letter in letters} == {member.person.email for member in team.members}
    assert all("A fire alarm." in letter.body for letter in letters)


@pytest.mark.parametrize(
    ("hours", "at_hours", "reason"), [(0, 0, "x"), (-1, 0, "x"), (25, 0, "x"), (1, 2, "x"), (1, 0, "")]
)
def test_what_makes_no_sense_is_refused(team, extend, hours, at_hours, reason):
    at = team.edition.submission_closes_at + at_hours * HOUR
    with pytest.raises(Invalid):
        extend(hours, at=at - HOUR if not at_hours else at, reason=reason)
    assert team.extensions == []


def test_a_team_with_more_time_goes_on_where_others_cannot(session, team, extend, now):
    late = team.edition.submission_closes_at + HOUR
    other = make_team(session, team.edition, challenge=team.challenge)
    entries = [make_entry(session, each, team.challenge) for each in (team, other)]
    extend(1)
    facts = {"dataset": make_dataset(session), "usage": "For the map.", "now": late}
    cite(session, entry=entries[0], actor=team.captain, **facts)
    with pytest.raises(TooLate):
        cite(session, entry=entries[1], actor=other.captain, **facts)
    roster.hand_over(session, team=team, person=team.members[1].person, actor=team.captain, now=late)
    with pytest.raises(RosterClosed):
        roster.leave(session, team=other, actor=other.captain, now=late)
    start_entry(session, team=team, actor=team.captain, now=late)


@pytest.mark.database("sqlite")
def test_an_organiser_gives_it_and_the_team_reads_why(session, client, new_client):
    edition = make_edition(session)
    team = make_team(session, edition)
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    address = f"/editions/{edition.slug}/organise/teams/{team.public_id}/deadline"
    later = local(edition.submission_closes_at + 3 * HOUR, edition.time_zone).isoformat()[:16]
    browser = sign_in(new_client(), organiser)
    assert browser.post(address, data={"closes_at": later, "reason": ""}).status_code == 422
    assert browser.post(address, data={"closes_at": later, "reason": "A fire alarm."}).status_code == 302
    assert "A fire alarm." in browser.get(address).text
    assert "A fire alarm." in sign_in(client, team.captain).get(f"/teams/{team.public_id}").text
    assert client.get(address).status_code == 403
