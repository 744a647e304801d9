"""What we hold of a person: handing it over, and letting it go."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from hackaviz.accounts.authentication import forget_failures
from hackaviz.accounts.models import AccountToken, EditionRole, Invitation, Person
from hackaviz.accounts.own_account import end_sessions
from hackaviz.accounts.registry import account_registry
from hackaviz.accounts.rights import Right, set_right
from hackaviz.kernel.audit import Action, record
from hackaviz.kernel.database import hold_row
from hackaviz.kernel.mail import OutgoingMail

# Read on pages in both languages, beside what the person did in a contest.
PSEUDONYM = "Compte fermé / Closed account"


def export_person(session: Session, person: Person) -> dict[str, Any]:
    """Everything we hold of a person, as plain JSON values; rooms add their sections."""
    ours = {
        "account": _account(person),
        "roles": _roles(session, person),
        "invitations": [_invitation(row) for row in _rows(session, select(Invitation).filter_by(email=person.email))],
        "letters": [_letter(row) for row in _rows(session, select(OutgoingMail).filter_by(recipient=person.email))],
        "acts": [_act(row) for row in _rows(session, select(Action).filter_by(actor_id=person.id))],
    }
    return ours | {name: export(session, person) for name, export in account_registry().exports.items()}


def _rows(session: Session, query: Any) -> list[Any]:
    return list(session.scalars(query))


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _account(person: Person) -> dict[str, Any]:
    return {
        "email": person.email,
        "name": person.name,
        "language": person.language,
        "created_at": _moment(person.created_at),
        "email_verified_at": _moment(person.email_verified_at),
        "is_administrator": person.is_administrator,
        "is_steward": person.is_steward,
    }


def _roles(session: Session, person: Person) -> list[dict[str, Any]]:
    cards = account_registry().edition_cards(session, {held.edition_id for held in person.roles})
    return [
        {
            "role": held.role,
            "edition": cards[held.edition_id].title.as_dict() if held.edition_id in cards else None,
            "granted_at": _moment(held.granted_at),
        }
        for held in person.roles
    ]


def _invitation(invitation: Invitation) -> dict[str, Any]:
    return {
        "role": invitation.role,
        "name": invitation.name,
        "created_at": _moment(invitation.created_at),
        "accepted_at": _moment(invitation.accepted_at),
        "withdrawn_at": _moment(invitation.withdrawn_at),
        "declined_at": _moment(invitation.declined_at),
        "decline_reason": invitation.decline_reason,
    }


def _letter(letter: OutgoingMail) -> dict[str, Any]:
    return {"subject": letter.subject, "body": letter.body, "written_at": _moment(letter.written_at)}


def _act(action: Action) -> dict[str, Any]:
    return {"verb": action.verb, "at": _moment(action.at), "details": action.details}


def close_account(session: Session, *, person: Person, now: datetime) -> None:
    """Close an account for good. What it did in contests stays, under a pseudonym; what names the person goes.

    Raises Conflict for the last administrator.
    """
    set_right(session, person=person, right=Right.ADMINISTRATOR, given=False, actor=person, now=now)
    # Before anything is read: what a job makes for this person is made by now, or never.
    hold_row(session, person)
    for erase in account_registry().erasers:
        erase(session, person, now)
    _erase_traces(session, person)
    person.name, person.email = PSEUDONYM, f"{person.public_id}@closed.invalid"
    person.password_hash, person.email_verified_at = None, None
    person.is_steward = False
    person.closed_at = now
    end_sessions(person)
    record(session, "person.close", subject=person, actor=person, now=now)


def _erase_traces(session: Session, person: Person) -> None:
    session.execute(delete(EditionRole).where(EditionRole.person_id == person.id))
    session.execute(delete(AccountToken).where(AccountToken.person_id == person.id))
    session.execute(delete(OutgoingMail).where(OutgoingMail.recipient == person.email))
    gone = {"email": f"{person.public_id}@closed.invalid", "name": PSEUDONYM, "decline_reason": ""}
    session.execute(update(Invitation).where(Invitation.email == person.email).values(gone))
    forget_failures(session, person.email)
