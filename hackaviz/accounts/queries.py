"""Named reads of people, roles and invitations."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, false, func, not_, or_, select, true
from sqlalchemy.orm import Session, selectinload

from hackaviz.accounts.models import EditionRole, Invitation, Person, Role
from hackaviz.accounts.rules import normalise_email
from hackaviz.kernel.identifiers import token_digest
from hackaviz.kernel.mail import OutgoingMail


def person_by_email(session: Session, email: str) -> Person | None:
    """The account of an address, however it is spelt."""
    query = select(Person).where(Person.email == normalise_email(email)).options(selectinload(Person.roles))
    return session.scalar(query)


def person_by_public_id(session: Session, public_id: str) -> Person | None:
    """One open account."""
    return session.scalar(select(Person).where(Person.public_id == public_id, Person.closed_at.is_(None)))


def people_with_role(session: Session, edition_id: int, role: Role) -> Sequence[Person]:
    """Who has a role in an edition, by name; a contact of two sponsors is listed once."""
    holders = select(EditionRole.person_id).where(EditionRole.edition_id == edition_id, EditionRole.role == role)
    return session.scalars(select(Person).where(Person.id.in_(holders)).order_by(Person.name, Person.id)).all()


def held_role(
    session: Session, *, person_id: int, edition_id: int, role: Role, sponsor_id: int | None
) -> EditionRole | None:
    """The row of a role that a person holds; None when they do not."""
    return session.scalar(
        select(EditionRole).where(
            EditionRole.person_id == person_id,
            EditionRole.edition_id == edition_id,
            EditionRole.role == role,
            EditionRole.sponsor_id.is_(None) if sponsor_id is None else EditionRole.sponsor_id == sponsor_id,
        )
    )


def open_invitations(session: Session, edition_id: int, role: Role) -> Sequence[Invitation]:
    """Invitations neither accepted nor withdrawn, the newest first; expired ones are among them, to be renewed."""
    newest_first = _pending(edition_id, role).order_by(Invitation.created_at.desc(), Invitation.id.desc())
    return session.scalars(newest_first).all()


def open_invitations_to(
    session: Session, *, email: str, edition_id: int, role: Role, sponsor_id: int | None
) -> Sequence[Invitation]:
    """The same, for one address and one sponsor."""
    query = _pending(edition_id, role).where(Invitation.email == normalise_email(email))
    same_sponsor = Invitation.sponsor_id.is_(None) if sponsor_id is None else Invitation.sponsor_id == sponsor_id
    return session.scalars(query.where(same_sponsor)).all()


def _pending(edition_id: int, role: Role) -> Select[Invitation]:
    return select(Invitation).where(
        Invitation.edition_id == edition_id,
        Invitation.role == role,
        Invitation.accepted_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.declined_at.is_(None),
    )


def declined_invitations(session: Session, edition_id: int, role: Role) -> Sequence[Invitation]:
    """Invitations that were declined, the latest first, without those of addresses that have the role after all."""
    holders = select(Person.email).join(Person.roles).where(EditionRole.edition_id == edition_id)
    query = select(Invitation).where(Invitation.edition_id == edition_id, Invitation.role == role)
    declined = query.where(
        Invitation.declined_at.is_not(None), Invitation.email.not_in(holders.where(EditionRole.role == role))
    )
    return session.scalars(declined.order_by(Invitation.declined_at.desc(), Invitation.id.desc())).all()


def invitation_by_token(session: Session, token: str, *, lock: bool = False) -> Invitation | None:
    """The invitation of a link; `lock` makes a second visitor of the same link wait for the first."""
    query = select(Invitation).where(Invitation.token_digest == token_digest(token))
    return session.scalar(query.with_for_update() if lock else query)


def people_page(session: Session, text: str, *, number: int, size: int) -> tuple[Sequence[Person], int]:
    """A page of the open accounts whose name or address holds `text`, by name, and how many there are in all."""
    found = select(Person).where(Person.closed_at.is_(None))
    if text:
        found = found.where(
            or_(Person.name.icontains(text, autoescape=True), Person.email.icontains(text, autoescape=True))
        )
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = session.scalars(found.order_by(Person.name, Person.id).limit(size).offset((number - 1) * size)).all()
    return rows, total


def letters_shown(kinds: Iterable[str], since: datetime | None, address: str | None) -> ColumnElement[bool]:
    """All letters but those of these kinds, by how their keys begin, written since then to another address."""
    if since is None:
        return true()
    of_works = or_(false(), *(OutgoingMail.unique_key.startswith(kind, autoescape=True) for kind in kinds))
    return or_(OutgoingMail.recipient == address, OutgoingMail.written_at < since, not_(of_works))


def outbox_page(
    session: Session, shown: ColumnElement[bool], *, number: int, size: int
) -> tuple[Sequence[OutgoingMail], int]:
    """A page of the letters that are shown, the newest first, and how many these are in all."""
    total = session.scalar(select(func.count()).select_from(OutgoingMail).where(shown)) or 0
    newest = select(OutgoingMail).where(shown).order_by(OutgoingMail.written_at.desc(), OutgoingMail.id.desc())
    return session.scalars(newest.limit(size).offset((number - 1) * size)).all(), total
