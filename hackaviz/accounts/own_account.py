"""What people do with their own account: opening it, its address, its passwords."""

from datetime import datetime
from urllib.parse import quote

from sqlalchemy.orm import Session

from hackaviz.accounts import queries
from hackaviz.accounts.authentication import forget_failures
from hackaviz.accounts.links import find_link, issue_link, may_issue, use_link
from hackaviz.accounts.models import Person, TokenPurpose
from hackaviz.accounts.service import EmailTaken, create_person
from hackaviz.kernel.audit import record
from hackaviz.kernel.identifiers import new_token, token_digest
from hackaviz.web.letters import page_url, write_letter


def sign_up(
    session: Session,
    *,
    email: str,
    name: str,
    language: str,
    password_hash: str,
    now: datetime,
    then: str | None = None,
) -> None:
    """Open an account and send the link that verifies its address; `then` is the path to go on to.

    An address that has an account gets a letter that says so: whoever typed it learns nothing.
    """
    try:
        person = create_person(session, email=email, name=name, language=language, password_hash=password_hash, now=now)
    except EmailTaken:
        _tell_owner(session, email, now)
    else:
        send_verification(session, person=person, now=now, then=then)


def _tell_owner(session: Session, email: str, now: datetime) -> None:
    owner = queries.person_by_email(session, email)
    if owner is None:
        return
    write_letter(
        session,
        "accounts/already_registered",
        recipient=owner.email,
        language=owner.language,
        # At most one an hour, however often a stranger types the address.
        unique_key=f"already-registered:{owner.public_id}:{now:%Y-%m-%dT%H}",
        now=now,
        sign_in=page_url("accounts.sign_in"),
        forgotten=page_url("accounts.forgotten_password"),
    )


def send_verification(session: Session, *, person: Person, now: datetime, then: str | None = None) -> None:
    """Send the link that verifies an address; nothing where it is verified, or where too many were sent of late."""
    purpose = TokenPurpose.VERIFY_EMAIL
    if person.email_verified_at is not None or not may_issue(session, person=person, purpose=purpose, now=now):
        return
    token = issue_link(session, person=person, purpose=purpose, now=now)
    link = page_url("accounts.verify", token=token) + _going_on(then)
    _send_link(session, "accounts/verify_email", person, link, now)


def _going_on(then: str | None) -> str:
    return f"?next={quote(then, safe='')}" if then else ""


def _send_link(session: Session, template: str, person: Person, link: str, now: datetime) -> None:
    # Neither letter repeats the account's name: a stranger may have typed it to be read by somebody else.
    write_letter(
        session,
        template,
        recipient=person.email,
        language=person.language,
        unique_key=f"{template}:{token_digest(link)}",
        now=now,
        link=link,
    )


def verify_email(session: Session, *, token: str, now: datetime) -> Person:
    """The address of an account is its owner's. Raises LinkNotUsable."""
    person = use_link(session, token, TokenPurpose.VERIFY_EMAIL, now)
    _mark_verified(session, person, now)
    return person


def _mark_verified(session: Session, person: Person, now: datetime) -> None:
    if person.email_verified_at is None:
        person.email_verified_at = now
        record(session, "person.verify_email", subject=person, actor=person, now=now)


def request_reset(session: Session, *, email: str, now: datetime) -> None:
    """Send a link to choose a new password, when the address has an account; nothing else, and nobody learns which."""
    person = queries.person_by_email(session, email)
    purpose = TokenPurpose.RESET_PASSWORD
    if person is None or not may_issue(session, person=person, purpose=purpose, now=now):
        return
    token = issue_link(session, person=person, purpose=purpose, now=now)
    _send_link(session, "accounts/reset_password", person, page_url("accounts.choose_password", token=token), now)


def owner_of_reset_link(session: Session, *, token: str, now: datetime) -> Person:
    """Whose password a link is for, without using it. Raises LinkNotUsable."""
    return find_link(session, token, TokenPurpose.RESET_PASSWORD, now).person


def choose_password(session: Session, *, token: str, password_hash: str, now: datetime) -> Person:
    """A new password by a link, which also verifies the address. Every session ends. Raises LinkNotUsable."""
    person = use_link(session, token, TokenPurpose.RESET_PASSWORD, now)
    _set_password(session, person, password_hash, now)
    _mark_verified(session, person, now)
    forget_failures(session, person.email)
    return person


def change_password(session: Session, *, person: Person, password_hash: str, now: datetime) -> None:
    """A new password for somebody who has just given the current one. Every session ends."""
    _set_password(session, person, password_hash, now)


def _set_password(session: Session, person: Person, password_hash: str, now: datetime) -> None:
    person.password_hash = password_hash
    end_sessions(person)
    record(session, "person.change_password", subject=person, actor=person, now=now)
    write_letter(
        session,
        "accounts/password_changed",
        recipient=person.email,
        language=person.language,
        unique_key=f"password-changed:{person.public_id}:{now.isoformat()}",
        now=now,
        forgotten=page_url("accounts.forgotten_password"),
    )


def end_sessions(person: Person) -> None:
    """End every session of an account, wherever it is open."""
    person.session_stamp = new_token()


def change_details(session: Session, *, person: Person, name: str, language: str, now: datetime) -> None:
    """Another name, another language for pages and letters."""
    person.name, person.language = name, language
    record(session, "person.change_details", subject=person, actor=person, now=now)
