"""People, their roles, and the single-use links sent to them."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hackaviz.kernel.database import Base, enum_column
from hackaviz.kernel.identifiers import new_public_id, new_token

if TYPE_CHECKING:
    from collections.abc import Sequence


class Role(StrEnum):
    """What a person does in one edition. Students are known by their registration, not by a role."""

    ORGANISER = "organiser"
    JUROR = "juror"
    SPONSOR = "sponsor"


class TokenPurpose(StrEnum):
    """What a single-use link is for."""

    VERIFY_EMAIL = "verify-email"
    RESET_PASSWORD = "reset-password"  # noqa: S105 — the name of a purpose, not a secret


class Person(UserMixin, Base):
    """An account. `email` is stored folded, so that two spellings of one address are one account."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=new_public_id)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="fr")
    is_administrator: Mapped[bool] = mapped_column(default=False)
    is_steward: Mapped[bool] = mapped_column(default=False)
    email_verified_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    # A closed account keeps its row, under a pseudonym, for what it did in contests.
    closed_at: Mapped[datetime | None]
    # Changed at sign-out, reset and ban: every session that carries the old stamp ends.
    session_stamp: Mapped[str] = mapped_column(String(60), default=new_token)

    roles: Mapped[list["EditionRole"]] = relationship(back_populates="person", foreign_keys="EditionRole.person_id")

    def get_id(self) -> str:
        """What the session cookie holds: the account and its stamp."""
        return f"{self.public_id}.{self.session_stamp}"

    def has_role(self, role: Role, edition_id: int) -> bool:
        """Whether this person has a role in an edition."""
        roles: Sequence[EditionRole] = self.roles
        return any(held.role == role and held.edition_id == edition_id for held in roles)


class EditionRole(Base):
    """A person's role in an edition; a sponsor's contact names the sponsor."""

    __tablename__ = "edition_roles"
    __table_args__ = (
        UniqueConstraint("person_id", "edition_id", "role", "sponsor_id"),
        CheckConstraint("(role = 'sponsor') = (sponsor_id IS NOT NULL)", name="sponsor_contact_names_sponsor"),
        Index("ix_edition_roles_edition_id_role", "edition_id", "role"),
        # Databases hold NULLs apart, so the constraint above does not see a role without sponsor given twice.
        Index(
            "uq_edition_roles_without_sponsor",
            "person_id",
            "edition_id",
            "role",
            unique=True,
            sqlite_where=text("sponsor_id IS NULL"),
            postgresql_where=text("sponsor_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    role: Mapped[Role] = mapped_column(enum_column(Role))
    sponsor_id: Mapped[int | None] = mapped_column(ForeignKey("sponsors.id"))
    granted_at: Mapped[datetime]

    person: Mapped[Person] = relationship(back_populates="roles", foreign_keys=[person_id])


class Invitation(Base):
    """An invitation to a role in an edition, by a link that works once. Only the digest of its token is kept."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(120), default="")
    role: Mapped[Role] = mapped_column(enum_column(Role))
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    sponsor_id: Mapped[int | None] = mapped_column(ForeignKey("sponsors.id"))
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    decline_reason: Mapped[str] = mapped_column(String(500), default="", server_default="")


class AccountToken(Base):
    """A single-use link to verify an address or to choose a new password."""

    __tablename__ = "account_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[TokenPurpose] = mapped_column(enum_column(TokenPurpose))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class SignInFailure(Base):
    """A wrong password, counted per account so that guessing is slowed whatever the address it comes from."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (Index("ix_sign_in_failures_account_at", "account", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(320))
    at: Mapped[datetime]
