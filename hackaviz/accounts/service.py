"""Accounts, and roles in editions: given, or taken by invitation."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from hackaviz.accounts import queries
from hackaviz.accounts.models import EditionRole, Invitation, Person, Role
from hackaviz.accounts.roles import ROLE_NAMES
from hackaviz.accounts.rules import INVITATION_LASTS, InvitationState, invitation_state, normalise_email
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Conflict, DomainError, Invalid, NotFound
from hackaviz.kernel.identifiers import new_token, token_digest
from hackaviz.web.letters import page_url, write_letter

LONGEST_REASON = 500


class EmailTaken(Invalid):
    """The address has an account."""

    code = "email-taken"


class InvitationNotUsable(DomainError):
    """An invitation that was accepted, withdrawn, has expired, or is for somebody else."""

    status = 409
    code = "invitation-not-usable"


def create_person(
    session: Session,
    *,
    email: str,
    name: str,
    language: str,
    now: datetime,
    password_hash: str | None = None,
    verified: bool = False,
    actor: Any = None,
) -> Person:
    """Open an account. Raises EmailTaken, whichever spelling of the address is taken."""
    person = Person(
        email=normalise_email(email),
        name=name,
        language=language,
        password_hash=password_hash,
        email_verified_at=now if verified else None,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError as error:
        raise EmailTaken(_l("There is an account for this address already."), field="email") from error
    record(session, "person.create", subject=person, actor=actor or person, now=now)
    return person


def grant_role(
    session: Session,
    *,
    person: Person,
    edition_id: int,
    role: Role,
    actor: Any,
    now: datetime,
    sponsor_id: int | None = None,
) -> EditionRole:
    """Give a role in an edition; somebody who has it keeps it."""
    facts: dict[str, Any] = {"person_id": person.id, "edition_id": edition_id, "role": role, "sponsor_id": sponsor_id}
    held = queries.held_role(session, **facts)
    if held is not None:
        return held
    granted = EditionRole(**facts, granted_at=now)
    try:
        with session.begin_nested():
            session.add(granted)
    except IntegrityError:
        # Somebody gave the same role at the same instant.
        return session.scalars(select(EditionRole).filter_by(**facts)).one()
    session.expire(session.get_one(Person, person.id), ["roles"])
    details = {"role": role, "sponsor_id": sponsor_id}
    record(session, "role.grant", subject=person, actor=actor, now=now, edition_id=edition_id, **details)
    return granted


def withdraw_role(session: Session, *, granted: EditionRole, actor: Any, now: datetime) -> None:
    """Take a role back."""
    person = session.get_one(Person, granted.person_id)
    details = {"role": granted.role, "sponsor_id": granted.sponsor_id}
    record(session, "role.withdraw", subject=person, actor=actor, now=now, edition_id=granted.edition_id, **details)
    session.delete(granted)
    session.flush()
    session.expire(person, ["roles"])


def invite(
    session: Session,
    *,
    edition: Any,
    role: Role,
    email: str,
    name: str = "",
    sponsor_id: int | None = None,
    actor: Any,
    now: datetime,
) -> str:
    """Invite somebody to a role of an edition and write the letter; the answer is the secret token of the link.

    An invitation that the same address still had for the same role is withdrawn. Raises Invalid, for the field `email`,
    when the account of this address has the role already.
    """
    address = normalise_email(email)
    _refuse_who_has_it(session, address, edition.id, role, sponsor_id)
    for earlier in queries.open_invitations_to(
        session, email=address, edition_id=edition.id, role=role, sponsor_id=sponsor_id
    ):
        withdraw_invitation(session, invitation=earlier, actor=actor, now=now)
    token = new_token()
    invitation = Invitation(
        token_digest=token_digest(token),
        email=address,
        name=name,
        role=role,
        edition_id=edition.id,
        sponsor_id=sponsor_id,
        invited_by_id=actor.id,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    session.add(invitation)
    record(session, "role.invite", subject=invitation, actor=actor, now=now, edition_id=edition.id, role=role)
    _write_invitation(session, invitation, edition, actor, page_url("accounts.invitation", token=token))
    return token


def _refuse_who_has_it(session: Session, address: str, edition_id: int, role: Role, sponsor_id: int | None) -> None:
    person = queries.person_by_email(session, address)
    if person is None:
        return
    if queries.held_role(session, person_id=person.id, edition_id=edition_id, role=role, sponsor_id=sponsor_id):
        raise Invalid(_l("The account of this address has this role already."), field="email")


def _write_invitation(session: Session, invitation: Invitation, edition: Any, actor: Any, link: str) -> None:
    known = queries.person_by_email(session, invitation.email)
    language = known.language if known else actor.language
    write_letter(
        session,
        "accounts/invitation",
        recipient=invitation.email,
        language=language,
        unique_key=f"invitation:{invitation.token_digest}",
        now=invitation.created_at,
        role=ROLE_NAMES[invitation.role],
        edition_title=edition.title.in_language(language),
        inviter=actor.name,
        link=link,
        expires_at=invitation.expires_at,
        time_zone=edition.time_zone,
    )


def withdraw_invitation(session: Session, *, invitation: Invitation, actor: Any, now: datetime) -> None:
    """Make an invitation's link useless. Raises Conflict when it was accepted."""
    session.refresh(invitation, with_for_update=True)
    if invitation.accepted_at is not None:
        raise Conflict(_l("This invitation was accepted in the meantime. Withdraw the role instead."))
    invitation.withdrawn_at = invitation.withdrawn_at or now
    record(
        session, "role.withdraw_invitation", subject=invitation, actor=actor, now=now, edition_id=invitation.edition_id
    )


