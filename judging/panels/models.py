"""Who judges what, who must not, and what jurors say of themselves and of entries."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.sponsors.models import Prize
from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base, enum_column
from hackaviz.kernel.identifiers import new_public_id
from judging.panels.rounds.models import Round
from judging.panels.rules import ConflictKind
from submissions.entries.models import Entry


class JurySeat(Base):
    """A juror's place in an edition: how much they take, what they judge, what they know.

    `challenge_ids` is their panel, empty for the whole edition; `themes` are codes of the catalogue. A seat with
    `prize_id` is a sponsor's, for its own prize: its reviews count for that prize alone.
    """

    __tablename__ = "jury_seats"
    __table_args__ = (
        UniqueConstraint("edition_id", "juror_id"),
        CheckConstraint("most >= 0", name="most_from_zero"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    juror_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    is_lead: Mapped[bool] = mapped_column(default=False)
    most: Mapped[int | None]
    challenge_ids: Mapped[list[Any]] = mapped_column(default=list)
    themes: Mapped[list[Any]] = mapped_column(default=list)
    prize_id: Mapped[int | None] = mapped_column(ForeignKey("prizes.id"))

    juror: Mapped[Person] = relationship()
    prize: Mapped[Prize | None] = relationship()


class JurorPseudonym(Base):
    """A juror's name in the log of marks and in sealed results, which leads to nobody and to no other edition."""

    __tablename__ = "juror_pseudonyms"
    __table_args__ = (UniqueConstraint("edition_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    pseudonym: Mapped[str] = mapped_column(String(20), unique=True, default=new_public_id)


class Bid(Base):
    """What a juror would like to review, or rather not, from the blind list: 1 or -1."""

    __tablename__ = "bids"
    __table_args__ = (
        UniqueConstraint("juror_id", "entry_id"),
        CheckConstraint("wish IN (-1, 1)", name="wish_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    wish: Mapped[int]


class Assignment(Base):
    """A juror is asked to review an entry, in a round where the edition has any. A skipped one asks nothing more."""

    __tablename__ = "assignments"
    __table_args__ = (UniqueConstraint("juror_id", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"))
    assigned_at: Mapped[datetime]
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    skipped_at: Mapped[datetime | None]
    skip_reason: Mapped[str] = mapped_column(String(1000), default="", server_default="")

    juror: Mapped[Person] = relationship(foreign_keys=[juror_id])
    entry: Mapped[Entry] = relationship()
    round: Mapped[Round | None] = relationship()


class Conflict(Base):
    """A juror must not judge an entry. The entry is hidden from them, and marks they gave it do not count."""

    __tablename__ = "conflicts_of_interest"
    __table_args__ = (UniqueConstraint("juror_id", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    kind: Mapped[ConflictKind] = mapped_column(
        enum_column(ConflictKind), default=ConflictKind.DECLARED, server_default=ConflictKind.DECLARED.value
    )
    reason: Mapped[str] = mapped_column(String(1000))
    declared_at: Mapped[datetime]
    declared_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    juror: Mapped[Person] = relationship(foreign_keys=[juror_id])
    entry: Mapped[Entry] = relationship()


class ClearedHint(Base):
    """An organiser found that a possible conflict is none: it is not shown again, and the juror may be assigned."""

    __tablename__ = "cleared_conflict_hints"
    __table_args__ = (UniqueConstraint("juror_id", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    cleared_at: Mapped[datetime]
    cleared_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))


class Flag(Base):
    """A juror's word to the organisers about an entry: a work that does not open, a rule that seems broken."""

    __tablename__ = "entry_flags"

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    text: Mapped[str] = mapped_column(String(1000))
    raised_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    juror: Mapped[Person] = relationship(foreign_keys=[juror_id])
    entry: Mapped[Entry] = relationship()
