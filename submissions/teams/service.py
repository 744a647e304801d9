"""Verbs on registrations and teams. Each decides with rules, changes rows, records the act; none commits."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition, RulesVersion, Visibility
from challenges.editions.rules import registration_is_open
from hackaviz.accounts.models import Person
from hackaviz.accounts.queries import person_by_email
from hackaviz.accounts.rules import InvitationState, invitation_state, normalise_email
from hackaviz.kernel.audit import Action, record
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.identifiers import new_token, token_digest
from hackaviz.web.letters import write_letter
from submissions.teams.models import Eligibility, Registration, Team, TeamInvitation, TeamMember
from submissions.teams.policy import require_captain
from submissions.teams.refusals import (
    AlreadyRegistered,
    InvitationUnusable,
    NameTaken,
    RegistrationClosed,
    RulesChanged,
    TeamFull,
)
from submissions.teams.registry import team_registry
from submissions.teams.roster import require_newcomer, require_open_roster, require_teams_form, sit
from submissions.teams.rules import (
    INVITATION_LIFETIME,
    Statement,
    first_free_seat,
    folded_name,
)


def register(
    session: Session,
    *,
    edition: Edition,
    rules_version: RulesVersion,
    statement: Statement,
    actor: Person,
    now: datetime,
) -> Registration:
    """Register the actor for an edition; `rules_version` is the version that they read and accept."""
    if not registration_is_open(edition, now):
        raise RegistrationClosed
    _require_current(edition, rules_version)
    if statement.is_student and not statement.school:
        raise Invalid(_l("Name your school: organisers confirm it."), field="school")
    registration = Registration(
        edition_id=edition.id,
        person_id=actor.id,
        rules_version_id=rules_version.id,
        rules_accepted_at=now,
        is_student=statement.is_student,
        school=statement.school,
        is_minor=statement.is_minor,
    )
    try:
        with session.begin_nested():
            session.add(registration)
    except IntegrityError as error:
        raise AlreadyRegistered from error
    _record(session, "registration.register", registration, actor, now, rules_version=rules_version.number)
    return registration


def accept_rules(
    session: Session, *, registration: Registration, rules_version: RulesVersion, actor: Person, now: datetime
) -> None:
    """Accept a newer version of the rules; the log keeps which versions were accepted before."""
    _require_current(registration.edition, rules_version)
    before = registration.rules_version.number
    registration.rules_version = rules_version
    registration.rules_accepted_at = now
    _record(
        session,
        "registration.accept_rules",
        registration,
        actor,
        now,
        before=before,
        rules_version=rules_version.number,
    )


def decide_eligibility(
    session: Session, *, registration: Registration, eligibility: Eligibility, reason: str, actor: Person, now: datetime
) -> None:
    """Confirm or refuse what a person stated. They receive a letter with the reason."""
    if eligibility is Eligibility.REFUSED and not reason:
        raise Invalid(_l("Say why, so that the person knows what to correct."), field="reason")
    registration.eligibility = eligibility
    registration.eligibility_reason = reason
    registration.decided_at, registration.decided_by_id = now, actor.id
    whom = registration.person_id
    act = _record(
        session, "registration.decide", registration, actor, now, person_id=whom, eligibility=eligibility.value
    )
    session.flush()
    person, edition = registration.person, registration.edition
    context = {"registration": registration, "person": person, "edition": edition}
    key = f"eligibility/{act.id}"
    write_letter(
        session,
        "eligibility_decided",
        recipient=person.email,
        language=person.language,
        unique_key=key,
        now=now,
        **context,
    )


def create_team(
    session: Session, *, edition: Edition, name: str, challenge: Challenge | None = None, actor: Person, now: datetime
) -> Team:
    """Create a team whose captain is the actor."""
    require_teams_form(edition, now)
    require_newcomer(session, edition=edition, person=actor)
    team = Team(edition=edition, name=" ".join(name.split()), folded_name=folded_name(name), created_at=now)
    try:
        with session.begin_nested():
            session.add(team)
    except IntegrityError as error:
        raise NameTaken from error
    sit(session, team=team, person=actor, now=now, is_captain=True)
    _record(session, "team.create", team, actor, now, name=team.name)
    if challenge is not None:
        choose_challenge(session, team=team, challenge=challenge, actor=actor, now=now)
    return team


def choose_challenge(session: Session, *, team: Team, challenge: Challenge, actor: Person, now: datetime) -> None:
    """Take a published challenge of the edition; other rooms may refuse, for example once the team has handed in."""
    require_open_roster(team, now)
    require_captain(actor, team)
    if challenge.edition_id != team.edition_id or challenge.visibility is not Visibility.PUBLISHED:
        raise Invalid(_l("Choose one of the published challenges of this edition."), field="challenge")
    for follow in team_registry().challenge_followers:
        follow(session, team, challenge)
    team.challenge = challenge
    _record(session, "team.choose_challenge", team, actor, now, challenge=challenge.slug)


def state_school(session: Session, *, team: Team, school: str, actor: Person, now: datetime) -> None:
    """Say which school the public reads beside the work; empty for none."""
    require_captain(actor, team)
    team.school = " ".join(school.split())
    _record(session, "team.state_school", team, actor, now, school=team.school)


def invite_member(session: Session, *, team: Team, email: str, actor: Person, now: datetime) -> str:
    """Send an invitation by letter and return its token. An open invitation of this address is replaced."""
    email = normalise_email(email)
    require_open_roster(team, now)
    require_captain(actor, team)
    if first_free_seat({member.seat for member in team.members}, team.edition.largest_team) is None:
        raise TeamFull(team.edition.largest_team)
    if any(member.person.email == email for member in team.members):
        raise Invalid(_l("This person is already in the team."), field="email")
    for earlier in team.invitations:
        if earlier.email == email and invitation_state(earlier, now) is InvitationState.OPEN:
            earlier.withdrawn_at = now
    invitation = TeamInvitation(team=team, email=email, invited_by_id=actor.id, created_at=now)
    return _send(session, invitation, actor=actor, now=now)


def resend_invitation(session: Session, *, invitation: TeamInvitation, actor: Person, now: datetime) -> str:
    """Send a new link to the same address; the former link stops working."""
    require_open_roster(invitation.team, now)
    require_captain(actor, invitation.team)
    if invitation_state(invitation, now) not in {InvitationState.OPEN, InvitationState.EXPIRED}:
        raise InvitationUnusable
    return _send(session, invitation, actor=actor, now=now)


def withdraw_invitation(session: Session, *, invitation: TeamInvitation, actor: Person, now: datetime) -> None:
    """End an invitation that nobody has accepted."""
    require_captain(actor, invitation.team)
    if invitation.accepted_at is not None:
        raise InvitationUnusable
    invitation.withdrawn_at = now
    _record(session, "team.withdraw_invitation", invitation.team, actor, now, invitation=invitation.id)


def join(session: Session, *, invitation: TeamInvitation, actor: Person, now: datetime) -> TeamMember:
    """Accept an invitation: it is used up by taking a seat. Of two people after the last seat, one gets TeamFull."""
    if invitation_state(invitation, now) is not InvitationState.OPEN:
        raise InvitationUnusable
    member = sit(session, team=invitation.team, person=actor, now=now)
    # Read again under the team's lock: the same link may have been used a moment ago.
    session.refresh(invitation, ["accepted_at", "withdrawn_at"])
    if invitation_state(invitation, now) is not InvitationState.OPEN:
        raise InvitationUnusable
    invitation.accepted_at = now
    _record(session, "team.join", invitation.team, actor, now, invitation=invitation.id, seat=member.seat)
    return member


def _send(session: Session, invitation: TeamInvitation, *, actor: Person, now: datetime) -> str:
    token, team = new_token(), invitation.team
    invitation.token_digest, invitation.expires_at = token_digest(token), now + INVITATION_LIFETIME
    session.add(invitation)
    _record(session, "team.invite", team, actor, now, invitation=invitation.id)
    language = (person_by_email(session, invitation.email) or actor).language
    key = f"team-invitation/{invitation.token_digest}"
    context = {"team": team, "edition": team.edition, "inviter": actor, "token": token, "until": invitation.expires_at}
    write_letter(
        session, "team_invitation", recipient=invitation.email, language=language, unique_key=key, now=now, **context
    )
    return token


def _record(
    session: Session, verb: str, subject: Registration | Team, actor: Person, now: datetime, **details: Any
) -> Action:
    return record(session, verb, subject=subject, actor=actor, now=now, edition_id=subject.edition_id, **details)


def _require_current(edition: Edition, rules_version: RulesVersion) -> None:
    if edition.current_rules is None or edition.current_rules.id != rules_version.id:
        raise RulesChanged
