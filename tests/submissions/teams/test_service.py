from datetime import timedelta

import pytest
from sqlalchemy import select

from challenges.editions.models import RulesVersion
from challenges.editions.rules import Phase
from hackaviz.kernel.audit import Action
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.mail import OutgoingMail
from submissions.teams import roster, service
from submissions.teams.models import Eligibility, Team, TeamInvitation
from submissions.teams.queries import invitation_by_token, registration_of, team_of
from submissions.teams.refusals import (
    AlreadyInTeam,
    AlreadyRegistered,
    CaptainStays,
    EntryKeepsTeam,
    InvitationUnusable,
    NameTaken,
    NotCaptain,
    NotRegistered,
    RegistrationClosed,
    RosterClosed,
    RulesChanged,
    TeamFull,
)
from submissions.teams.rules import Statement
from tests.factories import both, make_challenge, make_edition, make_entry, make_person, make_team, register, save

STUDENT = Statement(is_student=True, school="École centrale")
pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def edition(session, now):
    return make_edition(session, now=now, largest_team=3)


def enrol(session, edition, person, now, statement=STUDENT):
    version = edition.current_rules
    return service.register(session, edition=edition, rules_version=version, statement=statement, actor=person, now=now)


def newer_rules(session, edition, now):
    version = save(session, RulesVersion(edition=edition, number=2, text=both("New"), published_at=now))
    session.refresh(edition)
    return version


def invited(session, team, now, email="someone@example.org"):
    token = service.invite_member(session, team=team, email=email, actor=team.captain, now=now)
    session.flush()
    return invitation_by_token(session, token)


def test_registration_keeps_what_was_stated_and_which_rules_were_accepted(session, edition, now):
    person = make_person(session)
    enrol(session, edition, person, now, Statement(True, "École centrale", is_minor=True))
    kept = registration_of(session, edition, person)
    assert (kept.school, kept.is_minor, kept.eligibility) == ("École centrale", True, Eligibility.STATED)
    assert (kept.rules_version, kept.rules_accepted_at) == (edition.current_rules, now)


@pytest.mark.parametrize("field", ["registration_opens_at", "registration_closes_at"])
def test_registration_opens_and_closes_to_the_instant(session, now, field):
    edition = make_edition(session, Phase.REGISTRATION, now)
    setattr(edition, field, now)
    enrol(session, edition, make_person(session), now)
    outside = now + timedelta(microseconds=1 if field == "registration_closes_at" else -1)
    with pytest.raises(RegistrationClosed):
        enrol(session, edition, make_person(session), outside)


def test_a_student_names_a_school_and_others_need_not(session, edition, now):
    with pytest.raises(Invalid) as refusal:
        enrol(session, edition, make_person(session), now, Statement(is_student=True))
    assert refusal.value.field == "school"
    assert enrol(session, edition, make_person(session), now, Statement(is_student=False)).school == ""


def test_nobody_registers_twice(session, edition, now):
    person = make_person(session)
    enrol(session, edition, person, now)
    with pytest.raises(AlreadyRegistered):
        enrol(session, edition, person, now)


def test_only_the_current_rules_can_be_accepted(session, edition, now):
    person, former = make_person(session), edition.current_rules
    registration = register(session, edition, person)
    newer = newer_rules(session, edition, now)
    with pytest.raises(RulesChanged):
        service.accept_rules(session, registration=registration, rules_version=former, actor=person, now=now)
    service.accept_rules(session, registration=registration, rules_version=newer, actor=person, now=now)
    assert (registration.rules_version, registration.rules_accepted_at) == (newer, now)


def test_a_refusal_of_a_status_needs_a_reason_and_tells_it(session, edition, now):
    organiser, person = make_person(session), make_person(session, language="fr")
    registration = register(session, edition, person)
    facts = {"registration": registration, "actor": organiser, "now": now, "eligibility": Eligibility.REFUSED}
    with pytest.raises(Invalid) as refusal:
        service.decide_eligibility(session, reason="", **facts)
    assert refusal.value.field == "reason"
    service.decide_eligibility(session, reason="Carte expirée", **facts)
    letter = session.scalars(select(OutgoingMail)).one()
    assert (letter.recipient, letter.subject) == (person.email, "Votre statut est refusé")
    assert "Carte expirée" in letter.body


