"""What the pages of a team and of an invitation show, gathered for their templates."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from challenges.editions.policy import may_organise
from hackaviz.accounts.rules import InvitationState, invitation_state
from submissions.teams.models import Team, TeamInvitation
from submissions.teams.policy import is_captain, is_member
from submissions.teams.queries import registration_of, registrations_of_members, team_of
from submissions.teams.registry import team_registry
from submissions.teams.rules import team_deadline, team_may_change


def team_page(session: Session, team: Team, person: Any, now: datetime) -> dict[str, Any]:
    """Members, open invitations, what the reader may do, and the parts of other rooms."""
    parts = (part(session, team, now) for part in team_registry().parts)
    states = [(each, invitation_state(each, now)) for each in team.invitations]
    return {
        "team": team,
        "edition": team.edition,
        "now": now,
        "registrations": registrations_of_members(session, team),
        "invitations": [pair for pair in states if pair[1] in {InvitationState.OPEN, InvitationState.EXPIRED}],
        "parts": [part for part in parts if part is not None],
        "closes_at": team_deadline(team),
        "is_member": is_member(person, team),
        "is_captain": is_captain(person, team),
        "may_organise": may_organise(person, team.edition),
        "roster_is_open": team_may_change(team, now),
        "seats_left": team.edition.largest_team - len(team.members),
        "current_rules": team.edition.current_rules,
    }


@dataclass(frozen=True)
class Step:
    """One step of accepting an invitation, as the stepper draws it; `url` leads to the step that waits."""

    name: str
    detail: str
    state: str
    url: str | None = None


def invitation_page(
    session: Session, invitation: TeamInvitation, token: str, person: Any, now: datetime
) -> dict[str, Any]:
    """The steps that the reader still has to take: account, address, registration, acceptance."""
    edition = invitation.team.edition
    here = url_for("teams.invitation", token=token)
    is_verified = bool(person.is_authenticated and person.email_verified_at)
    registration = registration_of(session, edition, person) if is_verified else None
    steps = _steps(
        [
            (_("Account"), _("sign in or sign up"), person.is_authenticated),
            (_("E-mail address"), _("verified by a link"), is_verified),
            (_("Registration"), _("rules read and accepted"), registration is not None),
            (_("Team"), _("accept the invitation"), False),
        ]
    )
    return {
        "invitation": invitation,
        "team": invitation.team,
        "edition": edition,
        "state": invitation_state(invitation, now),
        "steps": steps,
        "here": here,
        "token": token,
        "is_verified": is_verified,
        "registration": registration,
        "closes_at": team_deadline(invitation.team),
        "own_team": team_of(session, edition, person) if is_verified else None,
        "is_full": len(invitation.team.members) >= edition.largest_team,
        "roster_is_open": team_may_change(invitation.team, now),
        "now": now,
    }


def _steps(facts: list[tuple[str, str, bool]]) -> list[Step]:
    current = next(place for place, (_name, _detail, done) in enumerate(facts) if not done)
    states = ["done" if place < current else "now" if place == current else "next" for place in range(len(facts))]
    return [Step(name, detail, state) for (name, detail, _done), state in zip(facts, states, strict=True)]
