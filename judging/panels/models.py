"""Who judges what, and who must not."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base
from submissions.entries.models import Entry


class Assignment(Base):
    """A juror is asked to review an entry."""

    __tablename__ = "assignments"
    __table_args__ = (UniqueConstraint("juror_id", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    assigned_at: Mapped[datetime]
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    juror: Mapped[Person] = relationship(foreign_keys=[juror_id])
    entry: Mapped[Entry] = relationship()


class Conflict(Base):
    """A juror must not judge an entry. The entry is hidden from them, and marks they gave it do not count."""

    __tablename__ = "conflicts_of_interest"
    __table_args__ = (UniqueConstraint("juror_id", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
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
