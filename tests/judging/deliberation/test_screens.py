"""The screens of a meeting: they follow the chair, and a recused juror's stays blank; who is there makes the quorum."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.errors import Conflict
from judging.deliberation.chairing import note_attendance, put_on_table
from judging.deliberation.export import export_attendances
from judging.deliberation.models import Attendance, Decision
from judging.deliberation.policy import may_open_at_meeting
from judging.deliberation.queries import meeting_of, present_now
from judging.deliberation.service import close_meeting, open_meeting
from judging.panels.service import seat_juror
from tests.factories import (
    declare_conflict,
    grant,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_review,
    sign_in,
)

pytestmark = pytest.mark.database("sqlite")
SECRET = "kept from the recused"


@pytest.fixture
def edition(session):
    return make_edition(session, Phase.DELIBERATION, reviews_needed=1)


@pytest.fixture
def jurors(session, edition):
    return [make_juror(session, edition, name=f"Juror {number}") for number in range(5)]


@pytest.fixture
def entries(session, edition, jurors):
    """Two entries; the first juror must not judge the second one. The meeting is open."""
    challenge = make_challenge(session, edition, criteria=1)
    made = [make_handed_in_entry(session, challenge) for _ in range(2)]
    make_review(session, jurors[1], made[0], [3])
    make_review(session, jurors[1], made[1], [4], comment_private=SECRET)
    declare_conflict(session, jurors[0], made[1])
    open_meeting(session, edition=edition, actor=None, now=utc_now())
    session.commit()
    return made


@pytest.fixture
def chair(new_client, session, edition):
    person = make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    return sign_in(new_client(), person)


def at(edition, place):
    return f"/editions/{edition.slug}/{place}"


def put(client, edition, **shown):
    return client.post(at(edition, "deliberation/table"), data=shown).status_code


def turn(client, edition):
    return client.get(at(edition, "deliberation/turn")).json["turn"]


def test_every_screen_follows_and_that_of_a_recused_juror_is_blank(new_client, edition, jurors, entries, chair):
    recused, other = (sign_in(new_client(), juror) for juror in jurors[:2])
    screen, before = at(edition, "deliberation/screen"), turn(other, edition)
    assert "Nothing is on the table yet" in other.get(screen).text
    assert put(chair, edition, entry=entries[1].code) == 302
    assert turn(other, edition) != before
    assert SECRET in other.get(screen).text and entries[1].code in other.get(screen).text
    blank = recused.get(screen).text
    assert "Not on your screen" in blank and SECRET not in blank and entries[1].code not in blank
    assert put(chair, edition, entry=entries[0].code) == 302
    assert entries[0].code in recused.get(screen).text
    assert put(chair, edition) == 302
    assert "Nothing is on the table yet" in recused.get(screen).text


def test_a_conflict_declared_now_changes_the_turn_of_that_juror_alone(new_client, session, jurors, entries, chair):
    edition = entries[0].edition
    late, other = (sign_in(new_client(), juror) for juror in jurors[2:4])
    put(chair, edition, entry=entries[0].code)
    before = [turn(client, edition) for client in (late, other)]
    declare_conflict(session, jurors[2], entries[0])
    session.commit()
    assert turn(late, edition) != before[0] and turn(other, edition) == before[1]
    assert entries[0].code not in late.get(at(edition, "deliberation/screen")).text


def test_the_projector_shows_what_is_on_the_table_and_who_must_leave(edition, entries, chair):
    put(chair, edition, entry=entries[1].code)
    page = chair.get(at(edition, "organise/deliberation/projector")).text
    assert SECRET in page and "Leave the room now" in page and "Juror 0" in page
    assert "Record the vote" not in page and "deliberation/table" not in page


def test_whoever_leads_the_jury_moves_the_screens_but_never_to_what_they_are_recused_from(
    new_client, session, edition, jurors, entries
):
    lead, other = (sign_in(new_client(), juror) for juror in jurors[:2])
    assert put(lead, edition, entry=entries[0].code) == 403
    said = {"most": None, "challenge_ids": [], "is_lead": True, "actor": None, "now": utc_now()}
    seat_juror(session, edition=edition, juror=jurors[0], **said)
    session.commit()
    assert put(lead, edition, entry=entries[0].code) == 302
    assert put(lead, edition, entry=entries[1].code) == 404
    assert put(other, edition, entry=entries[0].code) == 403
    page = lead.get(at(edition, "deliberation/screen")).text
    assert "You lead the meeting" in page and entries[1].code not in page


def test_the_whole_challenge_may_be_on_the_table(new_client, edition, jurors, entries, chair):
    assert put(chair, edition, number=entries[0].challenge.number) == 302
    page = sign_in(new_client(), jurors[0]).get(at(edition, "deliberation/screen")).text
    assert "The jury talks about the whole challenge" in page
    assert put(chair, edition, number=99) == 404


def test_works_of_an_open_meeting_are_open_to_its_jurors_and_to_no_recused_one(session, edition, jurors, entries):
    work = entries[1].current_version.upload
    admitted = [may_open_at_meeting(session, juror, work) for juror in jurors]
    assert admitted == [False, True, True, True, True]
    assert not may_open_at_meeting(session, make_person(session), work)
    close_meeting(session, edition=edition, actor=None, now=utc_now())
    assert not may_open_at_meeting(session, jurors[1], work)


def test_nothing_is_put_on_the_table_of_a_closed_meeting(session, edition, entries):
    close_meeting(session, edition=edition, actor=None, now=utc_now())
    shown = {"challenge": entries[0].challenge, "entry": entries[0], "actor": None, "now": utc_now()}
    with pytest.raises(Conflict, match="not open"):
        put_on_table(session, edition=edition, **shown)
    with pytest.raises(Conflict, match="not open"):
        note_attendance(session, edition=edition, present=(), actor=None, now=utc_now())


def test_stays_begin_and_end_and_closing_ends_them_all(session, edition, jurors, entries):
    now = utc_now()
    hours = [now + timedelta(hours=hour) for hour in range(4)]
    for hour, present in zip(hours, ([0, 1], [1, 2], [0, 1, 2]), strict=False):
        there = {jurors[number].id for number in present}
        note_attendance(session, edition=edition, present=there, actor=None, now=hour)
    assert present_now(session, edition) == {jurors[number].id for number in (0, 1, 2)}
    assert [stay["left_at"] is None for stay in export_attendances(session, jurors[0])] == [False, True]
    close_meeting(session, edition=edition, actor=None, now=hours[3])
    stays = [(each.juror_id, each.arrived_at, each.left_at) for each in session.scalars(select(Attendance))]
    assert sorted(stays) == sorted(
        (jurors[number].id, hours[arrived], hours[left])
        for number, arrived, left in ((0, 0, 1), (1, 0, 3), (2, 1, 3), (0, 2, 3))
    )


def vote(entry, *hands):
    counted = dict(zip(("votes_for", "votes_against", "abstained"), hands, strict=True))
    return {"kind": "disqualify", "entry": entry.id, "place": "", "reason": "A hidden copy", **counted}


def test_the_quorum_is_counted_from_those_present_without_a_conflict(session, edition, jurors, entries, chair):
    """Four may vote on the second entry: three must be there, and the recused juror is none of them."""
    table = at(edition, f"organise/deliberation/{entries[1].challenge.number}")
    noted = {"present": [jurors[number].id for number in (0, 1, 2)]}
    assert chair.post(at(edition, "organise/deliberation/attendance"), data=noted).status_code == 302
    answer = chair.post(table, data=vote(entries[1], 3, 0, 0))
    assert answer.status_code == 422 and "2 of the jurors who may vote here are noted as present" in answer.text
    assert chair.post(table, data=vote(entries[1], 2, 0, 0)).status_code == 302
    noted["present"].append(jurors[3].id)
    chair.post(at(edition, "organise/deliberation/attendance"), data=noted)
    assert chair.post(table, data=vote(entries[1], 2, 0, 0)).status_code == 302
    votes = [(each.voters, each.present, each.quorum, each.is_carried) for each in session.scalars(select(Decision))]
    assert votes == [(4, 2, 3, False), (4, 3, 3, True)]


def test_a_vote_is_on_the_screens_at_once(new_client, session, jurors, entries, chair):
    edition = entries[0].edition
    put(chair, edition, entry=entries[0].code)
    before = meeting_of(session, edition).turn
    table = at(edition, f"organise/deliberation/{entries[0].challenge.number}")
    chair.post(table, data=vote(entries[0], 4, 1, 0))
    session.expire_all()
    assert meeting_of(session, edition).turn == before + 1
    assert "A hidden copy" in sign_in(new_client(), jurors[0]).get(at(edition, "deliberation/screen")).text
