"""Registrations, teams, members and invitations."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition, RulesVersion
from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base, enum_column
from hackaviz.kernel.identifiers import new_public_id


class Eligibility(StrEnum):
    """What organisers made of a stated student status."""

    STATED = "stated"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class Registration(Base):
    """A person takes part in an edition: which rules they accepted, and what they state of themselves."""

    __tablename__ = "registrations"
    __table_args__ = (UniqueConstraint("edition_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    rules_version_id: Mapped[int] = mapped_column(ForeignKey("rules_versions.id"))
    rules_accepted_at: Mapped[datetime]
    is_student: Mapped[bool]
    school: Mapped[str] = mapped_column(String(200), default="")
    is_minor: Mapped[bool] = mapped_column(default=False)
    eligibility: Mapped[Eligibility] = mapped_column(enum_column(Eligibility), default=Eligibility.STATED)
    eligibility_reason: Mapped[str] = mapped_column(String(500), default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    edition: Mapped[Edition] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    rules_version: Mapped[RulesVersion] = relationship()


class Team(Base):
    """People who hand in together."""

    __tablename__ = "teams"
    __table_args__ = (UniqueConstraint("edition_id", "folded_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=new_public_id)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("challenges.id"))
    name: Mapped[str] = mapped_column(String(80))
    folded_name: Mapped[str] = mapped_column(String(80))
    # What the team wants the public to read beside its work; what members state when they register stays private.
    school: Mapped[str] = mapped_column(String(200), default="", server_default="")
    created_at: Mapped[datetime]

    edition: Mapped[Edition] = relationship()
    challenge: Mapped[Challenge | None] = relationship()
    members: Mapped[list["TeamMember"]] = relationship(back_populates="team", order_by="TeamMember.seat")
    invitations: Mapped[list["TeamInvitation"]] = relationship(back_populates="team", order_by="TeamInvitation.id")
    extensions: Mapped[list["DeadlineExtension"]] = relationship(back_populates="team", order_by="DeadlineExtension.id")

    @property
    def captain(self) -> Person:
        """Who invites and answers for the team."""
        return next(member.person for member in self.members if member.is_captain)


class TeamMember(Base):
    """A seat in a team. Two people who take the last seat at once ask for one seat number: one of them is refused."""

    __tablename__ = "team_members"
    __table_args__ = (
        UniqueConstraint("team_id", "seat"),
        UniqueConstraint("edition_id", "person_id", name="uq_team_members_one_team_per_edition"),
        CheckConstraint("seat >= 1", name="seat_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    seat: Mapped[int]
    is_captain: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime]

    team: Mapped[Team] = relationship(back_populates="members")
    person: Mapped[Person] = relationship()


class TeamInvitation(Base):
    """An invitation to join a team, by a link that works once."""

    __tablename__ = "team_invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(320))
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    team: Mapped[Team] = relationship(back_populates="invitations")


class DeadlineExtension(Base):
    """A deadline that organisers gave one team, and why. Rows are only ever added: the last one holds."""

    __tablename__ = "deadline_extensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), index=True)
    closes_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(500))
    given_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    given_at: Mapped[datetime]

    team: Mapped[Team] = relationship(back_populates="extensions")
    given_by: Mapped[Person] = relationship()