def test_the_creator_of_a_team_is_its_captain(session, edition, now):
    person, challenge = make_person(session), make_challenge(session, edition)
    register(session, edition, person)
    team = service.create_team(
        session, edition=edition, name=" Les  Quais ", challenge=challenge, actor=person, now=now
    )
    assert (team.name, team.captain, team.challenge) == ("Les Quais", person, challenge)
    assert team_of(session, edition, person) is team


def test_two_teams_of_an_edition_never_share_a_name(session, edition, now):
    make_team(session, edition, name="Éclats")
    person = make_person(session)
    register(session, edition, person)
    with pytest.raises(NameTaken):
        service.create_team(session, edition=edition, name="ECLATS", actor=person, now=now)
    other = make_edition(session, now=now)
    register(session, other, person)
    assert service.create_team(session, edition=other, name="ECLATS", actor=person, now=now).name == "ECLATS"


def test_only_registered_people_create_a_team(session, edition, now):
    with pytest.raises(NotRegistered):
        service.create_team(session, edition=edition, name="Quais", actor=make_person(session), now=now)


def test_nobody_is_in_two_teams_of_an_edition(session, edition, now):
    captain = make_team(session, edition).captain
    with pytest.raises(AlreadyInTeam):
        service.create_team(session, edition=edition, name="Quais", actor=captain, now=now)


def test_a_draft_challenge_or_one_of_another_edition_is_refused(session, edition, now):
    team = make_team(session, edition)
    draft = make_challenge(session, edition, visibility="draft", published_at=None)
    for challenge in (draft, make_challenge(session, make_edition(session, now=now))):
        with pytest.raises(Invalid):
            service.choose_challenge(session, team=team, challenge=challenge, actor=team.captain, now=now)


def test_an_invitation_is_a_letter_whose_link_gives_a_seat_once(session, edition, now):
    team, guest = make_team(session, edition), make_person(session)
    register(session, edition, guest)
    invitation = invited(session, team, now, guest.email)
    letter = session.scalars(select(OutgoingMail)).one()
    assert letter.recipient == guest.email
    assert "/team-invitations/" in letter.body
    assert service.join(session, invitation=invitation, actor=guest, now=now).seat == 2
    other = make_person(session)
    register(session, edition, other)
    with pytest.raises(InvitationUnusable):
        service.join(session, invitation=invitation, actor=other, now=now)


def test_a_link_works_for_fourteen_days(session, edition, now):
    team, guest = make_team(session, edition), make_person(session)
    register(session, edition, guest)
    edition.submission_closes_at, edition.judging_opens_at = now + timedelta(days=30), now + timedelta(days=31)
    edition.judging_closes_at = now + timedelta(days=40)
    invitation = invited(session, team, now)
    late = now + timedelta(days=14, seconds=1)
    with pytest.raises(InvitationUnusable):
        service.join(session, invitation=invitation, actor=guest, now=late)
    service.join(session, invitation=invitation, actor=guest, now=now + timedelta(days=14))


def test_sending_again_replaces_the_link_and_withdrawing_ends_it(session, edition, now):
    team = make_team(session, edition)
    first = service.invite_member(session, team=team, email="a@example.org", actor=team.captain, now=now)
    invitation = invitation_by_token(session, first)
    second = service.resend_invitation(session, invitation=invitation, actor=team.captain, now=now)
    assert invitation_by_token(session, first) is None
    assert invitation_by_token(session, second) is invitation
    service.withdraw_invitation(session, invitation=invitation, actor=team.captain, now=now)
    with pytest.raises(InvitationUnusable):
        service.join(session, invitation=invitation, actor=make_person(session), now=now)


def test_inviting_an_address_again_replaces_its_open_invitation(session, edition, now):
    team = make_team(session, edition)
    former = invited(session, team, now, "Same@Example.org")
    invited(session, team, now, "same@example.org")
    assert former.withdrawn_at == now


def test_nobody_joins_without_being_registered(session, edition, now):
    invitation = invited(session, make_team(session, edition), now)
    with pytest.raises(NotRegistered):
        service.join(session, invitation=invitation, actor=make_person(session), now=now)