def accept_invitation(session: Session, *, token: str, person: Person, now: datetime) -> Invitation:
    """Take the role that a link offers; the link shows that its address is theirs. Sending it twice changes nothing.

    Raises NotFound or InvitationNotUsable.
    """
    invitation = queries.invitation_by_token(session, token, lock=True)
    if invitation is not None and invitation.accepted_by_id == person.id:
        return invitation
    invitation = require_open(invitation, now)
    if invitation.email != person.email:
        raise InvitationNotUsable(
            _l("This invitation was sent to another address than that of your account. Sign in with the other one.")
        )
    invitation.accepted_at, invitation.accepted_by_id = now, person.id
    person.email_verified_at = person.email_verified_at or now
    grant_role(
        session,
        person=person,
        edition_id=invitation.edition_id,
        role=invitation.role,
        sponsor_id=invitation.sponsor_id,
        actor=person,
        now=now,
    )
    return invitation


def decline_invitation(session: Session, *, token: str, reason: str, now: datetime) -> Invitation:
    """Say no to what a link offers; whoever holds it may. Saying it twice changes nothing.

    Raises NotFound or InvitationNotUsable.
    """
    invitation = queries.invitation_by_token(session, token, lock=True)
    if invitation is not None and invitation.declined_at is not None:
        return invitation
    invitation = require_open(invitation, now)
    invitation.declined_at, invitation.decline_reason = now, reason.strip()[:LONGEST_REASON]
    facts: dict[str, Any] = {"edition_id": invitation.edition_id, "role": invitation.role}
    record(session, "role.decline", subject=invitation, actor=None, now=now, **facts)
    return invitation


def join_by_invitation(
    session: Session, *, token: str, name: str, language: str, password_hash: str, now: datetime
) -> Person:
    """Open the account of an invited address and take the role. Raises as `accept_invitation`, and EmailTaken."""
    invitation = require_open(queries.invitation_by_token(session, token, lock=True), now)
    facts = {"name": name, "language": language, "password_hash": password_hash}
    person = create_person(session, email=invitation.email, verified=True, now=now, **facts)
    accept_invitation(session, token=token, person=person, now=now)
    return person


def require_open(invitation: Invitation | None, now: datetime) -> Invitation:
    """The invitation, when it can still be accepted. Raises NotFound or InvitationNotUsable, which says why."""
    if invitation is None:
        raise NotFound(NO_INVITATION)
    state = state_of(invitation, now)
    if state is not InvitationState.OPEN:
        raise InvitationNotUsable(CLOSED[state])
    return invitation


def state_of(invitation: Invitation, now: datetime) -> InvitationState:
    """What can still be done with an invitation to a role."""
    if invitation.declined_at is not None:
        return InvitationState.DECLINED
    return invitation_state(invitation, now)


NO_INVITATION = _l("There is no invitation at this address. Copy the whole address from the letter.")
CLOSED = {
    InvitationState.ACCEPTED: _l("This invitation has been accepted already. Sign in to find what it opened."),
    InvitationState.WITHDRAWN: _l(
        "This invitation was withdrawn, or replaced by a newer one. Look for a later letter, or ask the organisers."
    ),
    InvitationState.DECLINED: _l(
        "This invitation was declined. If you have changed your mind, ask the organisers for a new one."
    ),
    InvitationState.EXPIRED: _l("This invitation has expired. Ask the organisers for a new one."),
}