def test_a_full_team_takes_and_invites_nobody(session, edition, now):
    edition.largest_team = 2
    team, guest, latecomer = make_team(session, edition), make_person(session), make_person(session)
    for person in (guest, latecomer):
        register(session, edition, person)
    first, second = invited(session, team, now, guest.email), invited(session, team, now, latecomer.email)
    service.join(session, invitation=first, actor=guest, now=now)
    with pytest.raises(TeamFull):
        service.join(session, invitation=second, actor=latecomer, now=now)
    with pytest.raises(TeamFull):
        invited(session, team, now)


def test_only_the_captain_invites_removes_and_hands_over(session, edition, now):
    captain, member = make_person(session), make_person(session)
    team = make_team(session, edition, [captain, member])
    with pytest.raises(NotCaptain):
        service.invite_member(session, team=team, email="a@example.org", actor=member, now=now)
    with pytest.raises(NotCaptain):
        roster.remove_member(session, team=team, person=captain, actor=member, now=now)
    with pytest.raises(NotCaptain):
        roster.hand_over(session, team=team, person=member, actor=member, now=now)


def test_the_captain_hands_over_before_leaving(session, edition, now):
    captain, member = make_person(session), make_person(session)
    team = make_team(session, edition, [captain, member])
    with pytest.raises(CaptainStays):
        roster.leave(session, team=team, actor=captain, now=now)
    roster.hand_over(session, team=team, person=member, actor=captain, now=now)
    roster.leave(session, team=team, actor=captain, now=now)
    assert [seat.person for seat in team.members] == [member]
    assert team.captain is member


def test_a_removed_member_frees_a_seat_and_may_join_another_team(session, edition, now):
    captain, member = make_person(session), make_person(session)
    team = make_team(session, edition, [captain, member])
    roster.remove_member(session, team=team, person=member, actor=captain, now=now)
    assert team_of(session, edition, member) is None
    assert service.create_team(session, edition=edition, name="Nouvelle", actor=member, now=now).captain is member


def test_the_last_member_dissolves_a_team_without_entry(session, edition, now):
    team = make_team(session, edition)
    invited(session, team, now)
    roster.leave(session, team=team, actor=team.captain, now=now)
    session.flush()
    assert session.scalars(select(Team)).all() == []
    assert session.scalars(select(TeamInvitation)).all() == []


def test_the_last_member_stays_with_an_entry(session, edition, now):
    team = make_team(session, edition)
    make_entry(session, team, make_challenge(session, edition))
    with pytest.raises(EntryKeepsTeam):
        roster.leave(session, team=team, actor=team.captain, now=now)


def test_after_the_deadline_the_roster_is_frozen(session, edition, now):
    captain, member = make_person(session), make_person(session)
    team = make_team(session, edition, [captain, member])
    late = edition.submission_closes_at + timedelta(microseconds=1)
    acts = [
        lambda: roster.leave(session, team=team, actor=member, now=late),
        lambda: roster.remove_member(session, team=team, person=member, actor=captain, now=late),
        lambda: roster.hand_over(session, team=team, person=member, actor=captain, now=late),
        lambda: service.invite_member(session, team=team, email="a@example.org", actor=captain, now=late),
    ]
    for act in acts:
        with pytest.raises(RosterClosed):
            act()


def test_every_act_is_in_the_log(session, edition, now):
    team = make_team(session, edition)
    invited(session, team, now)
    session.flush()
    act = session.scalars(select(Action).where(Action.verb == "team.invite")).one()
    assert (act.actor_id, act.edition_id, act.subject_id, act.at) == (team.captain.id, edition.id, team.id, now)
    assert "example.org" not in str(act.details)


def test_the_captain_says_which_school_the_public_reads(session, edition, now):
    team = make_team(session, edition, [make_person(session), make_person(session)])
    service.state_school(session, team=team, school="  École   centrale ", actor=team.captain, now=now)
    assert team.school == "École centrale"
    with pytest.raises(NotCaptain):
        service.state_school(session, team=team, school="Autre", actor=team.members[1].person, now=now)
